"""A page fetched from a real server and read in a real worker."""

from collections.abc import AsyncIterator

import pytest

from bot.errors import FetchError, ParseError, StatusError
from bot.net import Client
from bot.reading import Robots, read_page
from bot.workers import Workers
from tests.net.server import Server, http, running
from tests.reading.pages import FILLER, LEXICON, page


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running() as started:
        yield started


@pytest.fixture
async def client(server: Server) -> AsyncIterator[Client]:
    async with Client("tests", [server.name], read_timeout=5) as opened:
        yield opened


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    opened = Workers()
    yield opened
    await opened.close()


async def test_a_page_is_fetched_and_read(client: Client, workers: Workers, server: Server) -> None:
    server.answers["/page"] = http(page("HMYOI Werrington", FILLER), Content_Type="text/html")
    found = await read_page(client, workers, server.url("/page"), lexicon=LEXICON, robots=Robots(client))
    assert (found.title, found.institutions) == ("HMYOI Werrington", ("werrington",))


async def test_what_is_no_page_is_a_parse_error(client: Client, workers: Workers, server: Server) -> None:
    server.answers["/page"] = http(b"%PDF-1.7", Content_Type="application/pdf")
    with pytest.raises(ParseError, match="PDF"):
        await read_page(client, workers, server.url("/page"), lexicon=LEXICON, robots=Robots(client))


async def test_an_address_that_leads_to_the_front_page_is_no_page(
    client: Client, workers: Workers, server: Server
) -> None:
    server.answers["/gone"] = http(b"", status="302 Found", Location="/")
    server.answers["/"] = http(page("A sample site", FILLER), Content_Type="text/html")
    with pytest.raises(ParseError, match="front page"):
        await read_page(client, workers, server.url("/gone"), lexicon=LEXICON, robots=Robots(client))


async def test_no_address_and_no_page_are_fetch_errors(client: Client, workers: Workers, server: Server) -> None:
    with pytest.raises(FetchError, match="links to no page"):
        await read_page(client, workers, "", lexicon=LEXICON, robots=Robots(client))
    with pytest.raises(StatusError):
        await read_page(client, workers, server.url("/missing"), lexicon=LEXICON, robots=Robots(client))
