"""Fixtures that more than one room needs."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.engine import URL

from bot.store import Store
from tests.postgres import fresh_database, postgres_server

# The server binaries look for a runtime folder and warn where there is none.
os.environ.setdefault("XDG_RUNTIME_DIR", "/tmp")  # noqa: S108


# Machines differ and are shared: no test fails for being slow.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


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


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An open, migrated, empty database of each kind."""
    opened = await Store.open(database_url)
    yield opened
    await opened.close()
