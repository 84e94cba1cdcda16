"""A broadcast on its way: where it stands, what moves it on, and the hash that an approval is bound to."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.model.draft import Draft
from bot.model.message import Attachment, Button, Message


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


class Verb(StrEnum):
    """What moves a broadcast on. LAPSE, BEGIN and FINISH are the clock's and the ledger's, the others a person's."""

    WRITE = "write"
    EDIT = "edit"
    CHANGE = "change"
    SUBMIT = "submit"
    DISCARD = "discard"
    APPROVE = "approve"
    REJECT = "reject"
    CANCEL = "cancel"
    LAPSE = "lapse"
    BEGIN = "begin"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    FINISH = "finish"


_WAITS, _DRAFT, _SUBMITTED = BroadcastState.AWAITING_TEXT, BroadcastState.DRAFT, BroadcastState.SUBMITTED
_COOLING, _SENDING, _CANCELLED = BroadcastState.COOLING, BroadcastState.SENDING, BroadcastState.CANCELLED

STEPS: Final[Mapping[tuple[BroadcastState, Verb], BroadcastState]] = {
    (_WAITS, Verb.WRITE): _DRAFT,
    (_WAITS, Verb.DISCARD): _CANCELLED,
    (_DRAFT, Verb.EDIT): _WAITS,
    (_DRAFT, Verb.CHANGE): _DRAFT,
    (_DRAFT, Verb.SUBMIT): _SUBMITTED,
    (_DRAFT, Verb.DISCARD): _CANCELLED,
    (_SUBMITTED, Verb.EDIT): _WAITS,
    (_SUBMITTED, Verb.CHANGE): _DRAFT,
    (_SUBMITTED, Verb.DISCARD): _CANCELLED,
    (_SUBMITTED, Verb.APPROVE): _COOLING,
    (_SUBMITTED, Verb.REJECT): BroadcastState.REJECTED,
    (_SUBMITTED, Verb.LAPSE): _CANCELLED,
    (_COOLING, Verb.EDIT): _WAITS,
    (_COOLING, Verb.CHANGE): _DRAFT,
    (_COOLING, Verb.CANCEL): _CANCELLED,
    (_COOLING, Verb.LAPSE): _CANCELLED,
    (_COOLING, Verb.BEGIN): _SENDING,
    (_SENDING, Verb.PAUSE): _SENDING,
    (_SENDING, Verb.RESUME): _SENDING,
    (_SENDING, Verb.STOP): _SENDING,
    (_SENDING, Verb.FINISH): BroadcastState.DONE,
}
"""Every step there is. There is none from anywhere but SUBMITTED to COOLING, and none but by APPROVE."""


def step(state: BroadcastState, verb: Verb) -> BroadcastState | None:
    """Where a verb leads from a state; None where it leads nowhere."""
    return STEPS.get((state, verb))


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A staff-written message. `digest` hashes all that an approval is bound to (digest_of).

    `text` is Telegram HTML as readers of English get it; `approved_digest` is the digest that the approver saw.
    `ended_by` and `ended_reason` tell who rejected, cancelled or stopped it, and why. A `training` one is a rehearsal,
    `retry_of` names the broadcast whose failed copies it tries again. `expires_at` is known once sending has begun.
    """

    id: int
    author_id: int
    state: BroadcastState
    text: str
    buttons: tuple[tuple[Button, ...], ...]
    digest: str
    created_at: datetime
    draft: Draft = field(default_factory=Draft)
    editor_id: int | None = None
    submitted_at: datetime | None = None
    approver_id: int | None = None
    approved_at: datetime | None = None
    approved_digest: str | None = None
    send_at: datetime | None = None
    message_id: int | None = None
    expires_at: datetime | None = None
    progress_at: datetime | None = None
    ended_by: int | None = None
    ended_reason: str | None = None
    training: bool = False
    retry_of: int | None = None

    @property
    def message(self) -> Message:
        """What readers of English get, before the line that says why they get it."""
        return Message(self.text, self.buttons, attachment=self.draft.attachment)

    @property
    def messages(self) -> Mapping[str, Message]:
        """What readers get, by language, English first."""
        others = {
            language: Message(one.text, one.buttons, attachment=self.draft.attachment)
            for language, one in self.draft.others.items()
        }
        return {DEFAULT_LANGUAGE: self.message, **others}

    @property
    def sealed(self) -> bool:
        """Whether what would be sent is exactly what somebody approved."""
        return self.approver_id is not None and self.digest == self.approved_digest == self.true_digest

    @property
    def true_digest(self) -> str:
        """The digest of what the row says now."""
        return digest_of(self.messages, self.draft, training=self.training, retry_of=self.retry_of)

    @property
    def writers(self) -> frozenset[int]:
        """Who wrote it: its author, and whoever edited it last."""
        return frozenset({self.author_id, self.editor_id or self.author_id})


DEFAULT_LANGUAGE: Final = "en"


def digest_of(
    messages: Mapping[str, Message],
    draft: Draft | None = None,
    *,
    training: bool = False,
    retry_of: int | None = None,
) -> str:
    """The SHA-256 (64 hex digits) of all that is approved, as canonical JSON.

    The rendered messages of all languages with their buttons, the attachment, who gets it, until when and at what time.
    """
    whole = {
        "messages": {language: as_plain(message) for language, message in messages.items()},
        "terms": (draft or Draft()).terms(),
        "training": training,
        "retry_of": retry_of,
    }
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def as_plain(message: Message) -> Mapping[str, object]:
    """A message as JSON has it."""
    buttons = [[asdict(button) for button in row] for row in message.buttons]
    attachment: Attachment | None = message.attachment
    return {"text": message.text, "buttons": buttons, "attachment": asdict(attachment) if attachment else None}
