"""One thing that a chat follows no more."""

from datetime import datetime

from sqlalchemy import and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState
from bot.model.subscriber import EVERYTHING, EndedReason, Wants
from bot.store.deliveries import is_pending
from bot.store.schema import deliveries, digest_items, subscriptions
from bot.store.subscribers import mark_left


async def end_subscription(connection: AsyncConnection, subscriber_id: int, follows: str, *, now: datetime) -> bool:
    """End alerts about this; False where it was not followed.

    What is owed because of it is not sent, unless everything is followed: then it is owed because of that.
    """
    theirs = and_(
        subscriptions.c.subscriber_id == subscriber_id,
        subscriptions.c.wants == Wants.ALERTS.value,
        subscriptions.c.ended_at.is_(None),
    )
    found = select(subscriptions.c.id).where(theirs, subscriptions.c.follows == follows)
    ending = (await connection.execute(found)).scalar_one_or_none()
    if ending is None:
        return False
    other = select(subscriptions.c.id).where(
        theirs, subscriptions.c.follows == EVERYTHING, subscriptions.c.id != ending
    )
    await release(connection, ending, (await connection.execute(other)).scalar_one_or_none(), now)
    stopped = {"ended_at": now, "ended_reason": EndedReason.STOPPED.value}
    await connection.execute(update(subscriptions).where(subscriptions.c.id == ending).values(stopped))
    await mark_left(connection, subscriber_id, now)
    return True


async def release(connection: AsyncConnection, ending: int, other: int | None, now: datetime) -> None:
    """Let what one subscription causes be caused by another, or by none."""
    owed, waiting = deliveries.c.subscription_id == ending, digest_items.c.subscription_id == ending
    if other is not None:
        await connection.execute(update(deliveries).where(is_pending, owed).values(subscription_id=other))
        await connection.execute(update(digest_items).where(waiting).values(subscription_id=other, due_at=None))
        return
    skipped = {"state": DeliveryState.SKIPPED.value, "reason": EndedReason.STOPPED.value, "settled_at": now}
    await connection.execute(update(deliveries).where(is_pending, owed).values(skipped))
    await connection.execute(delete(digest_items).where(waiting))
