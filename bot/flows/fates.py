"""What one answer of Telegram means for the ledger: one pure function, so that the policy stands in one place."""

from datetime import datetime, timedelta

from bot.model.delivery import ClaimedDelivery, DeliveryState, Fate, MessageKind, Receipt, Settled
from bot.schedule import backoff

# A delivery that certainly never left is tried again this often; a message's expiry ends it sooner.
MAX_TRIES = 8
# An alert of unknown fate is tried once more: a rare duplicate is better than a loss (DESIGN.md rule 3).
MAX_UNKNOWN_TRIES = 2
UNKNOWN_PAUSE = timedelta(seconds=5)


def settle_receipt(delivery: ClaimedDelivery, receipt: Receipt, now: datetime) -> Settled:
    """The row's next state after one answer. REVOKED puts it back: nothing is the reader's fault, or the text's."""
    match receipt.fate:
        case Fate.SENT:
            state = DeliveryState.SENT
            return Settled(
                delivery_id=delivery.id,
                state=state,
                tries=delivery.tries,
                telegram_message_id=receipt.telegram_message_id,
            )
        case Fate.GONE | Fate.BAD_CONTENT:
            state = DeliveryState.GONE if receipt.fate is Fate.GONE else DeliveryState.FAILED
            return Settled(delivery_id=delivery.id, state=state, tries=delivery.tries, reason=receipt.reason)
        case Fate.MIGRATED | Fate.LATER:
            due_at = now + timedelta(seconds=receipt.retry_after or 0)
            return again(delivery, due_at, receipt.reason)
        case Fate.NOT_SENT | Fate.REVOKED:
            return after_not_sent(delivery, receipt.reason, now)
        case Fate.UNKNOWN:
            return after_unknown(delivery.id, delivery.kind, delivery.tries, receipt.reason, now)


def after_unknown(delivery_id: int, kind: MessageKind, tries: int, reason: str, now: datetime) -> Settled:
    """The one policy for a request that left and has no answer: alerts once more, calls to action never (rule 3)."""
    if kind is MessageKind.CALL or tries >= MAX_UNKNOWN_TRIES:
        return Settled(delivery_id=delivery_id, state=DeliveryState.UNKNOWN, tries=tries, reason=reason)
    due_at = now + UNKNOWN_PAUSE
    return Settled(delivery_id=delivery_id, state=DeliveryState.PENDING, tries=tries, reason=reason, due_at=due_at)


def after_not_sent(delivery: ClaimedDelivery, reason: str, now: datetime) -> Settled:
    """It certainly did not arrive: again with growing pauses, until it has been tried enough."""
    if delivery.tries >= MAX_TRIES:
        return Settled(delivery_id=delivery.id, state=DeliveryState.FAILED, tries=delivery.tries, reason=reason)
    return again(delivery, now + backoff(delivery.tries), reason)


def again(delivery: ClaimedDelivery, due_at: datetime, reason: str) -> Settled:
    """Back to pending, due then."""
    state = DeliveryState.PENDING
    return Settled(delivery_id=delivery.id, state=state, tries=delivery.tries, reason=reason, due_at=due_at)
