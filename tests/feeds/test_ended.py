"""Feeds that say themselves that they have ended."""

import pytest

from bot.errors import FeedEndedError
from bot.feeds.parse import parse_feed
from tests.feeds.bodies import atom, item, rss


@pytest.mark.parametrize(
    "title",
    ["This feed has ended", "Our RSS feeds have now moved", "The news feed is no longer being updated", "Feed retired"],
)
def test_an_only_entry_that_says_so_ends_the_feed(title: str) -> None:
    assert parse_feed(rss(item(title=title)), {}, "https://news.example/feed").ended


def test_an_only_entry_whose_id_says_so_ends_it_too() -> None:
    body = atom("<id>tag:site.example,2026:x/feed-ended</id><title>Notice</title>")
    assert parse_feed(body, {}, "https://site.example/x.atom").ended


def test_a_living_feed_may_report_the_end_of_another() -> None:
    living = rss(item(1, title="This feed has ended"), *(item(number) for number in range(2, 6)))
    assert not parse_feed(living, {}, "https://news.example/feed").ended
    for title in ("HMP Feltham: feeding programme has ended", "Channel crossings are over"):
        assert not parse_feed(rss(item(title=title)), {}, "https://news.example/feed").ended


def test_a_page_in_the_feeds_place_that_says_goodbye_ends_it() -> None:
    page = b"<!doctype html><html><body><h1>Sorry</h1><p>This RSS feed has been discontinued.</p></body></html>"
    with pytest.raises(FeedEndedError, match="in the feed's place"):
        parse_feed(page, {}, "https://news.example/feed")
