"""One database, one process: whoever holds the lock may settle what an earlier run left in flight."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import InUseError, ReadOnlyError
from bot.store import create_engine, explain
from bot.store.files import make_folder

# Any number will do as long as no other program on the server uses it.
ADVISORY_KEY = 7_305_061_840
# A server that went away meanwhile must not keep the program from ending.
RELEASE_SECONDS = 2


@asynccontextmanager
async def hold_alone(url: str) -> AsyncIterator[None]:
    """Hold the database while the block runs; raises InUseError when another process does.

    A file beside a SQLite database, an advisory lock on PostgreSQL: both end with the process, however it ends.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        async with hold_file(parsed.database):
            yield
    else:
        async with hold_advisory(parsed):
            yield


@asynccontextmanager
async def hold_file(path: str | None) -> AsyncIterator[None]:
    """The lock of a SQLite file; a database in memory needs none."""
    if path in {None, "", ":memory:"}:
        yield
        return
    file = Path(str(path))
    lock = FileLock(f"{file}.lock", timeout=0)
    try:
        make_folder(file)
        lock.acquire()
    except Timeout:
        raise in_use(str(path)) from None
    except OSError as error:
        raise ReadOnlyError(
            f"{lock.lock_file} cannot be written: {error.strerror}. Check who owns the folder, "
            "or name another database in [database] url.",
        ) from error
    try:
        yield
    finally:
        lock.release()


@asynccontextmanager
async def hold_advisory(url: URL) -> AsyncIterator[None]:
    """The lock of a PostgreSQL database, on a connection of its own; raises StoreError where none is to be had."""
    engine = create_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    try:
        try:
            connection = await engine.connect()
            taken = await ask(connection, "SELECT pg_try_advisory_lock(:key)")
        except DatabaseError as error:
            raise explain(error, url) from error
        if not taken:
            await connection.close()
            raise in_use(url.render_as_string(hide_password=True))
        try:
            yield
        finally:
            await release(connection)
    finally:
        await engine.dispose()


async def ask(connection: AsyncConnection, question: str) -> bool:
    """What PostgreSQL says about our lock."""
    return bool((await connection.execute(text(question), {"key": ADVISORY_KEY})).scalar())


async def release(connection: AsyncConnection) -> None:
    """Give the lock back at once, so that the next run need not wait for the server to notice that we are gone."""
    with suppress(DatabaseError, TimeoutError):
        async with asyncio.timeout(RELEASE_SECONDS):
            await ask(connection, "SELECT pg_advisory_unlock(:key)")
    await connection.close()


def in_use(where: str) -> InUseError:
    """What to do about it."""
    return InUseError(
        f"Another process of this bot uses the database {where}. Stop that one first, "
        "or name another database in [database] url.",
    )
