"""Who may use a database at once, and who has which part: locks that end with their process, however it ends.

On SQLite one process holds the whole database, by a file beside it. On PostgreSQL the locks are advisory: `run` holds
the database alone; `poll`, `work` and `web` hold it together, and a part such as polling is one process's at a time.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import InUseError, ReadOnlyError, StoreError
from bot.store import create_engine, explain
from bot.store.files import make_folder
from bot.store.turn import ADVISORY_KEY

log = logging.getLogger(__name__)

# Parts that one process has at a time; each is a lock of its own.
PARTS = {"poll": ADVISORY_KEY + 2, "updates": ADVISORY_KEY + 3}
# A server that went away meanwhile must not keep the program from ending.
RELEASE_SECONDS = 2
# A standby asks this often, and a holder makes this often sure that it still holds.
ASK_SECONDS = 1.0
ANSWER_SECONDS = 10.0
# A holder that watches, and was frozen for this long, loses its lock to a standby (PostgreSQL 14 and later).
FROZEN_FOR = "20s"


class Hold:
    """What is held, for as long as the block that yields it; `watch` ends when it is lost. A file never is."""

    async def watch(self) -> None:
        """Wait for ever; raises InUseError when another process has taken what was held."""
        await asyncio.Event().wait()


@dataclass(frozen=True)
class Lock:
    """An advisory lock by its number; a shared one may be held by many, while nobody holds it alone."""

    key: int
    shared: bool = False

    @property
    def question(self) -> str:
        """Takes it where it is free; answers whether it is ours."""
        return f"SELECT pg_try_advisory_lock{'_shared' if self.shared else ''}(:key)"

    @property
    def farewell(self) -> str:
        """Gives it back."""
        return f"SELECT pg_advisory_unlock{'_shared' if self.shared else ''}(:key)"


@asynccontextmanager
async def hold_alone(url: str) -> AsyncIterator[Hold]:
    """Hold the database while the block runs; raises InUseError when another process does."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        async with hold_file(parsed.database):
            yield Hold()
    else:
        async with hold_advisory(parsed, Lock(ADVISORY_KEY)) as hold:
            yield hold


@asynccontextmanager
async def hold_together(url: str) -> AsyncIterator[Hold]:
    """Hold a PostgreSQL database beside others of its kind; raises InUseError while one holds it alone."""
    async with hold_advisory(make_url(url), Lock(ADVISORY_KEY, shared=True)) as hold:
        yield hold


@asynccontextmanager
async def hold_part(url: str, part: str) -> AsyncIterator[Hold]:
    """Have a part (of PARTS) of a PostgreSQL database to ourselves; waits as a standby while another has it."""
    async with hold_advisory(make_url(url), Lock(PARTS[part]), standby=part) as hold:
        yield hold


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
async def hold_advisory(url: URL, lock: Lock, *, standby: str = "") -> AsyncIterator["Advisory"]:
    """A lock of a PostgreSQL database, on a connection of its own; raises StoreError where none is to be had."""
    engine = create_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    hold = Advisory(engine, lock)
    try:
        await hold.take(standby=standby)
        try:
            yield hold
        finally:
            await hold.release()
    finally:
        await engine.dispose()


class Advisory(Hold):
    """An advisory lock, taken and kept."""

    def __init__(self, engine: AsyncEngine, lock: Lock) -> None:
        self._engine = engine
        self._lock = lock
        self._connection: AsyncConnection | None = None

    def _taken(self) -> InUseError:
        part = next((name for name, key in PARTS.items() if key == self._lock.key), None)
        if part is None:
            return in_use(self._engine.url.render_as_string(hide_password=True))
        return InUseError(
            f"Another process has taken over the part {part!r}. This one ends, so that whoever started it can start it "
            "anew, as a standby.",
        )

    async def take(self, *, standby: str = "") -> None:
        """Take it, waiting where we are a `standby`; raises InUseError where another has it, StoreError without one."""
        try:
            connection = await self._engine.connect()
            waited = False
            while not await ask(connection, self._lock.question, self._lock.key):
                if not standby:
                    await connection.close()
                    raise self._taken()
                if not waited:
                    log.info("another process has the part %r; this one stands by", standby)
                waited = True
                await asyncio.sleep(ASK_SECONDS)
        except DatabaseError as error:
            raise explain(error, self._engine.url) from error
        self._connection = connection

    async def watch(self) -> None:
        """See that it is still ours. A server that went away is waited for; then it is taken again.

        Raises InUseError when another was faster.
        """
        while True:
            await asyncio.sleep(ASK_SECONDS)
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await self._confirm()
            except (SQLAlchemyError, StoreError, TimeoutError, OSError) as error:
                if isinstance(error, InUseError):
                    raise
                log.warning("a lock in the database is in doubt (%s); it is taken again", type(error).__name__)
                await self._drop()

    async def _confirm(self) -> None:
        if self._connection is None:
            await self.take()
            return
        # Who is frozen must not hold for ever; a server too old for it has no such setting, and answers all the same.
        await self._connection.execute(
            text("SELECT set_config(name, :time, false) FROM pg_settings WHERE name = 'idle_session_timeout'"),
            {"time": FROZEN_FOR},
        )

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError, TimeoutError, OSError):
                async with asyncio.timeout(RELEASE_SECONDS):
                    await connection.invalidate()
                    await connection.close()

    async def release(self) -> None:
        """Give it back at once, so that the next need not wait for the server to notice that we are gone."""
        if self._connection is None:
            return
        with suppress(SQLAlchemyError, TimeoutError):
            async with asyncio.timeout(RELEASE_SECONDS):
                await ask(self._connection, self._lock.farewell, self._lock.key)
        await self._drop()


async def ask(connection: AsyncConnection, question: str, key: int) -> bool:
    """What PostgreSQL says about a lock."""
    return bool((await connection.execute(text(question), {"key": key})).scalar())


def in_use(where: str) -> InUseError:
    """What to do about it."""
    return InUseError(
        f"Another process of this bot uses the database {where}. Stop that one first, "
        "or name another database in [database] url.",
    )
