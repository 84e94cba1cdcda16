from xml.etree import ElementTree as ET

import pytest

from bot.errors import ParseError
from bot.feeds.opml import LARGEST, read_opml, write_opml
from bot.model.feed import FeedKind, FeedSpec
from tests.builders import a_feed_spec

NESTED = b"""<?xml version="1.0"?><opml version="1.0"><body>
<outline text="Charity"><outline text="More"><outline text="One" xmlUrl="https://one.example/feed"/></outline></outline>
<outline text="Two" title="Second" type="rss" xmlUrl="https://two.example/" category="/x/y,/government"></outline>
<outline text="Two again" xmlUrl="http://www.two.example"/>
<outline text="" xmlUrl="https://three.example/"/>
<outline text="Wrong" xmlUrl="not an address"/>
<outline text="List" type="link" url="https://list.example/more.opml"/>
<outline text="Page" type="rss" htmlUrl="https://page.example/"/>
</body></opml>"""


def test_what_is_written_is_read_back_the_same() -> None:
    specs = (
        a_feed_spec(name='Ministry & "Friends" <b>', url="https://a.example/?x=1&y=2"),
        a_feed_spec(
            name="Wales: plant mewn carchar, ïŵ 🙂", url="https://b.example/", kind=FeedKind.PARLIAMENT, enabled=False
        ),
        a_feed_spec(name="News", url="https://c.example/", kind=FeedKind.NEWS),
    )
    written = write_opml(specs, "A & B")
    assert read_opml(written).feeds == specs
    assert read_opml(written).faults == ()


def test_other_readers_find_what_the_format_promises() -> None:
    written = write_opml([a_feed_spec(index_url="https://a.example/reports", name="Tab\there\x00")], "A & B")
    root = ET.fromstring(written)  # noqa: S314 - our own words
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "A & B")
    (row,) = root.findall("body/outline")
    assert row.attrib == {
        "type": "rss",
        "text": "Tab here",
        "title": "Tab here",
        "xmlUrl": "https://inspectorate.example/feed/",
        "htmlUrl": "https://a.example/reports",
        "category": "/inspectorate",
    }
    assert written.endswith(b"\n")


def test_nested_outlines_are_read_and_their_names_tell_the_kind() -> None:
    assert [(feed.name, feed.url, feed.kind) for feed in read_opml(NESTED).feeds] == [
        ("One", "https://one.example/feed", FeedKind.CHARITY),
        ("Two", "https://two.example/", FeedKind.GOVERNMENT),
        ("https://three.example/", "https://three.example/", FeedKind.NEWS),
    ]


def test_a_kind_that_is_said_holds_for_all() -> None:
    assert {feed.kind for feed in read_opml(NESTED, kind=FeedKind.PARLIAMENT).feeds} == {FeedKind.PARLIAMENT}


def test_rows_that_are_no_feeds_are_named() -> None:
    faults = read_opml(NESTED).faults
    assert [fault.partition(":")[0] for fault in faults] == ["List", "Page", "Wrong"]
    assert "only http and https" in faults[2]
    broken = NESTED.replace(b"</body></opml>", b'<outline text="Four" xmlUrl="https://four.example/">')
    assert [feed.name for feed in read_opml(broken).feeds][-1] == "Four"
    nameless = b"<opml version='2.0'><body><outline/><outline xmlUrl=' ' title='Five'/></body></opml>"
    assert [fault.partition(":")[0] for fault in read_opml(nameless).faults] == ["a row without a name", "Five"]


@pytest.mark.parametrize("body", [b"", b"hello", b"<html><body>A page</body></html>", b"\x89PNG", b" " * (LARGEST + 1)])
def test_what_is_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(ParseError, match="list"):
        read_opml(body)


def test_an_address_is_never_fetched() -> None:
    with pytest.raises(ParseError):
        read_opml(b"https://127.0.0.1:9/list.opml")


def test_a_feed_without_extras_is_small() -> None:
    spec = FeedSpec(name="A", url="https://a.example/", kind=FeedKind.NEWS)
    assert b"htmlUrl" not in write_opml([spec], "A")
