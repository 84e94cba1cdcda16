"""A delivery: one message owed to one subscriber, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.message import Message
from bot.model.subscriber import ChatKey, EndedReason

TOO_MANY = "too many requests"
"""Why a pending delivery waits for its chat: nothing else goes there before."""
NO_ANSWER = "no answer: "
"""How the reason begins of a delivery that left us once and had no answer."""
CUT_SHORT = "in flight when the program ended"
"""The reason of a delivery that may have left us and may not."""


class MessageKind(StrEnum):
    """What a stored message is: it decides its lane, and what an unknown fate means (bot.flows.fates)."""

    ALERT = "alert"
    CALL = "call_to_action"
    DIGEST = "digest"
    CORRECTION = "correction"
    REMINDER = "reminder"


ONCE = frozenset({MessageKind.CALL, MessageKind.CORRECTION, MessageKind.REMINDER})
"""What is sent once or not at all: of these a loss is better than a duplicate (DESIGN.md rule 3)."""


class DeliveryState(StrEnum):
    """Where a delivery stands. All but the first two are final; totals over all add up to the number targeted."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    GONE = "gone"
    EXPIRED = "expired"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


class SkipReason(StrEnum):
    """Why a delivery was skipped: it was stopped, its text refused, or its reader wants none now (bot.store keeps it).

    A reader's pause, daily cap and quiet hours are the choices that a row may be skipped for.
    """

    STOPPED = "stopped meanwhile"
    REFUSED = "the text was refused"
    PAUSED = "paused"
    CAP = "cap"
    QUIET = "quiet"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedDelivery:
    """A delivery in our hands until its lease ends: whom, what, why (`follows`), the text's language.

    Of a picture it carries only the name that Telegram gave it, if it has one by now. `tries` counts this one;
    `doubted` is a delivery that left us before and had no answer.
    """

    id: int
    message_id: int
    kind: MessageKind
    subscriber_id: int
    key: ChatKey
    message: Message
    follows: str
    language: str
    tries: int
    doubted: bool = False


class Fate(StrEnum):
    """What one answer of Telegram means for one delivery (facts: Bot API errors as the server words them)."""

    SENT = "sent"
    GONE = "gone"
    MIGRATED = "migrated"
    LATER = "later"
    BAD_CONTENT = "bad_content"
    REVOKED = "revoked"
    NOT_SENT = "not_sent"
    UNTRIED = "untried"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The answer to one send.

    SENT carries `telegram_message_id`; GONE `ended_reason`; MIGRATED `new_chat_id`; LATER `retry_after` in seconds.
    NOT_SENT certainly never reached Telegram; UNTRIED was given back before it was tried; UNKNOWN left us and has no
    answer, or a `faulty` one: Telegram told of a fault of its own. `reason` is for people. `file_id` is what Telegram
    calls the picture that was sent.
    """

    fate: Fate
    reason: str = ""
    telegram_message_id: int | None = None
    new_chat_id: int | None = None
    retry_after: float | None = None
    ended_reason: EndedReason | None = None
    file_id: str | None = None
    faulty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What the ledger is told about a delivery after one try. `due_at` puts it back to pending.

    `tries` is the claim's number: what another has claimed since is not ours to settle, unless it was sent. An
    `untried` one does not count as a try.
    """

    delivery_id: int
    state: DeliveryState
    tries: int
    reason: str = ""
    telegram_message_id: int | None = None
    due_at: datetime | None = None
    untried: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many deliveries of a message ended alike in one hour (UTC, "2026-11-25 14:00"; "" while they wait)."""

    state: str
    reason: str
    hour: str
    count: int
