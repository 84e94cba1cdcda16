"""A broadcast on its way: where it stands, what moves it on, and the hash that an approval is bound to."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.model.message import Button, Message


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
    """What moves a broadcast on. BEGIN and FINISH are the clock's and the ledger's, the others a person's."""

    WRITE = "write"
    EDIT = "edit"
    SUBMIT = "submit"
    DISCARD = "discard"
    APPROVE = "approve"
    REJECT = "reject"
    CANCEL = "cancel"
    BEGIN = "begin"
    STOP = "stop"
    FINISH = "finish"


STEPS: Final[Mapping[tuple[BroadcastState, Verb], BroadcastState]] = {
    (BroadcastState.AWAITING_TEXT, Verb.WRITE): BroadcastState.DRAFT,
    (BroadcastState.AWAITING_TEXT, Verb.DISCARD): BroadcastState.CANCELLED,
    (BroadcastState.DRAFT, Verb.EDIT): BroadcastState.AWAITING_TEXT,
    (BroadcastState.DRAFT, Verb.SUBMIT): BroadcastState.SUBMITTED,
    (BroadcastState.DRAFT, Verb.DISCARD): BroadcastState.CANCELLED,
    (BroadcastState.SUBMITTED, Verb.EDIT): BroadcastState.AWAITING_TEXT,
    (BroadcastState.SUBMITTED, Verb.DISCARD): BroadcastState.CANCELLED,
    (BroadcastState.SUBMITTED, Verb.APPROVE): BroadcastState.COOLING,
    (BroadcastState.SUBMITTED, Verb.REJECT): BroadcastState.REJECTED,
    (BroadcastState.COOLING, Verb.CANCEL): BroadcastState.CANCELLED,
    (BroadcastState.COOLING, Verb.BEGIN): BroadcastState.SENDING,
    (BroadcastState.SENDING, Verb.STOP): BroadcastState.SENDING,
    (BroadcastState.SENDING, Verb.FINISH): BroadcastState.DONE,
}
"""Every step there is. There is none from anywhere but SUBMITTED to COOLING, and none but by APPROVE."""


def step(state: BroadcastState, verb: Verb) -> BroadcastState | None:
    """Where a verb leads from a state; None where it leads nowhere."""
    return STEPS.get((state, verb))


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A staff-written message. `digest` hashes the text, buttons and audience that an approval is bound to.

    `text` is Telegram HTML as readers get it; `approved_digest` is the digest that the approver saw. `ended_by` and
    `ended_reason` tell who rejected, cancelled or stopped it.
    """

    id: int
    author_id: int
    state: BroadcastState
    text: str
    buttons: tuple[tuple[Button, ...], ...]
    digest: str
    created_at: datetime
    approver_id: int | None = None
    approved_digest: str | None = None
    send_at: datetime | None = None
    message_id: int | None = None
    ended_by: int | None = None
    ended_reason: str | None = None

    @property
    def message(self) -> Message:
        """What readers get, before the line that says why they get it."""
        return Message(self.text, self.buttons)

    @property
    def sealed(self) -> bool:
        """Whether what would be sent is exactly what somebody approved."""
        return self.approver_id is not None and self.digest == self.approved_digest == digest_of(self.message)


AUDIENCE: Final = "calls_to_action:everything"
"""The one audience rule so far: everybody with a live yes to calls to action, at the moment when sending begins."""


def digest_of(message: Message, audience: str = AUDIENCE) -> str:
    """The SHA-256 (64 hex digits) of a message's text and buttons and of who is to get it, as canonical JSON."""
    buttons = [[asdict(button) for button in row] for row in message.buttons]
    whole = {"audience": audience, "buttons": buttons, "text": message.text}
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
