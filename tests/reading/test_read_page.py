"""A page fetched from a real server and read in a real worker."""

from collections.abc import AsyncIterator

import pytest

from bot.errors import FetchError, ParseError, StatusError, TooLargeError, WorkerError
from bot.model.finding import Grade
from bot.net import Client
from bot.reading import Robots, follow, read_page
from bot.reading.document import MOST_BYTES
from bot.workers import Workers
from tests.net.server import Server, http, running
from tests.reading.pages import FILLER, LEXICON, WELSH, page
from tests.reading.reports import CONCERNS, draw_bomb, draw_report
from tests.reading.test_page import STANDFIRST


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


async def test_what_is_no_page_is_said_in_plain_words(client: Client, workers: Workers, server: Server) -> None:
    robots = Robots(client)
    server.answers["/broken"] = http(b"%PDF-1.7", Content_Type="application/pdf")
    server.answers["/gone"] = http(b"", status="302 Found", Location="/")
    server.answers["/"] = http(page("A sample site", FILLER), Content_Type="text/html")
    server.answers["/welsh"] = http(page("Carchar", WELSH))
    server.answers["/cy/welsh"] = http(page("Carchar", WELSH))
    server.answers["/huge"] = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 41943040\r\n\r\n"
    server.answers["/long"] = http(b" " * (MOST_BYTES + 1), Content_Type="text/html")
    for path, kind, reason in (
        ("/broken", ParseError, "the PDF is broken"),
        ("/gone", ParseError, "front page"),
        ("/welsh", ParseError, "is in Welsh, and names no English page"),
        ("/cy/welsh", ParseError, "and so is the page that it calls its English one"),
        ("/huge", TooLargeError, "larger than 20 MiB"),
        ("/long", TooLargeError, "larger than 4 MiB"),
        ("/missing", StatusError, "404"),
    ):
        with pytest.raises(kind, match=reason):
            await read_page(client, workers, server.url(path), lexicon=LEXICON, robots=robots)
    with pytest.raises(FetchError, match="links to no page"):
        await read_page(client, workers, "", lexicon=LEXICON, robots=robots)


async def test_a_page_is_read_with_the_report_that_it_links(client: Client, workers: Workers, server: Server) -> None:
    robots = Robots(client)
    link = '<p><a href="/report.pdf">Inspection report - Werrington (PDF, 2 MB)</a></p>'
    server.answers["/page"] = http(page("HMYOI Werrington", STANDFIRST, FILLER, link), Content_Type="text/html")
    server.answers["/report.pdf"] = http(draw_report(), Content_Type="application/pdf")
    found = await read_page(client, workers, server.url("/page"), lexicon=LEXICON, robots=robots)
    assert (found.title, found.document) == ("HMYOI Werrington", server.url("/report.pdf"))
    assert found.grades is not None
    assert (found.grades.safety, found.concerns) == (Grade.POOR, CONCERNS)
    server.answers["/cy/page"] = http(page("Carchar", WELSH))
    english = await read_page(client, workers, server.url("/cy/page"), lexicon=LEXICON, robots=robots)
    assert english == found
    direct = await read_page(client, workers, server.url("/report.pdf"), lexicon=LEXICON, robots=robots)
    assert (direct.grades, direct.document) == (found.grades, found.document)


async def test_a_report_that_fails_loses_nothing_of_its_page(
    client: Client, workers: Workers, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    robots = Robots(client)
    server.answers["/robots.txt"] = http(b"User-agent: *\nDisallow: /private/\n")
    server.answers["/bomb.pdf"] = http(draw_bomb(), Content_Type="application/pdf")
    server.answers["/other.pdf"] = http(page("No PDF", FILLER), Content_Type="text/html")
    for target in ("/bomb.pdf", "/private/r.pdf", "/missing.pdf", "/other.pdf"):
        link = f'<p><a href="{target}">Inspection report (PDF)</a></p>'
        server.answers["/page"] = http(page("HMYOI Werrington", STANDFIRST, FILLER, link), Content_Type="text/html")
        found = await read_page(client, workers, server.url("/page"), lexicon=LEXICON, robots=robots)
        assert (found.institutions, found.document) == (("werrington",), "")
    with pytest.raises(WorkerError, match="the PDF cannot be read within the limits"):
        await read_page(client, workers, server.url("/bomb.pdf"), lexicon=LEXICON, robots=robots)
    monkeypatch.setattr(follow, "WHOLE_SECONDS", 0.0)
    asked = len(server.requests)
    await read_page(client, workers, server.url("/page"), lexicon=LEXICON, robots=robots)
    assert [one.path for one in server.requests[asked:]] == ["/page"]
