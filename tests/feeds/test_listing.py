"""A listing page's links to a source's own entries."""

from collections.abc import AsyncIterator

import pytest

from bot.errors import ParseError
from bot.feeds import list_links
from bot.feeds.listing import MOST_LINKS, read_listing
from bot.net import Client
from bot.workers import Workers
from tests.net.server import Server, http, running

PAGE = "https://site.example/news/"
FEED = ["https://site.example/reports/hmyoi-parc-5/", "https://www.site.example/2026/11/a-speech/"]


def links(body: str, *, url: str = PAGE, delivered: list[str] = FEED, charset: str = "utf-8") -> dict[str, str]:
    """Title by address, of those that look like the source's entries."""
    headers = {"content-type": f"text/html; charset={charset}"}
    return {link.url: link.title for link in read_listing(body.encode(charset), headers, url, delivered) if link.ours}


def test_links_where_the_feeds_entries_are_or_below_the_page_itself_are_its_entries() -> None:
    found = links(
        """<nav><a href="/reports/">All reports</a><a href="/reports/in-the-menu/">Menu</a></nav>
        <a href="/reports/hmyoi-werrington-2/">HMYOI  Werrington</a>
        <a href="http://www.site.example/2027/01/another-speech/?utm_source=x">Another speech</a>
        <a href="statement/">A statement</a><a href="/news/page/2/">Next</a><a href="/news/?filter=1">Filter</a>
        <a href="/about/">About</a><a href="/about/people/">People</a><a href="https://other.example/reports/x/">No</a>
        <a href="mailto:a@site.example">Mail</a><a href="/reports/photo.jpg">Photo</a><a>No address</a>
        <a href="/reports/feed/">Feed</a>""",
    )
    assert found == {
        "https://site.example/reports/hmyoi-werrington-2/": "HMYOI Werrington",
        "http://www.site.example/2027/01/another-speech/?utm_source=x": "Another speech",
        "https://site.example/news/statement/": "A statement",
    }


def test_a_link_that_only_says_read_more_has_its_headings_title() -> None:
    found = links(
        """<article><h2>HMYOI Wetherby</h2><p>Text <a href="/reports/w/">Read more</a></p></article>
        <article><a href="/reports/p/">Read</a><h3>HMYOI Parc &amp; <i>you</i></h3><a href="/reports/p/#top"
        title="The full report on HMYOI Parc">Read the full report</a></article>
        <a href="/reports/n/" aria-label="HMYOI Feltham"><img alt=""></a><a href="/reports/empty/">2</a>""",
    )
    assert list(found.values()) == ["HMYOI Wetherby", "The full report on HMYOI Parc", "HMYOI Feltham", ""]


def test_a_page_names_its_base_and_its_charset() -> None:
    found = links('<base href="https://site.example/reports/"><a href="é">Zoë’s</a>', charset="windows-1252")
    assert list(found.items()) == [("https://site.example/reports/é", "Zoë’s")]


def test_paths_that_only_the_host_shares_say_nothing() -> None:
    page = '<a href="/contact/">Contact</a><a href="/hmyoi-parc/">HMYOI Parc</a>'
    assert links(page, url="https://site.example/", delivered=["https://site.example/hmyoi-feltham/"]) == {}


def test_no_more_than_500_links_are_taken() -> None:
    page = "".join(f'<a href="/reports/{number}-x/">Report x{number}</a>' for number in range(600))
    assert len(links(page)) == 500


@pytest.mark.parametrize("body", [b"", b"%PDF-1.4", b" \n", b"<!-- nothing -->"])
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError):
        read_listing(body, {}, PAGE, FEED)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running() as started:
        yield started


async def test_a_page_is_fetched_by_the_guarded_client_and_read_in_a_worker(server: Server) -> None:
    server.answers["/news/"] = http(b'<a href="parc/">HMYOI Parc</a>', Content_Type="text/html")
    workers = Workers()
    async with Client("tests", [server.name]) as client:
        [link] = await list_links(client, workers, server.url("/news/"), [])
    await workers.close()
    assert (link.url, link.title) == (server.url("/news/parc/"), "HMYOI Parc")
    assert "text/html" in server.requests[0].headers["accept"]


def test_other_pages_of_the_site_are_told_after_the_entries_and_of_both_not_endlessly_many() -> None:
    body = '<a href="/press/one/">One</a>' + "".join(f'<a href="/reports/{n}">{n}</a>' for n in range(MOST_LINKS + 9))
    found = read_listing(f'{body}<a href="/press/">All</a><a href="/press/two/">Two</a>'.encode(), {}, PAGE, FEED)
    assert [link.title for link in found if not link.ours] == ["One", "All", "Two"]
    assert sum(link.ours for link in found) == MOST_LINKS
    assert found[0].ours
