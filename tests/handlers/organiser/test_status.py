from datetime import timedelta

from bot.model.delivery import MessageKind
from bot.model.message import Message
from bot.model.subscriber import Wants
from bot.store.feeds import list_feeds, mark_poll_failed, sync_feeds
from bot.store.messages import add_message, enqueue
from bot.store.stories import add_alert
from tests.builders import NOON, a_feed_spec, add_reader
from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TOMOS, Organising


async def with_feeds(organising: Organising, count: int, *, failing: int = 0) -> None:
    specs = [a_feed_spec(name=f"Feed {n:02}", url=f"https://f{n}.example/") for n in range(count)]
    async with organising.services.store.write() as connection:
        await sync_feeds(connection, specs)
        for feed in (await list_feeds(connection))[:failing]:
            await mark_poll_failed(
                connection, feed.id, reason="it answered <404>", polled_at=NOON, next_poll_at=NOON + timedelta(hours=1)
            )


async def test_an_empty_house_says_so(organising: Organising) -> None:
    (told,) = await organising.say("/status", by=OLWEN)
    assert "0 to alerts, 0 to calls to action" in told
    assert "No alert has been sent yet." in told
    assert "Nothing waits for a decision." in told
    assert "Deliveries still owed: 0." in told
    assert "Last good poll of a feed: never. Last delivery: never." in told


async def test_status_tells_the_last_alert_and_whom_it_reached(organising: Organising) -> None:
    async with organising.services.store.write() as connection:
        for chat in (ANNA, 502):
            await add_reader(connection, chat)
    organising.telegram.say(ANNA, ANNA, "hello")
    await organising.answer()
    await organising.wait("HMYOI Werrington: a report")
    await organising.beat()
    await organising.press("Publish", by=OLWEN)
    (told,) = await organising.say("/status", by=OLWEN)
    assert "“HMYOI Werrington: a report”, 25 November 2026, 12:00: it reached 0 of 2, 2 still on their way" in told
    assert "Deliveries still owed: 2." in told
    assert "has reached nobody" not in told
    organising.later(seconds=16 * 60)
    (told,) = await organising.say("/status", by=OLWEN)
    assert "An alert has reached nobody for a quarter of an hour: “HMYOI Werrington: a report”." in told
    await organising.deliver()
    (told,) = await organising.say("/status", by=OLWEN)
    assert "it reached 1 of 2." in told
    assert "Last delivery: 25 November 2026, 12:1" in told
    assert "has reached nobody" not in told


async def test_status_counts_what_waits_and_names_feeds_that_fail(organising: Organising) -> None:
    await organising.wait("One")
    await with_feeds(organising, 9, failing=7)
    (told,) = await organising.say("/status", by=OLWEN)
    assert "One card waits for a decision: /review" in told
    assert "7 of 9 fail" in told
    assert "Feed 04 (since 25 November 2026, 12:00), 2 more" in told


async def test_status_shows_a_call_to_action_under_way(organising: Organising) -> None:
    await organising.add_caller()
    await organising.say("/broadcast Write to your MP.", by=OLWEN)
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()
    (told,) = await organising.say("/status", by=TOMOS)
    assert "Call to action 1: waits for a second person." in told
    await organising.press("Approve", by=TOMOS)
    (told,) = await organising.say("/status", by=TOMOS)
    assert "approved, sending begins at 25 November 2026, 12:01" in told


async def test_a_call_that_is_being_sent_tells_how_far_it_is(organising: Organising) -> None:
    await organising.add_caller()
    await organising.say("/broadcast Write to your MP.", by=OLWEN)
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()
    await organising.press("Approve", by=TOMOS)
    organising.later(seconds=61)
    await organising.services.desk.dispatch.tick()
    (told,) = await organising.say("/status", by=TOMOS)
    assert "being sent, 0 of 1 done" in told


async def test_the_newest_alert_is_the_last(organising: Organising) -> None:
    for number, title in enumerate(("Older", "Newer")):
        story = await organising.wait(title)
        async with organising.services.store.write() as connection:
            text, later = {"en": Message(title)}, NOON + timedelta(hours=number)
            message = await add_message(connection, MessageKind.ALERT, text, now=later, expires_at=later)
            await enqueue(connection, message, MessageKind.ALERT, wants=Wants.ALERTS, follows=["everything"], now=NOON)
            await add_alert(connection, story, message, now=later, by=None)
    (told,) = await organising.say("/status", by=OLWEN)
    assert "Last alert: “Newer”, 25 November 2026, 13:00: it reached 0 of 0." in told
