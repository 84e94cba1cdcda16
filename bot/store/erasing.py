"""Erasing what must not be kept, a part at a time; messages' totals stay (DESIGN.md rule 10)."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.deliveries import keep_totals
from bot.store.schema import deliveries, subscribers
from bot.store.subscribers import is_live

# What is erased at once, so that the write lock is held briefly; upkeep comes back every minute.
PEOPLE_AT_ONCE = 100
DELIVERIES_AT_ONCE = 1000


async def erase_departed(connection: AsyncConnection, *, left_before: datetime) -> int:
    """Delete some of those who left before then, with all that hangs on them; returns how many, 0 when all are gone."""
    left = select(subscribers.c.id).where(subscribers.c.left_at < left_before, ~is_live()).limit(PEOPLE_AT_ONCE)
    gone = list((await connection.execute(left)).scalars())
    await keep_totals(connection, deliveries.c.subscriber_id.in_(gone))
    return (await connection.execute(delete(subscribers).where(subscribers.c.id.in_(gone)))).rowcount


async def erase_old_deliveries(connection: AsyncConnection, *, settled_before: datetime) -> int:
    """Delete some of the deliveries that came to their end before then; returns how many, 0 when all are gone.

    They stay counted in their messages' totals.
    """
    settled = select(deliveries.c.id).where(deliveries.c.settled_at < settled_before).limit(DELIVERIES_AT_ONCE)
    old = list((await connection.execute(settled)).scalars())
    await keep_totals(connection, deliveries.c.id.in_(old))
    return (await connection.execute(delete(deliveries).where(deliveries.c.id.in_(old)))).rowcount
