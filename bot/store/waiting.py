"""How much waits to be sent: for whoever cuts it into jobs."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState
from bot.store.identity import find_paused_until
from bot.store.schema import deliveries


async def count_due(connection: AsyncConnection, now: datetime, most: int) -> int:
    """How many deliveries may be sent now, counted up to `most`; none while all sending is held."""
    until = await find_paused_until(connection)
    if until is not None and until > now:
        return 0
    due = (
        select(deliveries.c.id)
        .where(deliveries.c.state == DeliveryState.PENDING.value, deliveries.c.due_at <= now)
        .limit(most)
    )
    return int((await connection.execute(select(func.count()).select_from(due.subquery()))).scalar_one())
