"""What a chat was sent, and everything that is known of it; found by what Telegram calls it there."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind
from bot.model.story import Outlet, Told, Verdict
from bot.model.subscriber import ChatKey
from bot.store.answers import fetch_told, told_stories
from bot.store.entries import list_entries_of
from bot.store.schema import alerts, deliveries, messages, stories, subscribers, subscriptions
from bot.store.stories import find_story


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message that reached a chat, because of what it follows ("" where that is not known any more).

    `story_id` is the story that an alert was about when it was sent; None for anything else.
    """

    kind: MessageKind
    follows: str
    story_id: int | None
    by_person: bool


async def find_sent(connection: AsyncConnection, key: ChatKey, telegram_message_id: int | None) -> Sent | None:
    """The message of this chat that Telegram calls so, or its newest alert; None where there is none (any more)."""
    query = (
        select(messages.c.kind, subscriptions.c.follows, alerts.c.story_id, alerts.c.published_by)
        .select_from(deliveries)
        .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
        .join(messages, messages.c.id == deliveries.c.message_id)
        .outerjoin(alerts, alerts.c.message_id == messages.c.id)
        .outerjoin(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
        .where(subscribers.c.chat_id == key.chat_id, deliveries.c.state == DeliveryState.SENT.value)
        .order_by(deliveries.c.settled_at.desc(), deliveries.c.id.desc())
        .limit(1)
    )
    if telegram_message_id is None:
        query = query.where(subscribers.c.thread_id == (key.thread_id or 0), alerts.c.id.is_not(None))
    else:
        query = query.where(deliveries.c.telegram_message_id == telegram_message_id)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    by_person = row.published_by is not None
    return Sent(kind=MessageKind(row.kind), follows=row.follows or "", story_id=row.story_id, by_person=by_person)


async def find_told_story(connection: AsyncConnection, story_id: int) -> tuple[Told, Verdict] | None:
    """A story as anyone may be told it, and its lead's verdict; None where it may not be told."""
    told = await fetch_told(connection, told_stories().where(stories.c.id == story_id))
    story = await find_story(connection, story_id)
    return (told[0], story.verdict) if told and story else None


async def list_outlets(connection: AsyncConnection, story_id: int) -> Sequence[Outlet]:
    """Who else tells a story beside the source that leads it, each once, the first seen first."""
    story = await find_story(connection, story_id)
    kept = await list_entries_of(connection, story_id)
    lead = next((one.entry.source for one in kept if story and one.row_id == story.lead_row_id), None)
    others = {one.entry.source: one.entry.url for one in reversed(kept) if one.entry.source != lead and one.entry.url}
    return [Outlet(name=name, url=url) for name, url in reversed(others.items())]
