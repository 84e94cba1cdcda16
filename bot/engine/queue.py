"""Procrastinate's side of PostgreSQL: a connector that gives up waiting, and its tables in a schema of their own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.schema import SchemaManager, migrations_path

from bot.errors import StoreError

QUERY_SECONDS = 10.0
PREPARE_SECONDS = 60.0
SCHEMA = "alerts_queue"
# Only one process brings the tables up to date at a time; the number is ours among the server's advisory locks.
TURN = 7_305_061_844
SETTINGS: dict[str, Any] = {
    "connect_timeout": 10,
    "options": (
        f"-c search_path={SCHEMA} -c statement_timeout=10000 -c timezone=UTC "
        "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
    ),
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}


class TimedConnector(PsycopgConnector):
    """Raises ConnectorException where the server has not answered in time: statement_timeout is the server's own."""

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        """Run it."""
        async with in_time():
            await super().execute_query_async(query, **arguments)

    async def execute_query_one_async(self, query: LiteralString, **arguments: Any) -> dict[str, Any]:
        """Run it, for one row."""
        async with in_time():
            row: dict[str, Any] = await super().execute_query_one_async(query, **arguments)
            return row

    async def execute_query_all_async(self, query: LiteralString, **arguments: Any) -> list[dict[str, Any]]:
        """Run it, for all rows."""
        async with in_time():
            rows: list[dict[str, Any]] = await super().execute_query_all_async(query, **arguments)
            return rows


@asynccontextmanager
async def in_time() -> AsyncIterator[None]:
    """The block, if the server answers in time."""
    try:
        async with asyncio.timeout(QUERY_SECONDS):
            yield
    except TimeoutError as error:
        raise ConnectorException(f"no answer within {QUERY_SECONDS:.0f} s") from error


def connector(conninfo: str) -> TimedConnector:
    """Few connections: one worker fetches, beats and listens."""
    return TimedConnector(conninfo=conninfo, kwargs=SETTINGS, min_size=1, max_size=2, timeout=QUERY_SECONDS)


async def prepare(conninfo: str) -> None:
    """Bring Procrastinate's tables to the installed version; raises StoreError where the server does not let us.

    The schema's comment names the last of the library's migrations that it has. Nothing there is ours to keep.
    """
    try:
        async with (
            asyncio.timeout(PREPARE_SECONDS),
            await psycopg.AsyncConnection.connect(conninfo, autocommit=True, **SETTINGS) as connection,
        ):
            await connection.execute("SELECT pg_advisory_lock(%s)", [TURN])
            await upgrade(connection)
    except (psycopg.Error, TimeoutError) as error:
        raise StoreError(f"The queue's tables cannot be made: {str(error).partition(chr(10))[0]}") from error


async def upgrade(connection: psycopg.AsyncConnection[Any]) -> None:
    """Run what is missing, each step with its mark."""
    steps = queue_steps()
    found = await connection.execute(
        "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [SCHEMA]
    )
    row = await found.fetchone()
    if row is None:
        await step(connection, f"CREATE SCHEMA {SCHEMA};\n{SchemaManager.get_schema()}", steps[-1])
        return
    for name in steps:
        if name > (row[0] or ""):
            await step(connection, (migrations_path / name).read_text(encoding="utf-8"), name)


def queue_steps() -> list[str]:
    """The names of the library's migrations, in order."""
    return sorted(path.name for path in migrations_path.glob("*.sql"))


async def step(connection: psycopg.AsyncConnection[Any], statements: str, name: str) -> None:
    """One step and its mark; statements sent together are one transaction."""
    await connection.execute(f"{statements};\nCOMMENT ON SCHEMA {SCHEMA} IS '{name}'".encode())
