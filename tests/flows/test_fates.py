from dataclasses import replace
from datetime import timedelta

import pytest

from bot.flows.fates import MAX_TRIES, settle_receipt
from bot.model.delivery import NO_ANSWER, TOO_MANY, ClaimedDelivery, DeliveryState, Fate, MessageKind, Receipt
from bot.model.message import Message
from bot.model.subscriber import ChatKey, EndedReason
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
        (Fate.BAD_CONTENT, DeliveryState.FAILED),
        (Fate.MIGRATED, DeliveryState.PENDING),
        (Fate.REVOKED, DeliveryState.PENDING),
        (Fate.NOT_SENT, DeliveryState.PENDING),
    ],
)
def test_every_fate_has_its_state(fate: Fate, state: DeliveryState) -> None:
    settled = settle_receipt(a_claim(), Receipt(fate=fate, reason="why"), NOON)
    assert (settled.state, settled.reason) == (state, "why")


def test_who_is_gone_is_gone_for_a_reason_of_ours() -> None:
    receipt = Receipt(fate=Fate.GONE, reason="Forbidden", ended_reason=EndedReason.KICKED)
    settled = settle_receipt(a_claim(), receipt, NOON)
    assert (settled.state, settled.reason) == (DeliveryState.GONE, "kicked")


def test_a_fault_of_telegrams_own_is_waited_out_for_alerts_and_unknown_for_calls() -> None:
    fault = Receipt(fate=Fate.UNKNOWN, faulty=True)
    first, later = (settle_receipt(a_claim(tries=tries), fault, NOON) for tries in (1, 6))
    assert first.due_at is not None
    assert later.due_at is not None
    assert NOON < first.due_at < later.due_at
    assert settle_receipt(a_claim(tries=MAX_TRIES), fault, NOON).state is DeliveryState.UNKNOWN
    for kind in (MessageKind.CALL, MessageKind.CORRECTION):
        assert settle_receipt(a_claim(kind), fault, NOON).state is DeliveryState.UNKNOWN


def test_what_was_not_tried_does_not_count() -> None:
    for fate in (Fate.UNTRIED, Fate.MIGRATED, Fate.LATER):
        settled = settle_receipt(a_claim(), Receipt(fate=fate), NOON)
        assert (settled.state, settled.untried, settled.due_at) == (DeliveryState.PENDING, True, NOON)


def test_later_waits_for_as_long_as_telegram_says() -> None:
    settled = settle_receipt(a_claim(), Receipt(fate=Fate.LATER, retry_after=90), NOON)
    assert settled.due_at == NOON + timedelta(seconds=90)


def test_an_alert_of_unknown_fate_is_tried_once_more_a_call_to_action_never() -> None:
    unanswered = Receipt(fate=Fate.UNKNOWN)
    assert settle_receipt(a_claim(), unanswered, NOON).state is DeliveryState.PENDING
    doubted = replace(a_claim(tries=2), doubted=True)
    assert settle_receipt(doubted, unanswered, NOON).state is DeliveryState.UNKNOWN
    assert settle_receipt(a_claim(MessageKind.CALL), unanswered, NOON).state is DeliveryState.UNKNOWN


def test_who_may_have_it_already_is_not_forgotten_by_a_try_that_never_left() -> None:
    doubted, refused = replace(a_claim(tries=2), doubted=True), Receipt(fate=Fate.NOT_SENT, reason="no connection")
    settled = settle_receipt(doubted, refused, NOON)
    assert (settled.state, settled.reason) == (DeliveryState.PENDING, f"{NO_ANSWER}no connection")
    last = settle_receipt(replace(doubted, tries=MAX_TRIES), refused, NOON)
    assert last.state is DeliveryState.UNKNOWN


def test_what_never_leaves_fails_in_the_end() -> None:
    refused = Receipt(fate=Fate.NOT_SENT)
    first, later = (settle_receipt(a_claim(tries=tries), refused, NOON).due_at for tries in (1, 5))
    assert first is not None
    assert later is not None
    assert first < later
    assert settle_receipt(a_claim(tries=MAX_TRIES), refused, NOON).state is DeliveryState.FAILED


def test_that_an_earlier_try_may_have_arrived_stays_known_while_telegram_asks_for_patience() -> None:
    doubted = replace(a_claim(tries=2), doubted=True)
    settled = settle_receipt(doubted, Receipt(fate=Fate.LATER, reason="wait", retry_after=3), NOON)
    assert (settled.state, settled.reason) == (DeliveryState.PENDING, f"{NO_ANSWER}{TOO_MANY}")
