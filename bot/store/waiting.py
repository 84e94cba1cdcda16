"""How much waits to be sent: for whoever cuts it into jobs."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.deliveries import is_pending
from bot.store.identity import get_pace
from bot.store.schema import deliveries


async def count_due(connection: AsyncConnection, now: datetime, most: int) -> int:
    """How many deliveries may be sent now, counted up to `most`; none while all sending is held."""
    if (await get_pace(connection, now)).held:
        return 0
    due = select(deliveries.c.id).where(is_pending, deliveries.c.due_at <= now).limit(most)
    return int((await connection.execute(select(func.count()).select_from(due.subquery()))).scalar_one())
