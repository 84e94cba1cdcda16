"""One database, one process: whoever holds the lock may settle what an earlier run left in flight."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import InUseError, ReadOnlyError
from bot.store.files import make_folder

# Any number will do as long as no other program on the server uses it.
ADVISORY_KEY = 7_305_061_840


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
        async with hold_advisory(url):
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
async def hold_advisory(url: str) -> AsyncIterator[None]:
    """The lock of a PostgreSQL database, on a connection of its own."""
    engine = create_async_engine(url, pool_size=1)
    try:
        async with engine.connect() as connection:
            query = text("SELECT pg_try_advisory_lock(:key)")
            if not (await connection.execute(query, {"key": ADVISORY_KEY})).scalar():
                raise in_use(make_url(url).render_as_string(hide_password=True))
            await connection.commit()
            yield
    finally:
        await engine.dispose()


def in_use(where: str) -> InUseError:
    """What to do about it."""
    return InUseError(
        f"Another process of this bot uses the database {where}. Stop that one first, "
        "or name another database in [database] url.",
    )
