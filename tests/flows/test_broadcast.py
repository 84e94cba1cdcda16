from datetime import timedelta

import pytest

from bot.errors import ComposeError
from bot.flows.approving import Answer
from bot.model.broadcast import BroadcastState, Verb
from bot.model.delivery import DeliveryState, Fate, Receipt
from bot.model.organiser import CardKind
from bot.model.subscriber import EndedReason
from bot.store import Store
from bot.store.deliveries import count_states
from bot.store.schema import broadcasts
from tests.flows.organising import ANNA, CAROL, OLWEN, TOMOS, Organising, labels


async def open_desk(store: Store, **changes: object) -> Organising:
    desk = Organising(store, **changes)  # type: ignore[arg-type]
    await desk.open()
    await desk.callers(ANNA, 502, 503)
    return desk


async def test_a_call_reaches_everybody_who_said_yes_after_a_second_person_approved_it(store: Store) -> None:
    desk = await open_desk(store)
    broadcast = await desk.approved()
    assert broadcast.state is BroadcastState.COOLING
    await desk.beat(seconds=30)
    assert desk.sent == []
    await desk.beat(seconds=31)
    assert sorted(delivery.key.chat_id for delivery in desk.sent) == [ANNA, 502, 503]
    assert {delivery.message.text for delivery in desk.sent} == {"Write to <b>your MP</b>."}
    assert (await desk.current(broadcast)).state is BroadcastState.DONE
    assert [deed.verb for deed in await desk.deeds()] == ["call_write", "call_submit", "call_approve"]


async def test_the_receipt_goes_to_author_and_approver_and_adds_up(store: Store) -> None:
    desk = await open_desk(store)
    desk.answers = {
        502: [Receipt(fate=Fate.GONE, reason="blocked", ended_reason=EndedReason.BLOCKED)],
        503: [Receipt(fate=Fate.UNKNOWN, reason="no answer")],
    }
    await desk.approved()
    await desk.beat(seconds=61)
    await desk.beat()
    for person in (OLWEN, TOMOS):
        receipt = next(text for text in desk.texts(person) if "targeted" in text)
        assert "1 of 3 got it" in receipt
        assert "1 + 0 + 1 + 0 + 0 + 1 = 3 targeted" in receipt
    posts = desk.posts
    await desk.beat()
    assert desk.posts == posts


async def test_a_receipt_that_telegram_delays_is_given_at_a_later_beat(store: Store) -> None:
    desk = await open_desk(store)
    await desk.approved()
    desk.now += timedelta(seconds=61)
    await desk.dispatch.tick()
    await desk.deliver.tick()
    desk.refusals = {TOMOS: [Receipt(fate=Fate.NOT_SENT)]}
    await desk.dispatch.tick()
    await desk.dispatch.tick()
    assert not any("targeted" in text for text in desk.texts(TOMOS))
    await desk.dispatch.tick()
    for person in (OLWEN, TOMOS):
        assert sum("targeted" in text for text in desk.texts(person)) == 1


async def test_the_author_cannot_approve_and_a_supporter_can_do_nothing(store: Store) -> None:
    desk = await open_desk(store)
    broadcast = await desk.submitted()
    assert await desk.press(broadcast, Verb.APPROVE, by=OLWEN) is Answer.OWN
    for verb in (Verb.APPROVE, Verb.REJECT, Verb.EDIT, Verb.CANCEL, Verb.BEGIN, Verb.FINISH, Verb.WRITE):
        assert await desk.press(broadcast, verb, by=ANNA) is Answer.ORGANISERS_ONLY
    for verb in (Verb.BEGIN, Verb.FINISH, Verb.WRITE):
        assert await desk.press(broadcast, verb, by=TOMOS) is Answer.ORGANISERS_ONLY
    assert await desk.press(broadcast, Verb.DISCARD, by=TOMOS) is Answer.AUTHOR_ONLY
    assert (await desk.current(broadcast)).state is BroadcastState.SUBMITTED


async def test_a_single_organiser_may_approve_where_the_configuration_says_so_and_it_is_said(store: Store) -> None:
    desk = await open_desk(store, owners=frozenset({OLWEN}), single_organiser=True)
    broadcast = await desk.submitted()
    await desk.cards.tick()
    assert "Approve" in labels(desk.newest(OLWEN))
    assert await desk.press(broadcast, Verb.APPROVE, by=OLWEN) is Answer.DONE
    await desk.beat()
    assert "single organiser" in desk.newest(OLWEN).text
    await desk.beat(seconds=61)
    await desk.beat()
    assert len(desk.sent) == 3
    receipt = next(text for text in desk.texts(OLWEN) if "targeted" in text)
    assert "single organiser" in receipt


async def test_of_two_organisers_none_is_the_single_one(store: Store) -> None:
    desk = await open_desk(store, single_organiser=True)
    broadcast = await desk.submitted()
    assert await desk.press(broadcast, Verb.APPROVE, by=OLWEN) is Answer.OWN
    assert await desk.press(broadcast, Verb.APPROVE, by=TOMOS) is Answer.DONE


async def test_an_edit_voids_what_was_submitted_and_buttons_under_the_old_words_do_nothing(store: Store) -> None:
    desk = await open_desk(store)
    old = await desk.submitted()
    await desk.cards.tick()
    assert "Approve" in labels(desk.newest(TOMOS))
    assert await desk.press(old, Verb.EDIT, by=OLWEN) is Answer.DONE
    await desk.cards.tick()
    assert "Taken back" in desk.newest(TOMOS).text
    assert labels(desk.newest(TOMOS)) == []
    assert await desk.press(old, Verb.APPROVE, by=TOMOS) is Answer.CHANGED
    new = await desk.draft("Other words.")
    assert new.id == old.id
    assert await desk.press(new, Verb.SUBMIT, by=OLWEN) is Answer.DONE
    assert await desk.press(old, Verb.APPROVE, by=TOMOS) is Answer.CHANGED
    await desk.cards.tick()
    assert "Other words." in desk.newest(TOMOS).text
    assert await desk.press(new, Verb.APPROVE, by=TOMOS) is Answer.DONE
    await desk.beat(seconds=61)
    assert {delivery.message.text for delivery in desk.sent} == {"Other words."}


async def test_anybody_may_cancel_while_it_cools_and_then_nothing_is_sent(store: Store) -> None:
    desk = await open_desk(store, owners=frozenset({OLWEN, TOMOS, CAROL}))
    broadcast = await desk.approved()
    await desk.cards.tick()
    assert labels(desk.newest(CAROL)) == ["Cancel"]
    assert await desk.press(broadcast, Verb.CANCEL, by=CAROL) is Answer.DONE
    assert await desk.press(broadcast, Verb.CANCEL, by=TOMOS) is Answer.CHANGED
    await desk.beat(seconds=120)
    assert await desk.owed() == 0
    assert "Cancelled" in desk.newest(TOMOS).text


async def test_a_rejected_call_is_sent_to_nobody(store: Store) -> None:
    desk = await open_desk(store)
    broadcast = await desk.submitted()
    await desk.cards.tick()
    assert await desk.press(broadcast, Verb.REJECT, by=TOMOS, reason="facts") is Answer.DONE
    assert await desk.press(broadcast, Verb.APPROVE, by=TOMOS) is Answer.CHANGED
    await desk.beat(seconds=120)
    assert await desk.owed() == 0
    assert "Rejected" in desk.newest(OLWEN).text


async def test_a_discarded_draft_is_gone_for_good(store: Store) -> None:
    desk = await open_desk(store)
    draft = await desk.draft()
    assert await desk.press(draft, Verb.DISCARD, by=OLWEN) is Answer.DONE
    assert await desk.press(draft, Verb.SUBMIT, by=OLWEN) is Answer.CHANGED
    assert await desk.all_cards(CardKind.BROADCAST) == []
    assert await desk.drafting.find_awaiting(OLWEN) is None


async def test_stopping_ends_it_for_all_who_have_not_got_it(store: Store) -> None:
    desk = await open_desk(store)
    broadcast = await desk.approved()
    desk.now += timedelta(seconds=61)
    await desk.dispatch.tick()
    await desk.cards.tick()
    assert labels(desk.newest(TOMOS)) == ["Pause", "Stop"]
    assert await desk.press(broadcast, Verb.STOP, by=OLWEN) is Answer.DONE
    assert await desk.press(broadcast, Verb.STOP, by=TOMOS) is Answer.CHANGED
    await desk.beat()
    await desk.beat()
    assert desk.sent == []
    done = await desk.current(broadcast)
    assert done.state is BroadcastState.DONE
    async with store.read() as connection:
        assert (await count_states(connection, done.message_id or 0))[DeliveryState.SKIPPED] == 3
    assert any("Stopped" in text and "0 of 3 got it" in text for text in desk.texts(OLWEN))


async def test_what_nobody_would_get_cannot_be_submitted(store: Store) -> None:
    desk = Organising(store)
    await desk.open()
    assert await desk.press(await desk.draft(), Verb.SUBMIT, by=OLWEN) is Answer.NOBODY


async def test_a_broadcast_that_is_not_there_has_moved_on(store: Store) -> None:
    desk = Organising(store)
    assert await desk.broadcasting.press(99, Verb.APPROVE, "", by=TOMOS) is Answer.CHANGED


async def test_words_that_were_changed_behind_the_approval_are_not_sent(store: Store) -> None:
    desk = await open_desk(store)
    broadcast = await desk.approved()
    await desk.cards.tick()
    async with store.write() as connection:
        await connection.execute(broadcasts.update().values(text="Something else."))
    await desk.beat(seconds=61)
    assert await desk.owed() == 0
    assert (await desk.current(broadcast)).state is BroadcastState.CANCELLED
    assert "Not sent" in desk.newest(TOMOS).text


async def test_an_approver_who_is_no_organiser_any_more_has_approved_nothing(store: Store) -> None:
    desk = await open_desk(store)
    await desk.approved()
    desk.owners = frozenset({OLWEN, CAROL})
    desk.restart()
    await desk.beat(seconds=61)
    assert await desk.owed() == 0


async def test_an_approval_does_not_outlast_two_days_without_the_bot(store: Store) -> None:
    desk = await open_desk(store)
    broadcast = await desk.approved()
    await desk.cards.tick()
    desk.restart()
    await desk.beat(seconds=3 * 24 * 3600)
    assert await desk.owed() == 0
    assert (await desk.current(broadcast)).state is BroadcastState.CANCELLED
    assert "Not sent" in desk.newest(TOMOS).text


@pytest.mark.parametrize("times", [1, 3])
async def test_however_often_the_clock_beats_everybody_gets_it_once(store: Store, times: int) -> None:
    desk = await open_desk(store)
    broadcast = await desk.approved()
    desk.now += timedelta(seconds=61)
    for _ in range(times):
        desk.restart()
        await desk.dispatch.tick()
        await desk.dispatch.begin(broadcast.id)
    await desk.beat()
    assert len(desk.sent) == 3


async def test_a_second_start_asks_for_the_same_text_again(store: Store) -> None:
    desk = await open_desk(store)
    first = await desk.drafting.begin(OLWEN)
    assert (await desk.drafting.begin(OLWEN)).id == first.id
    assert await desk.drafting.find_awaiting(TOMOS) is None
    message = desk.drafting.compose("One.")
    assert await desk.drafting.write(first, message) is not None
    assert await desk.drafting.write(first, message) is None


async def test_an_empty_text_is_refused_in_words(store: Store) -> None:
    desk = Organising(store)
    with pytest.raises(ComposeError, match="needs some words"):
        desk.drafting.compose("  ")


async def test_it_reaches_who_said_yes_and_has_not_blocked_us(store: Store) -> None:
    desk = await open_desk(store)
    draft = await desk.draft()
    assert (await desk.broadcasting.standings.of(draft)).reach == 3
