"""What is counted of people and messages, on both databases."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.flows.figures import Figures, find_effect, get_statistics, list_page
from bot.model.delivery import DeliveryState, MessageKind
from bot.model.message import Message
from bot.model.subscriber import Wants
from bot.store import Store
from bot.store.messages import add_message, enqueue
from bot.store.schema import daily_figures, deliveries, marks, subscribers, subscriptions
from bot.store.statistics import count_doers, count_people, find_moved, find_times
from tests.builders import NOON, add_reader

LONDON = ZoneInfo("Europe/London")


async def people(store: Store, source: str, count: int, *, first: int) -> list[int]:
    """So many subscribers that a start link brought, and who joined at noon."""
    async with store.write() as connection:
        ids = [await add_reader(connection, chat) for chat in range(first, first + count)]
        await connection.execute(update(subscribers).where(subscribers.c.id.in_(ids)).values(source=source or None))
    return ids


async def message(store: Store, *, seconds: list[float]) -> int:
    """An alert at noon whose copies took so long; there is one for each reader."""
    async with store.write() as connection:
        made = await add_message(
            connection, MessageKind.ALERT, {"en": Message("Words")}, now=NOON, expires_at=NOON + timedelta(days=9)
        )
        await enqueue(connection, made, MessageKind.ALERT, wants=Wants.ALERTS, follows=["everything"], now=NOON)
        for row, took in enumerate(seconds, 1):
            settled = {"state": DeliveryState.SENT.value, "settled_at": NOON + timedelta(seconds=took)}
            await connection.execute(update(deliveries).where(deliveries.c.id == row).values(settled))
    return made


async def test_people_are_counted_by_source_and_language_and_who_left_is_not(store: Store) -> None:
    (gone, *_) = await people(store, "leaflet", 12, first=600)
    await people(store, "", 3, first=700)
    async with store.write() as connection:
        left = subscriptions.c.subscriber_id == gone
        await connection.execute(update(subscriptions).where(left).values(ended_at=NOON))
        assert await count_people(connection) == {"source": {"": 3, "leaflet": 11}, "language": {"en": 14}}


async def test_delivery_times_are_those_of_the_middle_and_of_95_in_100(store: Store) -> None:
    await people(store, "", 20, first=600)
    made = await message(store, seconds=[float(second) for second in range(1, 21)])
    async with store.read() as connection:
        times = await find_times(connection, [made])
        assert times is not None
        assert (times.copies, round(times.p50), round(times.p95)) == (20, 10, 19)
        assert await find_times(connection, [99]) is None


async def test_who_joins_and_leaves_after_a_message_is_kept_for_when_they_are_erased(store: Store) -> None:
    made = await message(store, seconds=[])
    joined = await people(store, "", 12, first=600)
    async with store.write() as connection:
        left = subscriptions.c.subscriber_id.in_(joined[:10])
        await connection.execute(update(subscriptions).where(left).values(ended_at=NOON + timedelta(hours=47)))
        effect = await find_effect(connection, made)
    assert effect is not None
    assert (effect.joined, effect.left) == (12, 10)
    flow = Figures(store=store, now=lambda: NOON + timedelta(hours=49), zone=LONDON)
    assert await flow.tick() == 1
    assert await flow.tick() == 0
    async with store.write() as connection:
        await connection.execute(update(subscriptions).values(ended_at=None, consented_at=NOON - timedelta(days=9)))
        assert await find_moved(connection, made) == (12, 10)
        effect = await find_effect(connection, made)
        assert effect is not None
        assert (effect.joined, effect.left) == (12, 10)
        assert await find_effect(connection, 99) is None


async def test_a_day_is_counted_once_more_in_the_place_of_its_earlier_count(store: Store) -> None:
    flow = Figures(store=store, now=lambda: NOON, zone=LONDON)
    await people(store, "", 11, first=600)
    await flow.tick()
    await people(store, "", 1, first=700)
    await flow.tick()
    async with store.read() as connection:
        (day,) = (await get_statistics(connection, NOON)).days
        assert day.shares.total == 12
        assert len((await connection.execute(daily_figures.select())).all()) == 2


async def test_what_people_pressed_is_counted_where_ten_did(store: Store) -> None:
    made = await message(store, seconds=[])
    ids = await people(store, "", 15, first=600)
    subject = "broadcast:None"
    rows = [
        {
            "subscriber_id": one,
            "subject": subject,
            "mark": "done" if number < 11 else "refused",
            "made_at": NOON,
            "replied": number < 10,
        }
        for number, one in enumerate(ids)
    ]
    async with store.write() as connection:
        await connection.execute(marks.insert(), rows)
        effect = await find_effect(connection, made)
        statistics = await get_statistics(connection, NOON)
        assert [one.id for one in await list_page(connection, 0, 8)] == [made]
    assert effect is not None
    assert effect.marks == {"done": 11, "refused": None}
    assert effect.replied == 10
    assert (statistics.done, statistics.replied) == (11, 10)


async def test_who_only_chooses_anew_neither_joins_nor_leaves(store: Store) -> None:
    made = await message(store, seconds=[])
    ids = await people(store, "", 12, first=600)
    later = NOON + timedelta(hours=3)
    async with store.write() as connection:
        await connection.execute(update(subscriptions).values(consented_at=NOON - timedelta(days=9), ended_at=later))
        anew = {"wants": Wants.ALERTS.value, "follows": "werrington", "consent_version": "1", "consented_at": later}
        await connection.execute(subscriptions.insert(), [{**anew, "subscriber_id": one} for one in ids])
        effect = await find_effect(connection, made)
        assert effect is not None
        assert (effect.joined, effect.left) == (None, None)
        await connection.execute(update(subscriptions).values(ended_at=later + timedelta(hours=1)))
        effect = await find_effect(connection, made)
        assert effect is not None
        assert (effect.joined, effect.left) == (None, 12)


async def test_the_whole_does_not_tell_of_an_ask_that_few_followed(store: Store) -> None:
    ids = await people(store, "", 19, first=600)
    async with store.write() as connection:
        rows = [{"subscriber_id": one, "mark": "done", "made_at": NOON, "subject": "story:1"} for one in ids[:12]]
        rows += [{"subscriber_id": one, "mark": "done", "made_at": NOON, "subject": "story:2"} for one in ids[12:16]]
        await connection.execute(marks.insert(), rows)
        assert await count_doers(connection) == 12
        more = [{"subscriber_id": one, "mark": "done", "made_at": NOON, "subject": "story:3"} for one in ids[10:]]
        await connection.execute(marks.insert(), more)
        assert await count_doers(connection) == 19


async def test_the_last_day_is_told_as_it_stands_now(store: Store) -> None:
    flow = Figures(store=store, now=lambda: NOON, zone=LONDON)
    await people(store, "", 11, first=600)
    await flow.tick()
    await people(store, "", 1, first=700)
    async with store.read() as connection:
        told = await get_statistics(connection, NOON)
    assert told.days[-1].shares.total == told.sources.total == 12
