from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select

from bot.errors import NotFoundError
from bot.model.delivery import DeliveryState, MessageKind
from bot.model.message import Message
from bot.model.subscriber import EVERYTHING, ChatKey, EndedReason, Subscriber, Wants
from bot.store import Store
from bot.store.deliveries import count_states
from bot.store.erasing import erase_departed, erase_old_deliveries
from bot.store.messages import add_message, enqueue
from bot.store.moving import move_chat
from bot.store.schema import deliveries, messages, subscribers, subscriptions
from bot.store.subscribers import (
    add_subscriber,
    add_subscription,
    count_subscribers,
    end_subscriptions,
    find_subscriber,
    forget_subscriber,
    get_subscriber,
    list_subscribers_of,
    set_blocked,
)
from tests.builders import NOON

KEY = ChatKey(7_000_000_000_001)
LATER = NOON + timedelta(days=1)


async def join(store: Store, key: ChatKey = KEY, *wants: Wants, source: str | None = None) -> Subscriber:
    async with store.write() as connection:
        made = await add_subscriber(connection, key, language="en", source=source, now=NOON)
        for what in wants:
            await add_subscription(connection, made.id, what, EVERYTHING, consent_version="1", now=NOON)
        return await get_subscriber(connection, key)


async def owe(store: Store, wants: Wants = Wants.ALERTS) -> int:
    kind = MessageKind.ALERT if wants is Wants.ALERTS else MessageKind.CALL
    async with store.write() as connection:
        message = await add_message(connection, kind, {"en": Message("x")}, now=NOON, expires_at=LATER)
        await enqueue(connection, message, kind, wants=wants, follows=[EVERYTHING], now=NOON)
    return message


async def look(store: Store, key: ChatKey = KEY) -> Subscriber | None:
    async with store.read() as connection:
        return await find_subscriber(connection, key)


async def test_joining_twice_is_joining_once_and_the_first_source_stays(store: Store) -> None:
    first = await join(store, source="leaflet")
    again = await join(store, source="poster")
    assert (again.id, again.source) == (first.id, "leaflet")
    assert not again.wants(Wants.ALERTS)


async def test_a_topic_of_a_forum_is_a_subscriber_of_its_own(store: Store) -> None:
    await join(store, ChatKey(-100, 5), Wants.ALERTS)
    await join(store, ChatKey(-100), Wants.CALLS)
    async with store.read() as connection:
        keys = [one.key for one in await list_subscribers_of(connection, -100)]
    assert keys == [ChatKey(-100, 5), ChatKey(-100)]


async def test_a_yes_is_kept_with_its_wording_and_time_and_a_second_one_changes_nothing(store: Store) -> None:
    subscriber = await join(store, KEY, Wants.ALERTS)
    async with store.write() as connection:
        again = await add_subscription(
            connection, subscriber.id, Wants.ALERTS, EVERYTHING, consent_version="2", now=LATER
        )
        (kept,) = (await get_subscriber(connection, KEY)).subscriptions
    assert not again
    assert (kept.consent_version, kept.consented_at, kept.ended_at) == ("1", NOON, None)


async def test_a_return_is_by_a_new_consent(store: Store) -> None:
    subscriber = await join(store, KEY, Wants.ALERTS)
    async with store.write() as connection:
        assert await end_subscriptions(connection, subscriber.id, reason=EndedReason.STOPPED, now=NOON) == 1
        assert await end_subscriptions(connection, subscriber.id, reason=EndedReason.BLOCKED, now=LATER) == 0
        (ended,) = (await get_subscriber(connection, KEY)).subscriptions
        back = await add_subscription(
            connection, subscriber.id, Wants.ALERTS, EVERYTHING, consent_version="2", now=LATER
        )
        (live,) = (await get_subscriber(connection, KEY)).subscriptions
    assert (ended.ended_at, ended.ended_reason) == (NOON, EndedReason.STOPPED)
    assert back
    assert (live.ended_at, live.ended_reason, live.consent_version, live.consented_at) == (None, None, "2", LATER)


async def test_ending_one_kind_leaves_the_other_and_skips_only_what_it_owed(store: Store) -> None:
    subscriber = await join(store, KEY, Wants.ALERTS, Wants.CALLS)
    alert, call = await owe(store, Wants.ALERTS), await owe(store, Wants.CALLS)
    async with store.write() as connection:
        await end_subscriptions(connection, subscriber.id, reason=EndedReason.STOPPED, now=NOON, wants=Wants.ALERTS)
        assert (await count_states(connection, alert))[DeliveryState.SKIPPED] == 1
        assert (await count_states(connection, call))[DeliveryState.PENDING] == 1
        now = await get_subscriber(connection, KEY)
    assert (now.wants(Wants.ALERTS), now.wants(Wants.CALLS)) == (False, True)


async def test_forgetting_leaves_nothing(store: Store) -> None:
    await join(store, KEY, Wants.ALERTS)
    await owe(store)
    async with store.write() as connection:
        assert await forget_subscriber(connection, KEY)
        assert not await forget_subscriber(connection, KEY)
        for table in (subscribers, subscriptions, deliveries):
            assert (await connection.execute(select(func.count()).select_from(table))).scalar_one() == 0
        with pytest.raises(NotFoundError):
            await get_subscriber(connection, KEY)


async def test_the_departed_are_erased_after_their_time_and_nobody_else(store: Store) -> None:
    gone = await join(store, ChatKey(1), Wants.ALERTS)
    await join(store, ChatKey(2), Wants.ALERTS)
    await join(store, ChatKey(3))
    async with store.write() as connection:
        await end_subscriptions(connection, gone.id, reason=EndedReason.STOPPED, now=NOON)
        assert await erase_departed(connection, left_before=NOON) == 0
        assert await erase_departed(connection, left_before=LATER) == 2
    assert await look(store, ChatKey(2)) is not None


async def test_old_deliveries_are_erased_when_they_came_to_their_end_long_ago(store: Store) -> None:
    subscriber = await join(store, KEY, Wants.ALERTS)
    await owe(store)
    async with store.write() as connection:
        assert await erase_old_deliveries(connection, settled_before=LATER) == 0
        await end_subscriptions(connection, subscriber.id, reason=EndedReason.STOPPED, now=NOON)
        assert await erase_old_deliveries(connection, settled_before=LATER) == 1


async def test_the_departed_are_erased_in_short_turns(store: Store) -> None:
    rows = [{"chat_id": chat, "language": "en", "created_at": NOON, "left_at": NOON} for chat in range(1, 251)]
    async with store.write() as connection:
        await connection.execute(insert(subscribers), rows)
    erased = []
    for _ in range(4):
        async with store.write() as connection:
            erased.append(await erase_departed(connection, left_before=LATER))
    assert erased == [100, 100, 50, 0]


async def test_old_deliveries_are_erased_in_short_turns(store: Store) -> None:
    subscriber = await join(store, KEY)
    async with store.write() as connection:
        written = {"kind": "alert", "created_at": NOON, "expires_at": LATER}
        sent = {"subscriber_id": subscriber.id, "state": "sent", "urgency": 0, "due_at": NOON, "settled_at": NOON}
        await connection.execute(insert(messages), [written | {"id": number} for number in range(1, 1101)])
        await connection.execute(insert(deliveries), [sent | {"message_id": number} for number in range(1, 1101)])
        assert [await erase_old_deliveries(connection, settled_before=LATER) for _ in range(3)] == [1000, 100, 0]


async def test_who_blocked_us_is_not_counted_until_they_speak_again(store: Store) -> None:
    subscriber = await join(store, KEY, Wants.ALERTS)
    await join(store, ChatKey(2))
    async with store.write() as connection:
        assert await count_subscribers(connection) == 1
        await set_blocked(connection, subscriber.id, blocked=True, now=NOON)
        assert await count_subscribers(connection) == 0
        assert (await get_subscriber(connection, KEY)).blocked
        await set_blocked(connection, subscriber.id, blocked=False, now=NOON)
        assert await count_subscribers(connection, Wants.ALERTS) == 1
        assert await count_subscribers(connection, Wants.CALLS) == 0
        await set_blocked(connection, subscriber.id, blocked=True, now=NOON)
    assert not (await join(store)).blocked


async def test_a_group_that_becomes_a_supergroup_keeps_everything(store: Store) -> None:
    await join(store, ChatKey(-5), Wants.ALERTS)
    message = await owe(store)
    async with store.write() as connection:
        assert await move_chat(connection, -5, -1005, now=LATER) == 1
        assert await move_chat(connection, -5, -1005, now=LATER) == 0
        moved = await get_subscriber(connection, ChatKey(-1005))
        assert (await count_states(connection, message))[DeliveryState.PENDING] == 1
    assert moved.wants(Wants.ALERTS)


async def test_two_subscribers_that_turn_out_to_be_one_chat_are_merged_and_owed_once(store: Store) -> None:
    await join(store, ChatKey(-5), Wants.ALERTS, Wants.CALLS)
    call = await owe(store, Wants.CALLS)
    new = await join(store, ChatKey(-1005), Wants.ALERTS)
    alert = await owe(store)
    async with store.write() as connection:
        stopped = await add_subscriber(connection, ChatKey(-5), language="en", source=None, now=NOON)
        await add_subscription(connection, stopped.id, Wants.ALERTS, "topic:x", consent_version="1", now=NOON)
        await end_subscriptions(connection, new.id, reason=EndedReason.STOPPED, now=NOON, wants=Wants.CALLS)
        await move_chat(connection, -5, -1005, now=LATER)
        old, merged = await get_subscriber(connection, ChatKey(-5)), await get_subscriber(connection, ChatKey(-1005))
        states = await count_states(connection, alert)
        owed = (
            await connection.execute(select(deliveries.c.subscriber_id).where(deliveries.c.message_id == call))
        ).one()
    assert {one.ended_reason for one in old.subscriptions} == {EndedReason.MERGED}
    assert {one.follows for one in merged.subscriptions} == {EVERYTHING, "topic:x"}
    assert merged.wants(Wants.CALLS)
    assert (states[DeliveryState.PENDING], states[DeliveryState.GONE]) == (1, 1)
    assert owed.subscriber_id == new.id


async def test_what_a_merged_chat_is_owed_keeps_its_reason_and_ends_with_it(store: Store) -> None:
    await join(store, ChatKey(-5), Wants.ALERTS)
    alert = await owe(store)
    new = await join(store, ChatKey(-1005), Wants.CALLS)
    async with store.write() as connection:
        await move_chat(connection, -5, -1005, now=LATER)
        why = select(subscriptions.c.subscriber_id, subscriptions.c.follows).join(
            deliveries, deliveries.c.subscription_id == subscriptions.c.id
        )
        assert (await connection.execute(why)).one() == (new.id, EVERYTHING)
        await end_subscriptions(connection, new.id, reason=EndedReason.STOPPED, now=LATER)
        assert (await count_states(connection, alert))[DeliveryState.SKIPPED] == 1
