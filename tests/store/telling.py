"""Alerts as the publishing flow leaves them, for tests of who gets them and how."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.judging import follows_of
from bot.model.delivery import DeliveryState, MessageKind, Settled
from bot.model.message import Message
from bot.model.story import StoryState, Traces
from bot.model.subscriber import Wants
from bot.store.claims import claim_deliveries
from bot.store.deliveries import settle
from bot.store.entries import add_entry
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.messages import add_message, enqueue
from bot.store.stories import add_alert, add_story, set_lead
from tests.builders import a_feed_spec, a_verdict, an_entry


async def publish(
    connection: AsyncConnection,
    title: str,
    at: datetime,
    *,
    places: tuple[str, ...] = ("werrington",),
    state: StoryState = StoryState.PUBLISHED,
    urgent: bool = False,
) -> int:
    """A story with its alert, owed to whoever follows it; returns the alert's message id."""
    story_id = await add_told_story(connection, title, at, places=places, state=state)
    texts = {"en": Message(title)}
    message_id = await add_message(connection, MessageKind.ALERT, texts, now=at, expires_at=at.replace(year=2030))
    await add_alert(connection, story_id, message_id, now=at, by=None)
    follows = follows_of(a_verdict(institutions=places))
    await enqueue(connection, message_id, MessageKind.ALERT, wants=Wants.ALERTS, follows=follows, now=at, urgent=urgent)
    return message_id


async def add_told_story(
    connection: AsyncConnection,
    title: str,
    at: datetime,
    *,
    places: tuple[str, ...] = ("werrington",),
    state: StoryState = StoryState.PUBLISHED,
) -> int:
    """A story without an alert; returns its id."""
    await sync_feeds(connection, [a_feed_spec()])
    (feed,) = await list_feeds(connection)
    story_id = await add_story(connection, feed.id, state=state, now=at)
    row = await add_entry(
        connection,
        feed.id,
        an_entry(id=title, title=title, published_at=at, url=f"https://inspectorate.example/{len(title)}"),
        verdict=a_verdict(institutions=places),
        traces=Traces(published=None),
        story_id=story_id,
        history=False,
        now=at,
    )
    await set_lead(connection, story_id, row)
    return story_id


async def call(connection: AsyncConnection, at: datetime, *, until: datetime) -> int:
    """A call to action, owed to whoever wants them; returns its message id."""
    message_id = await add_message(connection, MessageKind.CALL, {"en": Message("Act")}, now=at, expires_at=until)
    await enqueue(connection, message_id, MessageKind.CALL, wants=Wants.CALLS, follows=["everything"], now=at)
    return message_id


async def send_due(connection: AsyncConnection, at: datetime, limit: int = 100) -> list[tuple[int, int]]:
    """Claim what is due and let it arrive: (chat, message) of each."""
    claimed = await claim_deliveries(connection, worker="w", now=at, limit=limit)
    sent = [Settled(delivery_id=one.id, tries=one.tries, state=DeliveryState.SENT) for one in claimed]
    await settle(connection, sent, at)
    return [(one.key.chat_id, one.message_id) for one in claimed]
