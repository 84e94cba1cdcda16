"""What several processes on one PostgreSQL do one after the other, and what may take them longer than a question."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

# The first of our advisory locks' numbers; any will do as long as no other program on the server uses it.
ADVISORY_KEY = 7_305_061_840


async def take_turn(connection: AsyncConnection) -> None:
    """Wait until no other process is at it; the turn ends with the transaction. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_KEY + 1})


async def take_time(connection: AsyncConnection) -> None:
    """Let the rest of a transaction last: a statement about a million rows takes longer than PostgreSQL gives any."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SET LOCAL statement_timeout = 0"))
