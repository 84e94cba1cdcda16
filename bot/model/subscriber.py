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


class Frequency(StrEnum):
    """How often what somebody follows is told: each alert at once, or in a digest of the day or the week."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One choice of one subscriber: what they want, of what (`follows`: "everything", "topic:x" or "institution:x").

    `frequency` is how often; calls to action come at once. `consent_version` names the wording that was agreed to,
    `consented_at` when.
    """

    id: int
    wants: Wants
    follows: str
    consent_version: str
    consented_at: datetime
    frequency: Frequency = Frequency.NOW
    ended_at: datetime | None = None
    ended_reason: EndedReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """On whose terms messages come. Hours (0 to 23) are those of the campaign's time zone, Monday is day 0.

    Digests come at `digest_hour`, weekly ones on `digest_day`. From `quiet_from` until `quiet_until` (past midnight
    where that is earlier; both None: never) nothing is sent. `silent` messages make no sound. `urgent_at_once`: who
    reads digests gets urgent notifications at once. `calls_per_week` caps calls to action in seven days; None: no cap.
    Until `paused_until` nothing is sent at all. `away_from` and `away_until` are the last time when nothing reaches
    them; the second is None while nobody knows its end. `constituency` is kept only where they asked for it.
    `language_chosen`: they chose the language here, and Telegram's is not followed.
    """

    digest_hour: int = 8
    digest_day: int = 0
    quiet_from: int | None = None
    quiet_until: int | None = None
    silent: bool = False
    urgent_at_once: bool = False
    calls_per_week: int | None = None
    constituency: str | None = None
    language_chosen: bool = False
    paused_until: datetime | None = None
    away_from: datetime | None = None
    away_until: datetime | None = None


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
    choices: Choices = Choices()

    def wants(self, what: Wants) -> bool:
        """Whether a live subscription asks for this."""
        return any(s.wants is what and s.ended_at is None for s in self.subscriptions)
