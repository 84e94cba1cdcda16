"""What became of a message's deliveries, counted: by state, reason and hour, never by person."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import Outcome
from bot.store.schema import deliveries, message_totals


async def list_outcomes(connection: AsyncConnection, message_id: int) -> Sequence[Outcome]:
    """How many ended how, in which hour; of rows that were erased by now only how many in which state."""
    hour: ColumnElement[Any] = hour_of(connection)
    columns = (deliveries.c.state, func.coalesce(deliveries.c.reason, "").label("reason"), hour.label("hour"))
    grouped = select(*columns, func.count()).where(deliveries.c.message_id == message_id)
    rows = await connection.execute(grouped.group_by("state", "reason", "hour").order_by("state", "reason", "hour"))
    there = [Outcome(state, reason, hour or "", number) for state, reason, hour, number in rows]
    erased = select(message_totals.c.state, message_totals.c.number).where(message_totals.c.message_id == message_id)
    return [*there, *(Outcome(state, "", "", number) for state, number in await connection.execute(erased))]


def hour_of(connection: AsyncConnection) -> ColumnElement[Any]:
    """The hour of a settlement in UTC, on either database."""
    if connection.dialect.name == "sqlite":
        return func.strftime("%Y-%m-%d %H:00", deliveries.c.settled_at)
    return func.to_char(func.timezone("UTC", deliveries.c.settled_at), "YYYY-MM-DD HH24:00")
