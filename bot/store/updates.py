"""Which updates have been answered: ids only, kept 48 h (DESIGN.md rule 1)."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import updates_seen

KEPT_FOR = timedelta(hours=48)


async def was_seen(connection: AsyncConnection, update_id: int) -> bool:
    """Whether this update's callback has ended before."""
    return bool((await connection.execute(select(exists().where(updates_seen.c.update_id == update_id)))).scalar())


async def mark_seen(connection: AsyncConnection, update_id: int, now: datetime) -> None:
    """Remember that it has."""
    if not await was_seen(connection, update_id):
        await connection.execute(insert(updates_seen).values(update_id=update_id, seen_at=now))


async def forget_old_updates(connection: AsyncConnection, now: datetime) -> int:
    """Drop ids older than 48 h; returns how many."""
    return (await connection.execute(delete(updates_seen).where(updates_seen.c.seen_at < now - KEPT_FOR))).rowcount
