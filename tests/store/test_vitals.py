from datetime import datetime, timedelta

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import MessageKind
from bot.model.message import Message
from bot.model.story import StoryState, Traces
from bot.model.subscriber import Wants
from bot.store import Store
from bot.store.entries import add_entry
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.figures import count_verdicts, get_figures
from bot.store.identity import claim_identity
from bot.store.messages import add_message, enqueue
from bot.store.schema import deliveries, feeds
from bot.store.stories import add_alert, add_story, set_lead
from bot.store.vitals import (
    Detection,
    Vitals,
    find_detection,
    find_last_delivery,
    find_last_poll,
    get_vitals,
    list_arrivals,
)
from tests.builders import NOON, a_feed_spec, a_verdict, add_reader, an_entry

HOUR = timedelta(hours=1)
LATELY = NOON - timedelta(seconds=30)


async def test_an_empty_house_has_no_signs_and_nothing_overdue(store: Store) -> None:
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        vitals = await get_vitals(connection, NOON)
        assert (vitals.polled_at, vitals.settled_at, vitals.alert_at, vitals.due_at) == (None, None, None, {})
        assert (vitals.sent_lately, vitals.claimed_at, vitals.paused_until) == (0, None, None)
        assert await find_last_poll(connection) is None
        assert await find_last_delivery(connection) is None
        assert await count_verdicts(connection) == {}
        assert await find_detection(connection, 1) is None


async def fill(connection: AsyncConnection) -> int:
    """Two feeds, a story seen two hours ago, and its alert in five states; returns the alert's message."""
    await claim_identity(connection, bot_id=1, username="bot")
    await sync_feeds(connection, [a_feed_spec(), a_feed_spec(url="https://other.example/")])
    feed, other = await list_feeds(connection)
    for one, hours in ((feed, 1), (other, 2)):
        moved = update(feeds).where(feeds.c.id == one.id)
        await connection.execute(moved.values(last_success_at=NOON - hours * HOUR, next_poll_at=NOON + hours * HOUR))
    story = await add_story(connection, feed.id, state=StoryState.TO_READ, now=NOON - HOUR)
    kept = {"verdict": a_verdict(), "traces": Traces(published=None), "story_id": story, "history": False}
    row = await add_entry(connection, feed.id, an_entry(), now=NOON - 2 * HOUR, **kept)  # type: ignore[arg-type]
    await set_lead(connection, story, row)
    for chat in range(1, 6):
        await add_reader(connection, chat)
    text = {"en": Message("words")}
    alert = await add_message(connection, MessageKind.ALERT, text, now=NOON, expires_at=NOON + HOUR)
    await enqueue(connection, alert, MessageKind.ALERT, wants=Wants.ALERTS, follows=["everything"], now=NOON)
    await add_alert(connection, story, alert, now=NOON, by=None)
    for number, at in enumerate((NOON - 2 * HOUR, LATELY, LATELY), 1):
        sent = update(deliveries).where(deliveries.c.id == number)
        await connection.execute(sent.values(state="sent", settled_at=at))
    claimed = update(deliveries).where(deliveries.c.id == 4)
    await connection.execute(claimed.values(state="claimed", claimed_at=LATELY))
    return alert


async def test_each_sign_is_the_oldest_or_the_newest_of_its_kind(store: Store) -> None:
    async with store.write() as connection:
        await fill(connection)
        vitals = await get_vitals(connection, NOON)
        assert vitals == Vitals(
            polled_at=NOON - HOUR,
            poll_due_at=NOON + HOUR,
            story_waits_since=NOON - HOUR,
            alert_at=NOON,
            due_at={MessageKind.ALERT: NOON},
            claimed_at=LATELY,
            settled_at=LATELY,
            sent_lately=2,
            paused_until=None,
        )
        assert await find_last_delivery(connection) == LATELY
        figures = await get_figures(connection)
        assert (figures.deliveries_pending, figures.deliveries_claimed, figures.deliveries_open) == (1, 1, 2)
        assert (figures.feeds, figures.feeds_failing) == (2, 0)
        assert await count_verdicts(connection) == {"alert": 1}


async def test_arrivals_come_in_order_each_once_and_lead_to_what_was_first_seen(store: Store) -> None:
    async with store.write() as connection:
        alert = await fill(connection)

        async def arrivals(after: tuple[datetime, int], until: datetime = NOON, limit: int = 9) -> list[int]:
            return [one.delivery_id for one in await list_arrivals(connection, after, until, limit)]

        assert await arrivals((NOON - 3 * HOUR, 0)) == [1, 2, 3]
        assert await arrivals((NOON - 3 * HOUR, 0), limit=2) == [1, 2]
        assert await arrivals((LATELY, 2)) == [3]
        assert await arrivals((NOON - 3 * HOUR, 0), until=NOON - HOUR) == [1]
        detection = Detection(seen_at=NOON - 2 * HOUR, by_person=False, arrived_at=NOON - 2 * HOUR)
        assert await find_detection(connection, alert) == detection


async def test_what_organisers_switched_off_is_not_overdue(sqlite_store: Store) -> None:
    async with sqlite_store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        spec = a_feed_spec()
        off = {
            "name": spec.name,
            "url": spec.url,
            "kind": "news",
            "every_seconds": 60.0,
            "listed": True,
            "enabled": True,
        }
        await connection.execute(insert(feeds).values(**off, switched=False, next_poll_at=NOON - HOUR))
        vitals = await get_vitals(connection, NOON)
        assert vitals.poll_due_at is None
        assert (await get_figures(connection)).feeds == 0
