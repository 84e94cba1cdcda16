"""A site's robots.txt is asked once a day and obeyed; where there is none, pages are read."""

from collections.abc import AsyncIterator

import pytest

from bot.errors import FetchError
from bot.net import Client
from bot.reading import Robots, robots
from tests.net.server import Server, http, running


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running() as started:
        yield started


@pytest.fixture
async def client(server: Server) -> AsyncIterator[Client]:
    async with Client("ChildPrisonAlerts/0.1 (+https://example.org)", [server.name], read_timeout=5) as opened:
        yield opened


async def test_what_a_site_asks_is_obeyed_and_asked_once_a_day(client: Client, server: Server) -> None:
    server.answers["/robots.txt"] = http(b"User-agent: *\nDisallow: /private/\nAllow: /\n")
    now = 0.0
    asked = Robots(client, clock=lambda: now)
    await asked.check(server.url("/news/1"))
    with pytest.raises(FetchError, match=r"robots\.txt asks"):
        await asked.check(server.url("/private/1"))
    assert len(server.requests) == 1
    server.answers["/robots.txt"] = http(b"User-agent: ChildPrisonAlerts\nDisallow: /\n")
    now = robots.KEPT + 1
    with pytest.raises(FetchError, match=r"robots\.txt asks"):
        await asked.check(server.url("/news/1"))


@pytest.mark.parametrize(("status", "kept"), [("404 Not Found", robots.KEPT), ("503 Busy", robots.KEPT_FAILED)])
async def test_pages_are_read_where_there_is_no_file(client: Client, server: Server, status: str, kept: float) -> None:
    server.answers["/robots.txt"] = http(b"", status=status)
    now = 0.0
    asked = Robots(client, clock=lambda: now)
    for now in (0.0, kept - 1, kept + 1):  # noqa: B007 -- the clock reads it
        await asked.check(server.url("/news/1"))
    assert len(server.requests) == 2


async def test_a_file_of_any_kind_stops_nothing(
    client: Client, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers["/robots.txt"] = http(b"\xff\xfe<html>User-agent" + b"*" * robots.MOST_BYTES)
    await Robots(client).check(server.url("/news/1"))
    monkeypatch.setattr(robots, "MOST_SITES", 1)
    asked = Robots(client)
    for site in (server.url("/a"), server.url("/a").replace("127.0.0.1", "localhost"), server.url("/a")):
        await asked.check(site)
    assert len(asked._sites) == 1
