"""Organisers' nouns: who may do what, and a card that asks for a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is to the campaign; who is none of these is a supporter."""

    OWNER = "owner"
    ORGANISER = "organiser"
    REVIEWER = "reviewer"
    VIEWER = "viewer"


class Act(StrEnum):
    """What organisers do."""

    SEE = "see"
    REVIEW = "review"
    DRAFT = "draft"
    APPROVE = "approve"
    STOP = "stop"
    CORRECT = "correct"
    FEEDS = "feeds"
    AUDIT = "audit"
    INVITE = "invite"
    LIFT = "lift"


_OWNERS = frozenset({Role.OWNER})
_ORGANISERS = frozenset({Role.OWNER, Role.ORGANISER})
_REVIEWERS = frozenset({Role.OWNER, Role.ORGANISER, Role.REVIEWER})

MAY: Final[Mapping[Act, frozenset[Role]]] = {
    Act.SEE: frozenset(Role),
    Act.REVIEW: _REVIEWERS,
    Act.DRAFT: _ORGANISERS,
    Act.APPROVE: _ORGANISERS,
    # A message that identifies a child must not wait: whoever reviews may stop and withdraw.
    Act.STOP: _REVIEWERS,
    Act.CORRECT: _ORGANISERS,
    Act.FEEDS: _ORGANISERS,
    Act.AUDIT: _ORGANISERS,
    Act.INVITE: _OWNERS,
    Act.LIFT: _OWNERS,
}
"""Who may do what: the one table."""


def may(role: Role | None, act: Act) -> bool:
    """Whether somebody of this role may do this. Ask it of whoever presses, at every press, never of the chat."""
    return role in MAY[act]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organiser:
    """Somebody with a role: an owner of the config (invited by nobody), or who was invited and confirmed."""

    user_id: int
    role: Role
    invited_by: int | None = None
    since_at: datetime | None = None


class CardKind(StrEnum):
    """What a card is about; a notice asks for nothing.

    One story, a burst held by the fuse, two that may be one, a page that changed after its alert, or a broadcast.
    """

    STORY = "story"
    FUSE = "fuse"
    MERGE = "merge"
    CHANGE = "change"
    BROADCAST = "broadcast"
    GONE = "gone"
    OVERDUE = "overdue"
    AMENDMENT = "amendment"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A message to organisers that waits for a decision. `subject_ids` are story ids, or one broadcast id.

    `decision` is what became of it, or the stage that an undecided card shows. `similar` are stories like the one it is
    about, the likest first.
    """

    id: int
    kind: CardKind
    subject_ids: tuple[int, ...]
    text: str
    created_at: datetime
    decided_at: datetime | None = None
    decided_by: int | None = None
    decision: str | None = None
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None
    similar: tuple[int, ...] = ()
