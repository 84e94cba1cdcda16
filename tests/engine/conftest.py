"""Both engines, and a queue of one's own."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import psycopg
import pytest
from sqlalchemy.engine import URL

from bot.engine.distributed import Distributed
from bot.engine.embedded import Embedded
from bot.engine.port import Engine
from bot.engine.queue import SCHEMA
from tests.postgres import fresh_database


@contextmanager
def a_queue(postgres: URL) -> Iterator[str]:
    """The address of a database whose queue is new; it is taken away again, so that the next test finds none."""
    with fresh_database(postgres) as url:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            yield address
        finally:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE".encode())


@pytest.fixture
def queue_url(postgres: URL) -> Iterator[str]:
    with a_queue(postgres) as address:
        yield address


@pytest.fixture(params=["embedded", "distributed"])
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[Engine]:
    """One of each: what asks for it is run on both."""
    if request.param == "embedded":
        async with Embedded() as embedded:
            yield embedded
        return
    async with Distributed(request.getfixturevalue("queue_url")) as distributed:
        yield distributed


@asynccontextmanager
async def on_two_machines(address: str) -> AsyncIterator[tuple[Distributed, Distributed]]:
    """Two engines on one queue."""
    async with Distributed(address) as one, Distributed(address) as other:
        yield one, other
