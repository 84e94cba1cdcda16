"""A server and a client that may talk to it."""

from collections.abc import AsyncIterator

import pytest

from bot.net import Client
from tests.net.server import Server, running


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running() as started:
        yield started


@pytest.fixture
async def client(server: Server) -> AsyncIterator[Client]:
    async with Client("tests (+https://example.org)", [server.name], read_timeout=0.3) as opened:
        yield opened
