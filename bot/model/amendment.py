"""What is done about a message after it was sent: it is corrected, or withdrawn."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.model.delivery import MessageKind
from bot.model.message import Message
from bot.model.subscriber import ChatKey


class AmendmentKind(StrEnum):
    """A correction changes every copy and needs two people; a withdrawal takes every copy away and needs one.

    What follows for a digest that lists such a message is LISTED: nobody decides it.
    """

    CORRECT = "correct"
    WITHDRAW = "withdraw"
    LISTED = "listed"


class Why(StrEnum):
    """Why a message is withdrawn, as the public log says it."""

    PERSON = "person"
    WRONG = "wrong"
    MISTAKE = "mistake"
    OTHER = "other"


class AmendmentState(StrEnum):
    """An amendment's way. Copies are gone through in WORKING alone."""

    AWAITING_NOTE = "awaiting_note"
    AWAITING_TEXT = "awaiting_text"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WORKING = "working"
    DONE = "done"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    SUPERSEDED = "superseded"


class Step(StrEnum):
    """What moves an amendment on. FINISH is the clock's, SUPERSEDE a later amendment's, the others a person's."""

    WRITE = "write"
    NOTE = "note"
    TEXT = "text"
    CHANGE = "change"
    SUBMIT = "submit"
    REOPEN = "reopen"
    DISCARD = "discard"
    APPROVE = "approve"
    REJECT = "reject"
    FINISH = "finish"
    SUPERSEDE = "supersede"


_WAITS = (AmendmentState.AWAITING_NOTE, AmendmentState.AWAITING_TEXT)

STEPS: Final[Mapping[tuple[AmendmentState, Step], AmendmentState]] = {
    **{(state, Step.WRITE): AmendmentState.DRAFT for state in _WAITS},
    **{(state, Step.DISCARD): AmendmentState.CANCELLED for state in _WAITS},
    (AmendmentState.DRAFT, Step.NOTE): AmendmentState.AWAITING_NOTE,
    (AmendmentState.DRAFT, Step.TEXT): AmendmentState.AWAITING_TEXT,
    (AmendmentState.DRAFT, Step.CHANGE): AmendmentState.DRAFT,
    (AmendmentState.DRAFT, Step.SUBMIT): AmendmentState.SUBMITTED,
    (AmendmentState.DRAFT, Step.DISCARD): AmendmentState.CANCELLED,
    (AmendmentState.SUBMITTED, Step.REOPEN): AmendmentState.DRAFT,
    (AmendmentState.SUBMITTED, Step.DISCARD): AmendmentState.CANCELLED,
    (AmendmentState.SUBMITTED, Step.APPROVE): AmendmentState.WORKING,
    (AmendmentState.SUBMITTED, Step.REJECT): AmendmentState.REJECTED,
    (AmendmentState.WORKING, Step.FINISH): AmendmentState.DONE,
    **{
        (state, Step.SUPERSEDE): AmendmentState.SUPERSEDED
        for state in (*_WAITS, AmendmentState.DRAFT, AmendmentState.SUBMITTED, AmendmentState.WORKING)
    },
}
"""Every step of a correction; a withdrawal begins in WORKING. Nothing but APPROVE leads a correction there."""


def next_state(state: AmendmentState, step: Step) -> AmendmentState | None:
    """Where a step leads from a state; None where it leads nowhere."""
    return STEPS.get((state, step))


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a corrected message says below its note.

    `sentences` are those of the source that an alert is to quote instead; `page`: it is composed anew of what its page
    says now; `text` (Telegram HTML) replaces a broadcast's. None of them: it says what it said. `bare`: a picture above
    it is not shown any more.
    """

    sentences: tuple[str, ...] = ()
    page: bool = False
    text: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A correction or a withdrawal. `texts` is the message as it becomes, by language; `tell`: who has it is told.

    `bodies` are its words below the note. A withdrawal's `note` is the name of its Why, a digest's the id of what it
    follows from. An approval is bound to
    `digest`. Of the copies that had been sent `changed` were corrected or deleted, `marked` could only be marked as
    withdrawn, `failed` could not be reached.
    """

    id: int
    message_id: int
    kind: AmendmentKind
    state: AmendmentState
    author_id: int
    created_at: datetime
    note: str = ""
    body: Body = field(default_factory=Body)
    texts: Mapping[str, Message] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    tell: bool = False
    digest: str = ""
    approver_id: int | None = None
    decided_at: datetime | None = None
    position: int = 0
    in_flight: tuple[int, ...] = ()
    changed: int = 0
    marked: int = 0
    failed: int = 0
    told_id: int | None = None
    progress_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def sealed(self) -> bool:
        """Whether what would be shown to readers is what the digest stands for."""
        return self.digest == digest_of(self.message_id, self.texts, self.note, tell=self.tell, bare=self.body.bare)


def digest_of(message_id: int, texts: Mapping[str, Message], note: str, *, tell: bool, bare: bool = False) -> str:
    """The SHA-256 (64 hex digits) of all that readers would see of a correction, as canonical JSON."""
    shown = {
        language: {"text": text.text, "buttons": [[asdict(button) for button in row] for row in text.buttons]}
        for language, text in texts.items()
    }
    whole = {"message": message_id, "texts": shown, "note": note, "tell": tell, "bare": bare}
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCopy:
    """A copy that was delivered: whose, where it is, why they got it, and in which language."""

    delivery_id: int
    key: ChatKey
    telegram_message_id: int
    kind: MessageKind
    follows: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """A message that went out: an alert's headline, or a broadcast's words (`title` is plain, `words` Telegram HTML).

    `sent` and `waiting` count its copies, `doubted` those of which it is not known whether they arrived; `pictured`:
    its words are a caption.
    """

    id: int
    kind: MessageKind
    title: str
    words: str
    created_at: datetime
    story_id: int | None = None
    broadcast_id: int | None = None
    pictured: bool = False
    sent: int = 0
    waiting: int = 0
    doubted: int = 0
    withdrawn_at: datetime | None = None
    corrected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedAmendment:
    """A line of the public log: what was corrected or withdrawn, when, and why."""

    kind: AmendmentKind
    title: str
    note: str
    sent_at: datetime
    decided_at: datetime
