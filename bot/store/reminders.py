"""Reminders: messages that a few people are owed because they asked for them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind
from bot.store.messages import URGENCY
from bot.store.schema import deliveries, subscribers, subscriptions


async def owe_reminder(
    connection: AsyncConnection, message_id: int, subscriber_ids: Sequence[int], now: datetime
) -> None:
    """Owe a message to these people. Something that they follow is named as its cause, so that /stop ends it, too."""
    live = (
        select(func.max(subscriptions.c.id))
        .where(subscriptions.c.subscriber_id == subscribers.c.id, subscriptions.c.ended_at.is_(None))
        .scalar_subquery()
    )
    owed = select(
        literal(message_id),
        subscribers.c.id,
        live,
        literal(DeliveryState.PENDING.value),
        literal(URGENCY[MessageKind.REMINDER]),
        literal(now, deliveries.c.due_at.type),
    ).where(subscribers.c.id.in_(list(subscriber_ids)))
    columns = ["message_id", "subscriber_id", "subscription_id", "state", "urgency", "due_at"]
    await connection.execute(insert(deliveries).from_select(columns, owed))
