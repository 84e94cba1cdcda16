"""Fixtures that more than one room needs."""

import faulthandler
import importlib
import os
import shutil
import sys
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest
from _pytest.faulthandler import fault_handler_stderr_fd_key
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

from bot.store import Store
from bot.store import create_engine as create_store_engine
from bot.store.migrate import migrate
from tests.postgres import fresh_database, postgres_server


@contextmanager
def untraced() -> Iterator[None]:
    """Count no lines meanwhile. pytest-cov's own `no_cover` does not stop what it starts first in an xdist worker."""
    trace = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(trace)


# Each of these takes three times as long to import where lines are counted, and all of it is others' code.
HEAVY = (
    "aiogram",
    "alembic.command",
    "hypothesis.stateful",
    "lxml.html",
    "psycopg",
    "sqlalchemy.ext.asyncio",
    "telegram.ext",
)
if sys.gettrace():
    with untraced():
        for name in HEAVY:
            importlib.import_module(name)

# The server binaries look for a runtime folder and warn where there is none.
os.environ.setdefault("XDG_RUNTIME_DIR", "/tmp")  # noqa: S108
# Nothing here goes beyond loopback, and to read all the world's certificates for each client is half of a bot's start.
os.environ.pop("SSL_CERT_FILE", None)
os.environ["SSL_CERT_DIR"] = str(Path(__file__).parent)


# Machines differ and are shared: no test fails for being slow.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hypothesis repeats itself for our good; to count the lines each time trebles its cost and covers nothing more."""
    for item in items:
        if item.get_closest_marker("hypothesis"):
            item.add_marker(pytest.mark.untraced)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    if item.get_closest_marker("untraced") is None:
        return (yield)
    with untraced():
        return (yield)


@pytest.hookimpl(trylast=True)
def pytest_exception_interact(node: pytest.Item | pytest.Collector) -> None:
    """Arm the watchdog (faulthandler_timeout in pyproject.toml) again: pytest disarms it when a test fails.

    What a failed test leaves behind may hang just as well: pytest-timeout strikes once a test, and not where no Python
    runs. The process writes its stacks then and ends, and pytest-xdist names its test.
    """
    seconds = float(node.config.getini("faulthandler_timeout"))
    if seconds:
        stderr = node.config.stash[fault_handler_stderr_fd_key]
        faulthandler.dump_traceback_later(seconds, file=stderr, exit=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    with postgres_server() as template:
        yield template


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database of each kind: whatever asks for it is run on both."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'alerts.db'}"
        return
    with fresh_database(request.getfixturevalue("postgres")) as url:
        yield url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database of this version, to be copied: to migrate one takes thirty times as long."""
    path = tmp_path_factory.mktemp("migrated") / "alerts.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrate(connection)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
    engine.dispose()
    return path


@pytest.fixture
async def store(database_url: str, migrated_file: Path) -> AsyncIterator[Store]:
    """An open, migrated, empty database of each kind."""
    async with opened(database_url, migrated_file) as store:
        yield store


@pytest.fixture
async def sqlite_store(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Store]:
    """The same on SQLite alone, for rooms whose queries are tested on both elsewhere."""
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'alerts.db'}", migrated_file) as store:
        yield store


@asynccontextmanager
async def opened(url: str, migrated_file: Path) -> AsyncIterator[Store]:
    """A store on a database that is migrated already; a file is copied first."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        shutil.copyfile(migrated_file, str(parsed.database))
    store = Store(create_store_engine(parsed))
    try:
        yield store
    finally:
        await store.close()
