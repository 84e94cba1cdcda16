"""JSON Feed, as it should be and as it comes."""

import json

import pytest

from bot.errors import ParseError
from bot.feeds.parse import parse_feed
from bot.model.entry import Entry

VERSION = "https://jsonfeed.org/version/1.1"
URL = "https://news.example/feed.json"


def entries(items: object, **more: object) -> tuple[Entry, ...]:
    body = json.dumps({"version": VERSION, "title": "t", "items": items, **more}).encode()
    return parse_feed(body, {"content-type": "application/feed+json"}, URL).entries


def test_an_item_becomes_an_entry() -> None:
    [entry] = entries(
        [
            {
                "id": "1",
                "url": "/one",
                "title": "One & two",
                "content_html": "<p>Text</p>",
                "date_published": "2026-11-25T10:00:00Z",
                "tags": ["a", 7],
            },
        ],
    )
    assert (entry.id, entry.url, entry.title, entry.summary) == ("1", "https://news.example/one", "One & two", "Text")
    assert entry.published_at is not None
    assert entry.categories == ("a",)


def test_wrong_types_lose_only_themselves() -> None:
    found = entries(["x", None, {"id": 7, "title": ["no"]}, {"id": True, "content_text": "words", "tags": "no"}])
    assert (found[0].id, found[0].title) == ("7", "7")
    assert found[1].title == "words"


def test_lone_surrogates_and_controls_are_dropped() -> None:
    [entry] = entries([{"id": "a\ud800\x00", "title": "b\udfff\x08c"}])
    assert (entry.id, entry.title) == ("a", "bc")


@pytest.mark.parametrize(
    "body",
    [
        '{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1", "n": NaN},],}',
        '\ufeff {"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}], "id": 1, "id": 2}',
        '{"items": [{"id": "1", "n": %s}]}' % ("9" * 10_000),
        '{"items": [{"id": "1", "title": "a\tb"}]}',
    ],
)
def test_sloppy_json_is_read(body: str) -> None:
    [entry] = parse_feed(body.encode(), {}, URL).entries
    assert entry.id == "1"


def test_bottomless_json_is_refused() -> None:
    with pytest.raises(ParseError, match="broken"):
        parse_feed(b'{"items": ' + b"[" * 200_000, {}, URL)
