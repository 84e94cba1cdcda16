from collections.abc import AsyncIterator

import pytest

from bot.errors import FetchError, RefusedAddressError, TooLargeError
from bot.feeds.discover import MOST_FOUND, MOST_TRIED, discover_feeds, find_links, read_address, usual_places
from bot.net import Client
from tests.fakes import WorkersHere
from tests.feeds.bodies import item, rss
from tests.net.server import Server, http, running

PAGE = "https://site.example/blog/post?x=1"


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running() as started:
        yield started


@pytest.fixture
async def client(server: Server) -> AsyncIterator[Client]:
    async with Client("tests", [server.name], read_timeout=2) as opened:
        yield opened


def links(html: str, url: str = PAGE) -> list[tuple[str, str]]:
    """What the page names: (address, title)."""
    return [(one.url, one.title) for one in find_links(html.encode(), {}, url)]


async def found(client: Client, server: Server, path: str = "/") -> list[str]:
    """What is found there, as paths."""
    candidates = await discover_feeds(client, WorkersHere(), server.url(path))
    return [one.url.removeprefix(server.url("")) for one in candidates]


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        (" HTTP://a.example ", "http://a.example"),
        ("a.example", "https://a.example"),
        ("www.a.example/feed/", "https://www.a.example/feed/"),
        ("a.example:8080/x", "https://a.example:8080/x"),
        ("<https://a.example/x>.", "https://a.example/x"),
        ("“a.example”", "https://a.example"),
        ("feed://a.example/rss", "https://a.example/rss"),
        ("feed:https://a.example/rss", "https://a.example/rss"),
        ("localhost:8080/feed", "https://localhost:8080/feed"),
        ("http://[::1]/x", "http://[::1]/x"),
        ("http://10.0.0.1/x", "http://10.0.0.1/x"),
        ("the inspectorate", None),
        ("inspectorate", None),
        ("a..b", None),
        ("https://", None),
        ("", None),
        ("mailto:post@a.example", None),
        ("javascript:alert(1)", None),
        ("ftp://a.example", None),
    ],
)
def test_an_address_is_read_as_people_type_it(typed: str, url: str | None) -> None:
    assert read_address(typed) == url


def test_a_page_names_its_feeds_with_addresses_of_all_kinds() -> None:
    html = """<html><head><base href="/base/"><base href="/other/">
    <link rel="alternate" type="application/rss+xml" title="News &amp; <b>more</b>" href="feed">
    <LINK REL="Alternate Home" TYPE="application/atom+xml; charset=utf-8" HREF="//other.example/atom">
    <link rel=alternate type=application/feed+json href="https://site.example/feed.json"/>
    <link rel="feed" type="text/xml" href="?feed=xml"></head></html>"""
    assert links(html) == [
        ("https://site.example/base/feed", "News & <b>more</b>"),
        ("https://other.example/atom", ""),
        ("https://site.example/feed.json", ""),
        ("https://site.example/base/?feed=xml", ""),
    ]


def test_what_is_no_feed_is_not_named() -> None:
    assert (
        links("""<link rel="stylesheet" type="text/css" href="a"><link rel="alternate" hreflang="cy" href="/cy">
    <link rel="alternate" type="application/json" href="/wp-json/"><link rel="alternate" type="application/rss+xml">
    <link rel="next" type="application/rss+xml" href="/page"><link rel="alternate" type="text/xml" href="javascript:x">
    <link rel="alternate" type="text/xml" href="http://[oops"><a href="/feed">RSS</a>""")
        == []
    )


def test_a_feed_is_named_once_and_those_of_comments_come_last() -> None:
    row = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
    html = row.format("Comments", "/a/") + row.format("", "/comments/feed/") + row.format("All", "/feed/")
    html += row.format("All, again", "http://www.site.example/feed")
    assert [url for url, _ in links(html)] == [
        "https://site.example/feed/",
        "https://site.example/a/",
        "https://site.example/comments/feed/",
    ]
    assert len(links("".join(row.format(n, f"/{n}") for n in range(40)))) == MOST_FOUND


def test_the_usual_places_are_few_and_begin_below_the_page() -> None:
    places = usual_places("https://site.example/organisations/moj?x=1#y")
    assert places[:4] == [
        "https://site.example/organisations/moj/feed/",
        "https://site.example/organisations/moj/rss.xml",
        "https://site.example/organisations/moj.atom",
        "https://site.example/feed/",
    ]
    assert len(places) <= MOST_TRIED
    assert usual_places("https://site.example")[0] == "https://site.example/feed/"


async def test_a_feeds_own_address_is_the_feed(client: Client, server: Server) -> None:
    server.answers["/rss"] = http(rss(item()))
    server.answers["/old"] = http(status="301 Moved", Location="/rss")
    assert await found(client, server, "/rss") == ["/rss"]
    assert await found(client, server, "/old") == ["/rss"]


async def test_a_page_is_asked_once_where_it_names_its_feeds(client: Client, server: Server) -> None:
    server.answers["/"] = http(b'<html><link rel="alternate" type="application/rss+xml" href="/hidden"></html>')
    assert await found(client, server) == ["/hidden"]
    assert [request.path for request in server.requests] == ["/"]


async def test_the_first_usual_place_that_is_a_feed_is_taken(client: Client, server: Server) -> None:
    server.answers["/about"] = http(b"<html><body>About us</body></html>")
    server.answers["/feed/"] = http(b"<html>no feed either</html>")
    server.answers["/rss.xml"] = http(status="302 Found", Location="ftp://elsewhere.example/")
    server.answers["/atom.xml"] = http(rss(item()))
    assert await found(client, server, "/about") == ["/atom.xml"]


async def test_a_site_without_a_feed_has_none(client: Client, server: Server) -> None:
    server.answers["/about"] = http(b"<html><body>About us</body></html>")
    assert await found(client, server, "/about") == []
    assert len(server.requests) == 1 + MOST_TRIED


async def test_a_server_that_turns_us_away_is_asked_no_further(client: Client, server: Server) -> None:
    server.answers["/"] = http(b"<html><body>About us</body></html>")
    server.answers["/feed/"] = http(status="429 Too Many Requests")
    assert await found(client, server) == []
    assert len(server.requests) == 2


async def test_an_address_that_cannot_be_read_says_why(client: Client, server: Server) -> None:
    with pytest.raises(FetchError, match="nothing at this address"):
        await found(client, server, "/none")
    server.answers["/huge"] = http(b"<html>" + b" " * 11 * 1024 * 1024)
    with pytest.raises(TooLargeError):
        await found(client, server, "/huge")
    with pytest.raises(RefusedAddressError, match="not a public address"):
        await discover_feeds(client, WorkersHere(), "http://10.1.2.3/feed")


def test_a_base_that_is_no_address_is_none() -> None:
    html = '<base href="http://[x"><link rel="alternate" type="application/rss+xml" href="feed">'
    assert links(html) == [("https://site.example/blog/feed", "")]
