import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import TokenRevokedError
from bot.flows.gone import judge_gone
from bot.flows.holding import Holding
from bot.flows.upkeep import Upkeep
from bot.model.delivery import ClaimedDelivery, DeliveryState, Fate, MessageKind, Receipt
from bot.model.message import Message
from bot.model.organiser import Card
from bot.model.subscriber import ChatKey, EndedReason, Wants
from bot.store import Store
from bot.store.cards import list_open_cards
from bot.store.claims import claim_deliveries
from bot.store.deliveries import count_states
from bot.store.endings import add_ending, list_endings
from bot.store.identity import find_paused_until, pause_sending, take_pace
from bot.store.messages import add_message, enqueue, mark_stopped
from bot.store.schema import deliveries
from bot.store.subscribers import end_subscriptions, find_subscriber
from tests.builders import NOON, add_reader
from tests.flows.pipeline import Pipeline


async def owe(store: Store, readers: int, kind: MessageKind = MessageKind.ALERT) -> int:
    """A message owed to so many readers (chats 1, 2, ...)."""
    wants = Wants.CALLS if kind is MessageKind.CALL else Wants.ALERTS
    async with store.write() as connection:
        for chat in range(1, readers + 1):
            await add_reader(connection, chat, wants=wants.value)
        texts = {"en": Message("<b>News</b>")}
        message = await add_message(connection, kind, texts, now=NOON, expires_at=NOON + timedelta(hours=48))
        await enqueue(connection, message, kind, wants=wants, follows=["everything"], now=NOON)
    return message


def an_upkeep(pipeline: Pipeline) -> Upkeep:
    """Upkeep of the same store."""
    return Upkeep(store=pipeline.store, now=lambda: pipeline.now, wake=pipeline.woken.append)


def a_holding(pipeline: Pipeline) -> Holding:
    """What organisers press."""
    return Holding(store=pipeline.store, now=lambda: pipeline.now, wake=pipeline.woken.append)


async def the_card(store: Store) -> Card:
    """The one card that waits."""
    async with store.read() as connection:
        (card,) = await list_open_cards(connection)
    return card


async def count_live(store: Store, chats: Iterable[int]) -> int:
    """How many of these chats still follow something."""
    async with store.read() as connection:
        readers = [await find_subscriber(connection, ChatKey(chat)) for chat in chats]
    return sum(reader is not None and reader.wants(Wants.ALERTS) for reader in readers)


async def states(store: Store, message: int) -> dict[str, int]:
    """The states that occur, with their numbers."""
    async with store.read() as connection:
        return {state.value: number for state, number in (await count_states(connection, message)).items() if number}


async def test_everybody_owed_gets_it_once_and_the_totals_add_up(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    message = await owe(store, 300)
    await pipeline.deliver.tick()
    await pipeline.deliver.tick()
    assert sorted(delivery.key.chat_id for delivery in pipeline.sent) == list(range(1, 301))
    assert await states(store, message) == {"sent": 300}


async def test_who_blocked_is_ended_and_owed_nothing_more(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    gone = Receipt(fate=Fate.GONE, reason="blocked", ended_reason=EndedReason.BLOCKED)
    pipeline.answers[1] = [gone]
    first = await owe(store, 2)
    await pipeline.deliver.tick()
    assert await states(store, first) == {"gone": 1, "sent": 1}
    async with store.read() as connection:
        reader = await find_subscriber(connection, ChatKey(1))
    assert reader is not None
    assert not reader.wants(Wants.ALERTS)
    assert reader.subscriptions[0].ended_reason is EndedReason.BLOCKED


async def test_a_group_that_moved_gets_it_at_its_new_address(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.answers[1] = [Receipt(fate=Fate.MIGRATED, new_chat_id=-1001)]
    message = await owe(store, 1)
    await pipeline.deliver.tick()
    assert [delivery.key.chat_id for delivery in pipeline.sent] == [1, -1001]
    assert await states(store, message) == {"sent": 1}


async def test_a_refused_text_stops_the_batch_and_disables_nobody(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.deliver.per_second = 5
    pipeline.answers[1] = [Receipt(fate=Fate.BAD_CONTENT, reason="can't parse entities")]
    message = await owe(store, 5)
    await pipeline.deliver.tick()
    assert await states(store, message) == {"failed": 1, "skipped": 4}
    async with store.read() as connection:
        readers = [await find_subscriber(connection, ChatKey(chat)) for chat in range(1, 6)]
    assert all(reader is not None and reader.wants(Wants.ALERTS) for reader in readers)
    assert "review" in pipeline.woken


async def test_a_text_that_others_accepted_goes_on_after_one_chats_refusal_and_organisers_are_told(
    store: Store,
) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    message = await owe(store, 30)
    pipeline.deliver.per_second = 100
    pipeline.answers[15] = [Receipt(fate=Fate.BAD_CONTENT, reason="can't parse entities")]

    async def passing_time(delivery: ClaimedDelivery) -> Receipt:
        pipeline.now += timedelta(seconds=1)
        return await pipeline.send(delivery)

    pipeline.deliver.send = passing_time
    await pipeline.deliver.tick()
    assert await states(store, message) == {"failed": 1, "sent": 29}
    async with store.read() as connection:
        (notice,) = await list_open_cards(connection)
    assert "refused-once" in notice.text


async def test_one_bad_text_is_told_once_however_many_copies_were_in_flight(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    refused = Receipt(fate=Fate.BAD_CONTENT, reason="can't parse entities")
    pipeline.answers = {chat: [refused] for chat in range(1, 4)}
    await owe(store, 3)
    await pipeline.deliver.tick()
    async with store.read() as connection:
        assert len(await list_open_cards(connection)) == 1


async def test_a_longer_hold_is_never_shortened_and_one_slow_chat_holds_nobody_else(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    async with store.write() as connection:
        await pause_sending(connection, until=NOON + timedelta(hours=1))
        await pause_sending(connection, until=NOON + timedelta(seconds=1))
        assert await find_paused_until(connection) == NOON + timedelta(hours=1)
    pipeline.now = NOON + timedelta(hours=2)
    later = Receipt(fate=Fate.LATER, retry_after=1)
    pipeline.answers = {1: [later, later]}
    message = await owe(store, 1)
    for _ in range(3):
        await pipeline.deliver.tick()
        pipeline.now += timedelta(seconds=2)
    assert await states(store, message) == {"sent": 1}


async def test_what_was_stopped_while_it_was_in_flight_is_not_tried_again(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.answers = {1: [Receipt(fate=Fate.LATER, retry_after=30)], 2: [Receipt(fate=Fate.LATER, retry_after=30)]}
    message = await owe(store, 2)
    await pipeline.deliver.tick()
    async with store.write() as connection:
        reader = await find_subscriber(connection, ChatKey(1))
        assert reader is not None
        await end_subscriptions(connection, reader.id, reason=EndedReason.STOPPED, now=pipeline.now)
        await mark_stopped(connection, message, now=pipeline.now)
    pipeline.now += timedelta(minutes=10)
    await pipeline.deliver.tick()
    assert len(pipeline.sent) == 2
    assert await states(store, message) == {"skipped": 2}


async def test_a_fault_of_ours_in_one_send_loses_no_other_answer(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    send = pipeline.send

    async def faulty(delivery: ClaimedDelivery) -> Receipt:
        if delivery.key.chat_id == 7:
            raise ZeroDivisionError
        return await send(delivery)

    pipeline.deliver.send = faulty
    message = await owe(store, 20, MessageKind.CALL)
    await pipeline.deliver.tick()
    assert await states(store, message) == {"sent": 19, "unknown": 1}


async def test_messages_to_one_chat_go_in_turn_and_are_not_claimed_before(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.deliver.per_chat_seconds = 20
    first = await owe(store, 1)
    async with store.write() as connection:
        second = await add_message(
            connection, MessageKind.ALERT, {"en": Message("more")}, now=NOON, expires_at=NOON + timedelta(hours=48)
        )
        await enqueue(connection, second, MessageKind.ALERT, wants=Wants.ALERTS, follows=["everything"], now=NOON)
    await pipeline.deliver.tick()
    assert [await states(store, first), await states(store, second)] == [{"sent": 1}, {"pending": 1}]
    pipeline.now += timedelta(seconds=20)
    await pipeline.deliver.tick()
    assert await states(store, second) == {"sent": 1}


async def test_a_process_that_was_frozen_sends_nothing_that_it_claimed_before(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    message = await owe(store, 1)
    claim = pipeline.deliver.claim

    async def frozen(
        connection: AsyncConnection, room: int, now: datetime
    ) -> tuple[Sequence[ClaimedDelivery], Sequence[float]]:
        pipeline.deliver.claim = claim  # type: ignore[method-assign]
        claimed = await claim(connection, room, now)
        pipeline.now += timedelta(seconds=9)
        await pipeline.deliver.stop(0)
        return claimed

    pipeline.deliver.claim = frozen  # type: ignore[method-assign]
    await pipeline.deliver.tick()
    assert pipeline.sent == []
    assert await states(store, message) == {"pending": 1}


async def test_one_later_holds_its_chat_and_four_hold_everything(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    later = Receipt(fate=Fate.LATER, retry_after=30)
    pipeline.answers = {reader: [later] for reader in (1, 2, 3, 4)}
    message = await owe(store, 5)
    await pipeline.deliver.tick()
    assert await states(store, message) == {"pending": 4, "sent": 1}
    async with store.read() as connection:
        assert await find_paused_until(connection) == pipeline.now + timedelta(seconds=30)
    pipeline.now += timedelta(seconds=31)
    await pipeline.deliver.tick()
    assert await states(store, message) == {"sent": 5}


async def test_a_revoked_token_ends_it_and_loses_nothing(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.answers[1] = [Receipt(fate=Fate.REVOKED, reason="Unauthorized")]
    message = await owe(store, 1)
    with pytest.raises(TokenRevokedError):
        await pipeline.deliver.tick()
    assert await states(store, message) == {"pending": 1}


@pytest.mark.parametrize(
    ("kind", "state"), [(MessageKind.ALERT, "pending"), (MessageKind.CALL, "unknown")], ids=["alert", "call"]
)
async def test_what_was_in_flight_at_a_crash_is_sent_again_if_an_alert_and_unknown_if_a_call(
    store: Store, kind: MessageKind, state: str
) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    message = await owe(store, 1, kind)
    async with store.write() as connection:
        await claim_deliveries(connection, worker="died", now=pipeline.now, limit=1)
    pipeline.now += timedelta(seconds=1)
    upkeep = an_upkeep(pipeline)
    assert await upkeep.sweep() == 0
    assert await upkeep.sweep(held_before=pipeline.now) == 1
    assert await states(store, message) == {state: 1}


async def test_stopping_lets_what_is_in_flight_end_and_claims_nothing_more(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    begun, answered = asyncio.Event(), asyncio.Event()

    async def slow(delivery: ClaimedDelivery) -> Receipt:
        begun.set()
        await answered.wait()
        return await pipeline.send(delivery)

    pipeline.deliver.send = slow
    pipeline.deliver.per_second = 5
    message = await owe(store, 3)
    ticking = asyncio.create_task(pipeline.deliver.tick())
    await asyncio.wait_for(begun.wait(), 10)
    stopping = asyncio.create_task(pipeline.deliver.stop(5))
    await asyncio.sleep(0.1)
    answered.set()
    await stopping
    await ticking
    found = await states(store, message)
    assert found["sent"] == len(pipeline.sent) < 3
    assert found["sent"] + found["pending"] == 3


async def test_an_answer_that_does_not_come_keeps_no_other_chunk_from_being_sent(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    answered = asyncio.Event()

    async def silent_once(delivery: ClaimedDelivery) -> Receipt:
        if delivery.key.chat_id == 1:
            await answered.wait()
        return await pipeline.send(delivery)

    pipeline.deliver.send = silent_once
    message = await owe(store, 6)
    for _ in range(3):
        await pipeline.deliver.tick(2)
    # The last one's answer may still be on its way into the ledger.
    assert len(pipeline.sent) >= 4
    assert (await states(store, message)).get("pending", 0) == 0
    answered.set()
    await pipeline.deliver.stop(5)
    assert await states(store, message) == {"sent": 6}


async def test_upkeep_ends_what_is_too_late_and_erases_what_must_not_be_kept(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    upkeep = an_upkeep(pipeline)
    message = await owe(store, 1, MessageKind.CALL)
    pipeline.now += timedelta(days=3)
    assert await upkeep.tick() == 1
    assert await states(store, message) == {DeliveryState.EXPIRED.value: 1}
    pipeline.now += timedelta(days=91)
    assert await upkeep.tick() == 1
    async with store.read() as connection:
        assert (await connection.execute(select(deliveries.c.id))).all() == []
    assert await states(store, message) == {DeliveryState.EXPIRED.value: 1}


@pytest.mark.parametrize(("choice", "state"), [("late", "sent"), ("drop", "expired")])
async def test_of_an_alert_that_comes_too_late_organisers_are_asked_once(store: Store, choice: str, state: str) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    upkeep, holding = an_upkeep(pipeline), a_holding(pipeline)
    message = await owe(store, 2)
    pipeline.now += timedelta(hours=50)
    await pipeline.deliver.tick()
    assert pipeline.sent == []
    assert [await upkeep.sweep(), await upkeep.sweep()] == [1, 0]
    card = await the_card(store)
    assert await holding.decide(card.id, choice, by=7)
    assert not await holding.decide(card.id, "late", by=8)
    await pipeline.deliver.tick()
    assert await states(store, message) == {state: 2}


@pytest.mark.parametrize(("choice", "live"), [("go", 0), ("spare", 40)])
async def test_when_too_many_are_gone_all_stops_and_nobody_is_ended_until_organisers_answer(
    store: Store, choice: str, live: int
) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    gone = Receipt(fate=Fate.GONE, reason="blocked", ended_reason=EndedReason.BLOCKED)
    message = await owe(store, 60)
    pipeline.answers = {chat: [gone] for chat in range(11, 51)}
    await pipeline.deliver.tick()
    again = await owe(store, 0)
    await pipeline.deliver.tick()
    assert await states(store, again) == {"pending": 60}
    assert await count_live(store, range(1, 61)) == 60
    card, holding = await the_card(store), a_holding(pipeline)
    assert await holding.decide(card.id, "hold", by=7)
    await pipeline.deliver.tick()
    assert await states(store, again) == {"pending": 60}
    assert await holding.decide(card.id, choice, by=7)
    pipeline.now += timedelta(minutes=2)
    await pipeline.deliver.tick()
    assert await states(store, message) == {"gone": 40, "sent": 20}
    assert await count_live(store, range(11, 51)) == live
    assert (await states(store, again))["sent"] == 20 + live


async def test_the_answer_of_one_who_came_back_since_is_not_believed(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    async with store.write() as connection:
        reader = await add_reader(connection, 1, at=NOON + timedelta(hours=1))
        await add_ending(connection, reader, EndedReason.BLOCKED, NOON)
        assert not await judge_gone(connection, NOON, idle=False)
        assert len(await list_endings(connection)) == 1
        assert not await judge_gone(connection, NOON, idle=True)
        assert await list_endings(connection) == []
    assert await count_live(store, [1]) == 1


async def test_who_judges_and_who_claims_wait_for_each_other_one_at_a_time(store: Store) -> None:
    if store.dialect == "sqlite":
        pytest.skip("it has one writer")
    await Pipeline(store).open()
    await owe(store, 1)
    async with store.write() as connection:
        reader = (await connection.execute(select(deliveries.c.subscriber_id))).scalar_one()
        await add_ending(connection, reader, EndedReason.BLOCKED, NOON)

    async def judge() -> None:
        async with store.write() as connection:
            await judge_gone(connection, NOON, idle=True)

    async with store.write() as connection:
        await claim_deliveries(connection, worker="b", now=NOON, limit=1)
        judging = asyncio.create_task(judge())
        await asyncio.sleep(0.3)
        assert not judging.done()
        await take_pace(connection, now=NOON, sends=1, per_second=1)
        async with store.write() as another:
            assert not await judge_gone(another, NOON, idle=False)
    await judging
    assert await count_live(store, [1]) == 0


async def test_a_deleted_account_is_erased_and_still_counted(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.answers[1] = [Receipt(fate=Fate.GONE, ended_reason=EndedReason.DEACTIVATED)]
    message = await owe(store, 2)
    await pipeline.deliver.tick()
    async with store.read() as connection:
        assert await find_subscriber(connection, ChatKey(1)) is None
    assert await states(store, message) == {"gone": 1, "sent": 1}


async def test_answers_outlive_a_database_that_fails_for_a_moment(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    message = await owe(store, 3)
    follow_up, faults = pipeline.deliver._aftermath.follow_up, [OSError()]

    async def failing(*arguments: Any) -> None:
        await follow_up(*arguments)
        if faults:
            raise faults.pop()

    pipeline.deliver._aftermath.follow_up = failing  # type: ignore[assignment,method-assign]
    await pipeline.deliver.tick()
    assert await states(store, message) == {"sent": 3}
    assert len(pipeline.sent) == 3


async def test_what_is_late_once_among_good_answers_holds_nobody_else(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    later = Receipt(fate=Fate.LATER, retry_after=30)
    pipeline.answers = {5: [later], 45: [later]}
    message = await owe(store, 80)
    for _ in range(3):
        await pipeline.deliver.tick()
    assert await states(store, message) == {"sent": 78, "pending": 2}
    async with store.read() as connection:
        assert await find_paused_until(connection) is None
