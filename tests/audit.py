"""The audit as a test reads it; the bot itself only ever adds to it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import audit


@dataclass(frozen=True, slots=True)
class Deed:
    """A row: who did what to what and when, and the hash of the words it was about."""

    at: datetime
    user_id: int
    verb: str
    subject: str
    digest: str | None


async def list_deeds(connection: AsyncConnection) -> list[Deed]:
    """The whole audit, the oldest first."""
    rows = await connection.execute(select(audit).order_by(audit.c.id))
    return [Deed(row.at, row.user_id, row.verb, row.subject, row.digest) for row in rows]
