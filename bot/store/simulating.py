"""What a simulation asks of a database of its own: people in bulk, and what they and their messages cost."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, Engine, event, exists, insert, inspect, literal, make_url, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.model.delivery import DeliveryState
from bot.model.subscriber import EVERYTHING, Wants
from bot.store import create_engine, explain
from bot.store.schema import deliveries, subscribers, subscriptions

CONSENT = "simulated"
OPEN = (DeliveryState.PENDING.value, DeliveryState.CLAIMED.value)


async def add_crowd(connection: AsyncConnection, chats: Sequence[int], wants: Wants, *, now: datetime) -> None:
    """Subscribe all these chats, new ones, to everything."""
    rows = [{"chat_id": chat, "thread_id": 0, "language": "en", "created_at": now} for chat in chats]
    await connection.execute(insert(subscribers), rows)
    known = exists().where(subscriptions.c.subscriber_id == subscribers.c.id)
    following = [
        literal(wants.value),
        literal(EVERYTHING),
        literal(CONSENT),
        literal(now, subscribers.c.created_at.type),
    ]
    columns = ["subscriber_id", "wants", "follows", "consent_version", "consented_at"]
    fresh = select(subscribers.c.id, *following).where(subscribers.c.chat_id.in_(chats), ~known)
    await connection.execute(insert(subscriptions).from_select(columns, fresh))


async def has_open(connection: AsyncConnection) -> bool:
    """Whether any delivery is not settled yet."""
    return bool((await connection.execute(select(exists().where(deliveries.c.state.in_(OPEN))))).scalar())


async def measure_bytes(connection: AsyncConnection) -> int:
    """How large the database is, what is free in it left out where the database tells."""
    if connection.dialect.name == "postgresql":
        query = "SELECT pg_database_size(current_database())"
    else:
        query = (
            "SELECT (page_count - freelist_count) * page_size "
            "FROM pragma_page_count, pragma_freelist_count, pragma_page_size"
        )
    return int((await connection.execute(text(query))).scalar_one())


class RowsWritten:
    """Counts rows that are written while its block runs, by the database's own count: indexes are not in it."""

    def __init__(self) -> None:
        self._changes: dict[int, int] = {}

    def __enter__(self) -> Self:
        event.listen(Engine, "commit", self._note)
        return self

    def __exit__(self, *error: object) -> None:
        event.remove(Engine, "commit", self._note)

    def _note(self, connection: Connection) -> None:
        driver = connection.connection.driver_connection
        # SQLite counts for each connection; PostgreSQL for the database.
        self._changes[id(driver)] = getattr(driver, "total_changes", 0)

    async def count(self, connection: AsyncConnection) -> int:
        """How many so far. PostgreSQL knows what its ended connections wrote, and of others what was a while ago."""
        if connection.dialect.name == "sqlite":
            return sum(self._changes.values())
        query = (
            "SELECT tup_inserted + tup_updated + tup_deleted FROM pg_stat_database WHERE datname = current_database()"
        )
        return int((await connection.execute(text(query))).scalar_one())


async def check_empty(url: str) -> None:
    """See that a PostgreSQL database is there and has no tables; raises StoreError."""
    parsed = make_url(url)
    engine = create_engine(parsed)
    try:
        async with engine.connect() as connection:
            tables = await connection.run_sync(lambda one: inspect(one).get_table_names())
    except DatabaseError as error:
        raise explain(error, parsed) from error
    finally:
        await engine.dispose()
    if tables:
        raise StoreError(
            f"The database at {parsed.render_as_string()} is not empty. A simulation fills a database and empties "
            "it again, so it takes none that has tables: make a new one with `createdb`."
        )


async def empty(url: str) -> None:
    """Drop every table of a PostgreSQL database that was empty before."""
    engine = create_engine(make_url(url))
    try:
        async with engine.begin() as connection:
            names = await connection.run_sync(lambda one: inspect(one).get_table_names())
            for name in names:
                await connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{name}" CASCADE')
    finally:
        await engine.dispose()
