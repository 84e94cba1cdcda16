"""A group became a supergroup: what it follows, chose, pressed, is owed and waits for goes to its new chat id."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState
from bot.model.subscriber import ChatKey, Choices, EndedReason, Subscriber
from bot.store.choices import set_frequency
from bot.store.deliveries import OPEN
from bot.store.schema import deliveries, digest_items, marks, subscribers, subscriptions
from bot.store.subscribers import add_subscription, end_subscriptions, find_subscriber, list_subscribers_of


async def move_chat(connection: AsyncConnection, old_id: int, new_id: int, *, now: datetime) -> int:
    """A group became a supergroup: its subscribers get the new chat id, or are merged into one that has it already.

    Returns how many moved. Doing it again changes nothing.
    """
    moving = await list_subscribers_of(connection, old_id)
    for subscriber in moving:
        there = await find_subscriber(connection, ChatKey(new_id, subscriber.key.thread_id))
        if there is None:
            await connection.execute(
                update(subscribers).where(subscribers.c.id == subscriber.id).values(chat_id=new_id),
            )
        else:
            await merge(connection, subscriber, there, now)
    return len(moving)


async def merge(connection: AsyncConnection, old: Subscriber, new: Subscriber, now: datetime) -> None:
    """Give what is live and what is owed to `new`; what both were owed is owed once."""
    for live in old.subscriptions:
        if live.ended_at is None and await add_subscription(
            connection, new.id, live.wants, live.follows, consent_version=live.consent_version, now=live.consented_at
        ):
            await set_frequency(connection, new.id, live.follows, live.frequency)
    await move_items(connection, old.id, new.id)
    await move_marks(connection, old.id, new.id)
    if new.choices == Choices():
        chosen = {**asdict(old.choices), "language": old.language if old.choices.language_chosen else new.language}
        await connection.execute(update(subscribers).where(subscribers.c.id == new.id).values(chosen))
    both = deliveries.alias()
    twice = exists().where(both.c.subscriber_id == new.id, both.c.message_id == deliveries.c.message_id)
    owed = and_(deliveries.c.subscriber_id == old.id, deliveries.c.state.in_(OPEN))
    await connection.execute(
        update(deliveries)
        .where(owed, twice)
        .values(state=DeliveryState.GONE.value, reason=EndedReason.MERGED.value, settled_at=now),
    )
    cause = same_cause(old.id, new.id)
    await connection.execute(update(deliveries).where(owed).values(subscriber_id=new.id, subscription_id=cause))
    await end_subscriptions(connection, old.id, reason=EndedReason.MERGED, now=now)


async def move_items(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Give what waits for a digest of one to another, unless that was told or waits there already."""
    both, told = digest_items.alias(), deliveries.alias()
    message_id = digest_items.c.message_id
    twice = or_(
        exists().where(both.c.subscriber_id == new_id, both.c.message_id == message_id),
        exists().where(told.c.subscriber_id == new_id, told.c.message_id == message_id),
    )
    moving = update(digest_items).where(digest_items.c.subscriber_id == old_id, ~twice)
    cause = same_cause(old_id, new_id, digest_items.c.subscription_id)
    await connection.execute(moving.values(subscriber_id=new_id, subscription_id=cause, due_at=None))


async def move_marks(connection: AsyncConnection, old_id: int, new_id: int) -> None:
    """Give what was pressed in one to another, unless something was pressed there about the same."""
    both = marks.alias()
    twice = exists().where(both.c.subscriber_id == new_id, both.c.subject == marks.c.subject)
    moving = update(marks).where(marks.c.subscriber_id == old_id, ~twice)
    await connection.execute(moving.values(subscriber_id=new_id))


def same_cause(old_id: int, new_id: int, of: Any = deliveries.c.subscription_id) -> Any:
    """The subscription of one subscriber to the same as the other's that caused something: ending it ends that."""
    before, after = subscriptions.alias(), subscriptions.alias()
    same = [before.c.wants == after.c.wants, before.c.follows == after.c.follows]
    return (
        select(after.c.id)
        .where(before.c.id == of, before.c.subscriber_id == old_id)
        .where(after.c.subscriber_id == new_id, *same)
        .scalar_subquery()
    )
