"""The audit: who did what and when, and the hash of the words it was about. It is only ever added to.

Rows are written by `bot.store.broadcasts.add_deed`, in the transaction of what they tell of; the database refuses to
change or erase one (revision 0012).
"""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.deed import Deed
from bot.store.schema import audit

ROWS_AT_ONCE = 1000


async def list_deeds(connection: AsyncConnection, limit: int, *, before: int | None = None) -> Sequence[Deed]:
    """The newest first; `before` begins with what is older than the row of this id."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    older = query.where(audit.c.id < before) if before is not None else query
    return [as_deed(row) for row in await connection.execute(older)]


async def stream_deeds(connection: AsyncConnection) -> AsyncIterator[Deed]:
    """All of it, the oldest first, a part of it in memory at a time."""
    async with connection.stream(select(audit).order_by(audit.c.id)) as result:
        async for rows in result.partitions(ROWS_AT_ONCE):
            for row in rows:
                yield as_deed(row)


def as_deed(row: Row[Any]) -> Deed:
    """A row as its noun."""
    return Deed(row.id, row.at, row.user_id, row.verb, row.subject, row.digest)
