"""Organisers' nouns: a role, a card that asks for a decision, a broadcast on its way."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.message import Button


class CardKind(StrEnum):
    """What a card is about: one story, a burst of stories held by the fuse, or one broadcast; or it is a notice."""

    STORY = "story"
    FUSE = "fuse"
    BROADCAST = "broadcast"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A message to organisers that waits for a decision. `subject_ids` are story ids, or one broadcast id."""

    id: int
    kind: CardKind
    subject_ids: tuple[int, ...]
    text: str
    created_at: datetime
    decided_at: datetime | None = None
    decided_by: int | None = None
    decision: str | None = None


class BroadcastState(StrEnum):
    """A broadcast's way; only `cooling` may become `sending`, and only when its time has come."""

    AWAITING_TEXT = "awaiting_text"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    COOLING = "cooling"
    SENDING = "sending"
    DONE = "done"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A staff-written message. `digest` hashes the text, buttons and audience that an approval is bound to."""

    id: int
    author_id: int
    state: BroadcastState
    text: str
    buttons: tuple[tuple[Button, ...], ...]
    digest: str
    created_at: datetime
    approver_id: int | None = None
    send_at: datetime | None = None
    message_id: int | None = None
