from datetime import timedelta

from sqlalchemy import update

from bot.model.delivery import DeliveryState, MessageKind, Settled
from bot.model.message import Message
from bot.model.story import StoryState, Traces
from bot.model.subscriber import ChatKey, Wants
from bot.store import Store
from bot.store.audience import count_audience
from bot.store.claims import claim_deliveries
from bot.store.deliveries import settle
from bot.store.entries import add_entry
from bot.store.explaining import Sent, find_sent, find_told_story, list_outlets
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.messages import add_message, enqueue
from bot.store.schema import subscriptions
from bot.store.stories import add_alert, add_story, set_lead
from tests.builders import NOON, a_feed_spec, a_verdict, add_reader, an_entry

LATER = NOON + timedelta(days=1)
FOLLOWS = ("institution:werrington", "everything")


async def test_what_a_chat_was_sent_is_found_with_its_cause_and_counted_before(store: Store) -> None:
    other = a_feed_spec(name="News", url="https://news.example/rss")
    async with store.write() as connection:
        await sync_feeds(connection, [a_feed_spec(), other])
        first, second = await list_feeds(connection)
        story = await add_story(connection, first.id, state=StoryState.PUBLISHED, now=NOON)
        kept = {"verdict": a_verdict(), "traces": Traces(published=None), "story_id": story}
        row = await add_entry(connection, first.id, an_entry(), **kept, history=False, now=NOON)  # type: ignore[arg-type]
        await add_entry(connection, second.id, an_entry(id="2"), **kept, history=False, now=NOON)  # type: ignore[arg-type]
        await set_lead(connection, story, row)
        await add_reader(connection, 1, follows=FOLLOWS[0])
        await add_reader(connection, 2)
        assert await count_audience(connection, Wants.ALERTS, FOLLOWS) == {FOLLOWS[0]: 1, FOLLOWS[1]: 1}
        message = await add_message(connection, MessageKind.ALERT, {"en": Message("x")}, now=NOON, expires_at=LATER)
        await add_alert(connection, story, message, now=NOON, by=7)
        await enqueue(connection, message, MessageKind.ALERT, wants=Wants.ALERTS, follows=FOLLOWS, now=NOON)
        assert await find_sent(connection, ChatKey(1), None) is None
        sent = [
            Settled(delivery_id=one.id, tries=1, state=DeliveryState.SENT, telegram_message_id=40 + one.key.chat_id)
            for one in await claim_deliveries(connection, worker="w", now=NOON, limit=9)
        ]
        await settle(connection, sent, NOON)
        found = Sent(kind=MessageKind.ALERT, follows=FOLLOWS[0], story_id=story, by_person=True)
        assert await find_sent(connection, ChatKey(1), None) == await find_sent(connection, ChatKey(1), 41) == found
        # Another chat's message, another topic's newest.
        assert await find_sent(connection, ChatKey(1), 42) is None
        assert await find_sent(connection, ChatKey(1, 5), None) is None
        await connection.execute(update(subscriptions).values(ended_at=NOON))
        assert await count_audience(connection, Wants.ALERTS, FOLLOWS) == {}
        told = await find_told_story(connection, story)
        assert told is not None
        assert [outlet.name for outlet in await list_outlets(connection, story)] == [
            {second.spec.name, first.spec.name}.difference({told[0].source}).pop()
        ]
        assert await find_told_story(connection, 99) is None
        assert await list_outlets(connection, 99) == []
