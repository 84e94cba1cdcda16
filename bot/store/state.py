"""How the bot itself stands: what holds its sending, what waits how long, who is at work, how large the database is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.deliveries import is_claimed
from bot.store.identity import Freeze, find_freeze, share_left
from bot.store.schema import deliveries, identity
from bot.store.vitals import Vitals, get_vitals


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """`share` is what is left of the configured rate; `due_at` is when the longest waiting delivery was or is due.

    `workers` counts the processes that have deliveries in their hands now; `size` is the database's, in bytes.
    """

    vitals: Vitals
    freeze: Freeze | None
    held_as_gone: bool
    paused_until: datetime | None
    share: float
    due_at: datetime | None
    workers: int
    size: int


async def get_state(connection: AsyncConnection, now: datetime) -> State:
    """All of it; each by a question that is cheap however long the tables."""
    vitals = await get_vitals(connection, now)
    row = (await connection.execute(select(identity))).one_or_none()
    held = select(func.count(deliveries.c.claimed_by.distinct())).where(is_claimed)
    return State(
        vitals=vitals,
        freeze=await find_freeze(connection),
        held_as_gone=row is not None and row.gone_card_id is not None,
        paused_until=vitals.paused_until if vitals.paused_until and vitals.paused_until > now else None,
        share=share_left(row.slowed_to, row.slowed_at, now) if row else 1.0,
        due_at=min(vitals.due_at.values(), default=None),
        workers=int((await connection.execute(held)).scalar_one()),
        size=await find_size(connection),
    )


async def find_size(connection: AsyncConnection) -> int:
    """How many bytes the database takes, without its log."""
    if connection.dialect.name == "postgresql":
        asked = text("SELECT pg_database_size(current_database())")
    else:
        asked = text("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
    return int((await connection.execute(asked)).scalar_one())
