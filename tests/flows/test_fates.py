from datetime import timedelta

import pytest

from bot.flows.fates import MAX_TRIES, settle_receipt
from bot.model.delivery import ClaimedDelivery, DeliveryState, Fate, MessageKind, Receipt
from bot.model.message import Message
from bot.model.subscriber import ChatKey
from tests.builders import NOON


def a_claim(kind: MessageKind = MessageKind.ALERT, tries: int = 1) -> ClaimedDelivery:
    return ClaimedDelivery(
        id=5,
        message_id=1,
        kind=kind,
        subscriber_id=2,
        key=ChatKey(1),
        message=Message("x"),
        follows="everything",
        language="en",
        tries=tries,
    )


def test_a_sent_message_keeps_its_id_so_that_it_can_be_corrected() -> None:
    settled = settle_receipt(a_claim(), Receipt(fate=Fate.SENT, telegram_message_id=77), NOON)
    assert (settled.state, settled.telegram_message_id) == (DeliveryState.SENT, 77)


@pytest.mark.parametrize(
    ("fate", "state"),
    [
        (Fate.GONE, DeliveryState.GONE),
        (Fate.BAD_CONTENT, DeliveryState.FAILED),
        (Fate.MIGRATED, DeliveryState.PENDING),
        (Fate.REVOKED, DeliveryState.PENDING),
        (Fate.NOT_SENT, DeliveryState.PENDING),
    ],
)
def test_every_fate_has_its_state(fate: Fate, state: DeliveryState) -> None:
    settled = settle_receipt(a_claim(), Receipt(fate=fate, reason="why"), NOON)
    assert (settled.state, settled.reason) == (state, "why")


def test_later_waits_for_as_long_as_telegram_says() -> None:
    settled = settle_receipt(a_claim(), Receipt(fate=Fate.LATER, retry_after=90), NOON)
    assert settled.due_at == NOON + timedelta(seconds=90)


def test_an_alert_of_unknown_fate_is_tried_once_more_a_call_to_action_never() -> None:
    unanswered = Receipt(fate=Fate.UNKNOWN)
    assert settle_receipt(a_claim(), unanswered, NOON).state is DeliveryState.PENDING
    assert settle_receipt(a_claim(tries=2), unanswered, NOON).state is DeliveryState.UNKNOWN
    assert settle_receipt(a_claim(MessageKind.CALL), unanswered, NOON).state is DeliveryState.UNKNOWN


def test_what_never_leaves_fails_in_the_end() -> None:
    refused = Receipt(fate=Fate.NOT_SENT)
    first, later = (settle_receipt(a_claim(tries=tries), refused, NOON).due_at for tries in (1, 5))
    assert first is not None
    assert later is not None
    assert first < later
    assert settle_receipt(a_claim(tries=MAX_TRIES), refused, NOON).state is DeliveryState.FAILED
