"""The database: SQLAlchemy Core on SQLite or PostgreSQL. Queries are functions that take a connection, a module a noun.

A flow opens `async with store.write() as connection` and calls the named queries it needs: one block, one transaction.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.errors import NotADatabaseError, ReadOnlyError, StoreError
from bot.store.files import check_file
from bot.store.revision import is_current
from bot.store.turn import take_turn

BUSY_SECONDS = 10
# A block of ours is given up after this, whatever its connection waits for.
SILENT_SECONDS = 120.0
# A peer that is gone is noticed within about half a minute, by the kernel and by the server. One that froze in the
# middle of a transaction loses it before others, who wait for its rows, run out of time.
KEEPALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 20_000}
SERVER_OPTIONS = (
    "-c statement_timeout=10000 -c idle_in_transaction_session_timeout=8000 -c timezone=UTC "
    "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
)


class Store:
    """An open, migrated database.

    On SQLite there is one writer at a time: `write` waits for its turn in this process rather than in the database, so
    that nobody ever sees "database is locked" from a sibling coroutine.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._turn = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    async def open(cls, url: str) -> Self:
        """Open and migrate the database at `url`; raises a StoreError whose text says what to do."""
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            check_file(parsed.database)
        engine = create_engine(parsed)
        try:
            async with engine.connect() as connection:
                current = await connection.run_sync(is_current)
            if not current:
                await migrate_by(engine)
        except DatabaseError as error:
            await engine.dispose()
            raise explain(error, parsed) from error
        except BaseException:
            await engine.dispose()
            raise
        return cls(engine)

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for questions only."""
        async with self._patience(), self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: all of it or, when the block raises, none of it. No network inside (DESIGN.md rule 2)."""
        if self._turn is None:
            async with self._patience(), self._writer.begin() as connection:
                yield connection
            return
        async with self._turn, self._writer.begin() as connection:
            yield connection

    async def ask(self) -> None:
        """Ask for an answer, whatever it is; raises what comes instead."""
        async with self.read() as connection:
            await connection.exec_driver_sql("SELECT 1")

    def _patience(self) -> asyncio.Timeout:
        """How long a server may take. Its own time limits help nobody once it has stopped answering."""
        return asyncio.timeout(SILENT_SECONDS if self.dialect == "postgresql" else None)

    async def close(self) -> None:
        """Give the connections back."""
        await self._engine.dispose()


async def migrate_by(engine: AsyncEngine) -> None:
    """Run what is missing."""
    from bot.store.migrate import migrate  # noqa: PLC0415 - 10 MB of Alembic, for a database that needs it only

    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # A new index on a long table takes longer than any question may.
            await connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            await take_turn(connection)
        await connection.run_sync(migrate)


def create_engine(url: URL) -> AsyncEngine:
    """An engine with what each database needs to be dependable. Its errors quote no values, such as chat ids."""
    engine = create_sqlite(url) if url.get_backend_name() == "sqlite" else create_postgresql(url)
    event.listen(engine.sync_engine, "handle_error", hide_values)
    return engine


def create_sqlite(url: URL) -> AsyncEngine:
    """An engine for a file, or for memory."""
    memory = url.database in {None, "", ":memory:"}
    pool: dict[str, Any] = {"poolclass": StaticPool} if memory else {"pool_size": 5}
    engine = create_async_engine(url, hide_parameters=True, **pool)
    event.listen(engine.sync_engine, "connect", set_pragmas)
    event.listen(engine.sync_engine, "begin", begin_immediate)
    return engine


def create_postgresql(url: URL) -> AsyncEngine:
    """An engine for a server, which may go away and come back."""
    return create_async_engine(
        url,
        pool_size=5,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"connect_timeout": BUSY_SECONDS, "options": SERVER_OPTIONS, **KEEPALIVE},
    )


def set_pragmas(connection: sqlite3.Connection, record: object) -> None:
    """WAL lets readers and the one writer work side by side; foreign keys are off in SQLite unless asked for."""
    del record
    # The driver must not open transactions by its own rules: we say BEGIN ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin_immediate(connection: Connection) -> None:
    """Ask for the write lock at once where we shall write: SQLite cannot wait for it in the middle of a transaction."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def hide_values(context: ExceptionContext) -> None:
    """Keep the first line of what the database says: below it PostgreSQL quotes the row."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


def explain(error: DatabaseError, url: URL) -> StoreError:
    """The database's complaint as a sentence with what to do."""
    where = url.render_as_string(hide_password=True) if url.get_backend_name() != "sqlite" else url.database
    said = str(error.orig).lower()
    if "not a database" in said or "malformed" in said:
        return NotADatabaseError(
            f"{where} is not a database (or it is damaged). Nothing in it was changed. "
            "Move it away, or name another file in [database] url.",
        )
    if "readonly" in said or "unable to open" in said or "permission denied" in said:
        return ReadOnlyError(
            f"{where} cannot be opened for writing. "
            "Check who owns the file and its folder, or name another in [database] url.",
        )
    if isinstance(error, OperationalError):
        return StoreError(
            f"The database at {where} does not answer: {first_line(error)}. "
            "Check [database] url and that it is running.",
        )
    return StoreError(f"The database at {where} cannot be used: {first_line(error)}")


def first_line(error: DatabaseError) -> str:
    """The driver's own words, without the statement."""
    return str(error.orig).strip().splitlines()[0]
