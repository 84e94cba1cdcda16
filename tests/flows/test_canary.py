from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.flows.canary import Canary, judge, list_late, list_young
from bot.model.delivery import DeliveryState
from bot.model.subscriber import ChatKey
from bot.store import Store
from bot.store.schema import deliveries
from bot.store.subscribers import forget_subscriber, set_blocked
from bot.store.watched import Watched
from tests.builders import NOON, add_reader, an_entry
from tests.flows.organising import OLWEN, Organising

SOON = timedelta(minutes=14)
LATE = timedelta(minutes=16)
FELTHAM = "An unannounced inspection of HMYOI Feltham found more violence between children."


def an_alert(number: int = 1, *, arrived: bool = False, owed: bool = True) -> Watched:
    return Watched(alert_id=number, title=f"Alert {number}", published_at=NOON, arrived=arrived, owed=owed)


def test_an_alert_is_late_where_somebody_waits_and_nobody_has_it() -> None:
    alerts = [an_alert(1), an_alert(2, arrived=True), an_alert(3, owed=False)]
    assert [one.alert_id for one in list_late(alerts)] == [1]


def test_lateness_and_its_end_are_told_once_each() -> None:
    late, arrived = [an_alert(1)], [an_alert(1, arrived=True)]
    assert judge(late, set(), set()).late == late
    assert judge(late, {1}, set()).late == []
    assert judge(arrived, {1}, set()).arrived == arrived
    assert judge(arrived, {1}, {1}).arrived == []
    assert judge(arrived, set(), set()).arrived == []


async def publish(store: Store, *, readers: int = 2) -> Organising:
    """An alert in the ledger, of which nothing has been sent."""
    organising = Organising(store)
    await organising.open()
    async with store.write() as connection:
        for chat in range(1, readers + 1):
            await add_reader(connection, chat)
    organising.listed = {url: [an_entry()] for url in organising.listed}
    await organising.poll.tick()
    organising.now += timedelta(minutes=10)
    await organising.poll.tick()
    await organising.publish.tick()
    assert await organising.alerted() == 1
    return organising


def canary_of(organising: Organising) -> Canary:
    return Canary(store=organising.store, now=lambda: organising.now, wake=organising.woken.append)


async def late_now(organising: Organising) -> Sequence[Watched]:
    async with organising.store.read() as connection:
        return list_late(await list_young(connection, organising.now))


async def test_organisers_hear_once_that_an_alert_reaches_nobody_and_once_that_it_has(store: Store) -> None:
    organising = await publish(store)
    canary = canary_of(organising)
    organising.now += SOON
    assert await canary.tick() == 0
    organising.now += LATE - SOON
    assert await canary.tick() == 1
    assert await canary.tick() == 0
    assert organising.woken[-1] == "review"
    await organising.cards.tick()
    assert "An alert has reached nobody for a quarter of an hour" in organising.newest(OLWEN).text
    assert "HMYOI Werrington" in organising.newest(OLWEN).text

    await organising.deliver.tick()
    assert await canary_of(organising).tick() == 1
    assert await canary.tick() == 0
    await organising.cards.tick()
    assert "A late alert has reached its first reader" in organising.newest(OLWEN).text


async def test_several_late_alerts_are_one_notice(sqlite_store: Store) -> None:
    organising = await publish(sqlite_store)
    entry = an_entry(
        id="2", url="https://inspectorate.example/2", title="HMYOI Feltham: an inspection", summary=FELTHAM
    )
    organising.listed = {url: [an_entry(), entry] for url in organising.listed}
    organising.now += timedelta(minutes=10)
    await organising.poll.tick()
    await organising.publish.tick()
    assert await organising.alerted() == 2
    organising.now += LATE
    assert await canary_of(organising).tick() == 2
    await organising.cards.tick()
    assert "2 alerts have reached nobody" in organising.newest(OLWEN).text


async def test_after_a_day_an_alert_is_watched_no_more(sqlite_store: Store) -> None:
    organising = await publish(sqlite_store)
    organising.now += timedelta(hours=24)
    assert await late_now(organising) == []


@pytest.mark.parametrize("state", [DeliveryState.SKIPPED, DeliveryState.GONE])
async def test_readers_who_paused_or_blocked_the_bot_wait_for_nothing(
    sqlite_store: Store, state: DeliveryState
) -> None:
    organising = await publish(sqlite_store)
    async with sqlite_store.write() as connection:
        await connection.execute(update(deliveries).values(state=state.value))
    organising.now += LATE
    assert await late_now(organising) == []


async def test_one_whose_quiet_hours_last_waits_from_their_end_on(sqlite_store: Store) -> None:
    organising = await publish(sqlite_store)
    async with sqlite_store.write() as connection:
        await connection.execute(update(deliveries).values(due_at=organising.now + timedelta(hours=8)))
    organising.now += timedelta(hours=8) + SOON
    assert await late_now(organising) == []
    organising.now += LATE - SOON
    assert len(await late_now(organising)) == 1


async def test_an_alert_that_was_never_owed_is_late_where_somebody_was_there_before_it(store: Store) -> None:
    organising = await publish(store, readers=1)
    async with store.write() as connection:
        await connection.execute(delete(deliveries))
    organising.now += LATE
    (late,) = await late_now(organising)
    assert late.owed
    async with store.write() as connection:
        await add_reader(connection, 9, at=organising.now)
        await set_blocked(connection, 1, blocked=True, now=organising.now)
    assert await late_now(organising) == []
    async with store.write() as connection:
        await forget_subscriber(connection, ChatKey(1))
        await forget_subscriber(connection, ChatKey(9))
    assert await late_now(organising) == []
