"""Who opted in, and to what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class ChatKey:
    """Where a subscriber is: a chat (64 bits) and, in a forum, a topic of it."""

    chat_id: int
    thread_id: int | None = None


class Wants(StrEnum):
    """The two things a person is asked about separately."""

    ALERTS = "alerts"
    CALLS = "calls_to_action"


class EndedReason(StrEnum):
    """Why a subscription ended."""

    STOPPED = "stopped"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    KICKED = "kicked"
    NOT_FOUND = "not_found"
    MERGED = "merged"
    FORGOTTEN = "forgotten"


EVERYTHING = "everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One choice of one subscriber: what they want, of what (`follows`: "everything", "topic:x" or "institution:x").

    `consent_version` names the wording that was agreed to, `consented_at` when.
    """

    id: int
    wants: Wants
    follows: str
    consent_version: str
    consented_at: datetime
    ended_at: datetime | None = None
    ended_reason: EndedReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """A chat that has talked to us: its key, language and the start link's payload. No name, no text."""

    id: int
    key: ChatKey
    language: str
    source: str | None
    created_at: datetime
    subscriptions: tuple[Subscription, ...] = ()
    blocked: bool = False

    def wants(self, what: Wants) -> bool:
        """Whether a live subscription asks for this."""
        return any(s.wants is what and s.ended_at is None for s in self.subscriptions)
