"""What one answer of Telegram means for the ledger: one pure function, so that the policy stands in one place."""

from datetime import datetime, timedelta

from bot.model.delivery import (
    NO_ANSWER,
    ONCE,
    TOO_MANY,
    ClaimedDelivery,
    DeliveryState,
    Fate,
    MessageKind,
    Receipt,
    Settled,
)
from bot.model.subscriber import EndedReason
from bot.schedule import backoff

# A delivery that never left is tried this often, which takes some four hours; a message's expiry may end it sooner.
MAX_TRIES = 30
# An alert of unknown fate is tried once more: a rare duplicate is better than a loss (DESIGN.md rule 3).
UNKNOWN_PAUSE = timedelta(seconds=5)


def settle_receipt(delivery: ClaimedDelivery, receipt: Receipt, now: datetime, roll: float = 0.0) -> Settled:
    """The row's next state after one answer. REVOKED puts it back: nothing is the reader's fault, or the text's.

    `roll` in [0, 1) is chance, so that what failed together is not tried again together.
    """
    match receipt.fate:
        case Fate.SENT:
            return ended(delivery, DeliveryState.SENT, "", receipt.telegram_message_id)
        case Fate.GONE:
            return ended(delivery, DeliveryState.GONE, (receipt.ended_reason or EndedReason.NOT_FOUND).value)
        case Fate.BAD_CONTENT:
            return ended(delivery, DeliveryState.FAILED, receipt.reason)
        case Fate.NOT_SENT | Fate.REVOKED:
            return after_not_sent(delivery, receipt.reason, now, roll)
        case Fate.UNKNOWN:
            return after_no_answer(delivery, receipt, now, roll)
        case Fate.MIGRATED | Fate.LATER | Fate.UNTRIED:
            return untried(delivery, receipt, now)


def untried(delivery: ClaimedDelivery, receipt: Receipt, now: datetime) -> Settled:
    """It did not count as a try: due when Telegram says, or at once."""
    later = receipt.fate is Fate.LATER
    due_at = now + (timedelta(seconds=receipt.retry_after or 0) if later else timedelta(0))
    reason = TOO_MANY if later else receipt.reason
    return again(delivery, due_at, f"{NO_ANSWER}{reason}" if delivery.doubted else reason, untried=True)


def after_no_answer(delivery: ClaimedDelivery, receipt: Receipt, now: datetime, roll: float) -> Settled:
    """It left us. A fault that Telegram told of delivered nothing, most likely: alerts go again with growing pauses."""
    if receipt.faulty and delivery.kind not in ONCE and delivery.tries < MAX_TRIES:
        return after_not_sent(delivery, receipt.reason, now, roll)
    reason = f"{NO_ANSWER}{receipt.reason}"
    return after_unknown(delivery.id, delivery.kind, delivery.tries, reason, now, doubted=delivery.doubted)


def after_unknown(
    delivery_id: int, kind: MessageKind, tries: int, reason: str, now: datetime, *, doubted: bool = False
) -> Settled:
    """The one policy for a request that left and has no answer: alerts once more, calls and reminders never (rule 3).

    What was in flight when a program ended may never have left: that does not count as the once.
    """
    if kind in ONCE or doubted or tries >= MAX_TRIES:
        return Settled(delivery_id=delivery_id, state=DeliveryState.UNKNOWN, tries=tries, reason=reason)
    due_at = now + UNKNOWN_PAUSE
    return Settled(delivery_id=delivery_id, state=DeliveryState.PENDING, tries=tries, reason=reason, due_at=due_at)


def after_not_sent(delivery: ClaimedDelivery, reason: str, now: datetime, roll: float) -> Settled:
    """It certainly did not arrive: again with growing pauses, until it has been tried enough.

    A try before this one may have arrived all the same; that stays known, or a third copy could follow a second doubt.
    """
    told = f"{NO_ANSWER}{reason}" if delivery.doubted else reason
    if delivery.tries >= MAX_TRIES:
        return ended(delivery, DeliveryState.UNKNOWN if delivery.doubted else DeliveryState.FAILED, told)
    return again(delivery, now + backoff(delivery.tries, roll=roll), told)


def ended(
    delivery: ClaimedDelivery, state: DeliveryState, reason: str, telegram_message_id: int | None = None
) -> Settled:
    """Its end."""
    return Settled(
        delivery_id=delivery.id,
        state=state,
        tries=delivery.tries,
        reason=reason,
        telegram_message_id=telegram_message_id,
    )


def again(delivery: ClaimedDelivery, due_at: datetime, reason: str, *, untried: bool = False) -> Settled:
    """Back to pending, due then."""
    return Settled(
        delivery_id=delivery.id,
        state=DeliveryState.PENDING,
        tries=delivery.tries,
        reason=reason,
        due_at=due_at,
        untried=untried,
    )
