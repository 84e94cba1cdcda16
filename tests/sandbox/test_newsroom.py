import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import feedparser
import httpx
import pytest
from starlette.applications import Starlette

from bot.model.feed import FeedKind
from bot.sandbox.editions import Edition, history, written_dates
from bot.sandbox.newsroom import Newsroom
from tests.sandbox.serving_thread import served

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Reader:
    """Polls the newsroom as the bot does, and says what was new."""

    newsroom: Newsroom
    clock: Clock
    http: httpx.Client
    seen: set[str] = field(default_factory=set)

    def feed(self, kind: FeedKind) -> Any:
        urls = {spec.kind: spec.url for spec in self.newsroom.feeds(str(self.http.base_url))}
        answer = self.http.get(urls[kind])
        assert answer.status_code == 200
        parsed = feedparser.parse(answer.content, response_headers=dict(answer.headers))
        assert not parsed.bozo
        return parsed

    def new(self) -> list[str]:
        entries = [entry for kind in Newsroom(self.clock).feeds("http://x") for entry in self.feed(kind.kind).entries]
        fresh = [entry for entry in entries if entry.id not in self.seen]
        self.seen |= {entry.id for entry in fresh}
        return [entry.title for entry in fresh]

    def later(self, seconds: float) -> list[str]:
        self.clock.now += timedelta(seconds=seconds)
        return self.new()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader(clock: Clock) -> Iterator[Reader]:
    newsroom = Newsroom(clock)
    with served(Starlette(routes=newsroom.routes())) as url, httpx.Client(base_url=url, trust_env=False) as http:
        yield Reader(newsroom, clock, http)


def test_each_feed_begins_with_older_entries_and_a_child_prison_inspection_among_them(reader: Reader) -> None:
    titles = reader.new()
    assert len(titles) == 4
    assert any("HMYOI Wetherby" in title for title in titles)
    newest = max(datetime.fromisoformat(entry.updated) for entry in reader.feed(FeedKind.GOVERNMENT).entries)
    assert reader.clock.now - newest > timedelta(days=14)


def test_the_first_story_comes_within_seconds_of_the_first_message_and_the_rest_over_two_minutes(
    reader: Reader,
) -> None:
    reader.new()
    reader.newsroom.begin(reader.clock.now)
    assert reader.new() == []
    (first,) = reader.later(7)
    assert first.startswith("Sample: HMYOI ")
    assert len(reader.later(20)) == 1
    assert len(reader.later(25)) == 1
    (again,) = reader.later(25)
    assert "young offender institution" in again
    (sensitive,) = reader.later(30)
    assert "death of a boy" in sensitive
    assert reader.later(600) == []


def test_a_feed_that_was_never_polled_shows_only_its_history_even_after_the_start(reader: Reader) -> None:
    reader.newsroom.begin(reader.clock.now)
    assert len(reader.later(10)) == 4
    assert len(reader.later(0)) == 1


def test_a_second_first_message_changes_nothing(reader: Reader) -> None:
    reader.new()
    reader.newsroom.begin(reader.clock.now)
    reader.clock.now += timedelta(seconds=5)
    reader.newsroom.begin(reader.clock.now)
    assert len(reader.later(2)) == 1


def test_it_begins_by_itself_after_five_minutes(reader: Reader) -> None:
    reader.new()
    assert reader.later(299) == []
    assert reader.later(2) == []
    assert len(reader.later(7)) == 1


def test_every_entry_and_every_page_says_that_it_is_a_sample(reader: Reader) -> None:
    reader.new()
    reader.newsroom.begin(reader.clock.now)
    reader.later(200)
    for spec in reader.newsroom.feeds(str(reader.http.base_url)):
        for entry in reader.feed(spec.kind).entries:
            page = reader.http.get(entry.link)
            assert page.status_code == 200
            assert "Sample" in entry.title
            assert "Sample" in entry.summary.split(".")[0]
            assert "what is said about them here is invented" in page.text


def test_the_inspectorate_feed_has_the_shape_of_wordpress(reader: Reader) -> None:
    entry = reader.feed(FeedKind.INSPECTORATE).entries[0]
    assert "?post_type=hmipris_reports&p=" in entry.id
    assert "<p>" in entry.content[0].value
    assert "appeared first on" in entry.summary


def test_the_government_feed_has_the_shape_of_gov_uk(reader: Reader) -> None:
    entry = reader.feed(FeedKind.GOVERNMENT).entries[0]
    assert entry.id == f"{entry.link}#{entry.updated}"
    assert entry.title.startswith("Official Statistics: Sample")
    assert "published" not in entry


def test_the_newspaper_feed_has_the_shape_of_a_broadcaster(reader: Reader) -> None:
    parsed = reader.feed(FeedKind.NEWS)
    assert parsed.feed.ttl == "15"
    assert parsed.entries[0].id.endswith("#0")
    assert parsed.entries[0].link.endswith("?at_medium=RSS&at_campaign=rss")


def test_a_report_page_states_its_dates_and_its_grades_in_words(reader: Reader) -> None:
    entry = next(entry for entry in reader.feed(FeedKind.INSPECTORATE).entries if "Wetherby" in entry.title)
    page = reader.http.get(entry.link).text
    assert "Sample report on an unannounced inspection of HMYOI Wetherby by HM Chief Inspector of Prisons (" in page
    assert "purposeful activity had remained not sufficiently good" in page


def test_a_wordpress_guid_leads_to_its_page_and_a_report_has_a_chart(reader: Reader) -> None:
    number = history(NOON)[0].id
    moved = reader.http.get(f"/newsroom/inspectorate/?p={number}")
    assert moved.status_code == 301
    assert reader.http.get(moved.headers["location"]).status_code == 200
    chart = reader.http.get(f"/newsroom/charts/{number}.svg")
    assert chart.headers["content-type"].startswith("image/svg+xml")


@pytest.mark.parametrize("path", ["news/articles/none", "inspectorate/", "inspectorate/?p=1", "charts/1.svg"])
def test_a_page_that_was_never_written_is_not_found(reader: Reader, path: str) -> None:
    assert reader.http.get(f"/newsroom/{path}").status_code == 404


def test_a_later_story_has_no_page_yet(reader: Reader) -> None:
    slug = Edition(1, NOON).pieces()[0].slug
    assert reader.http.get(f"/newsroom/inspectorate/hmipris_reports/{slug}/").status_code == 404
    reader.newsroom.begin(reader.clock.now)
    reader.clock.now += timedelta(seconds=10)
    assert reader.http.get(f"/newsroom/inspectorate/hmipris_reports/{slug}/").status_code == 200


@pytest.mark.parametrize("known", ["etag", "weak etag", "date"])
def test_a_feed_that_did_not_change_is_answered_with_304(reader: Reader, known: str) -> None:
    first = reader.http.get("/newsroom/news/rss.xml")
    asked = {
        "etag": {"If-None-Match": first.headers["etag"]},
        "weak etag": {"If-None-Match": f'"other", W/{first.headers["etag"]}'},
        "date": {"If-Modified-Since": first.headers["last-modified"]},
    }[known]
    assert reader.http.get("/newsroom/news/rss.xml", headers=asked).status_code == 304
    reader.newsroom.begin(reader.clock.now)
    reader.clock.now += timedelta(seconds=90)
    assert reader.http.get("/newsroom/news/rss.xml", headers=asked).status_code == 200


@pytest.mark.parametrize("asked", [{"If-None-Match": '"other"'}, {"If-Modified-Since": "yesterday"}])
def test_a_copy_that_is_not_ours_is_sent_anew(reader: Reader, asked: dict[str, str]) -> None:
    assert reader.http.get("/newsroom/news/rss.xml", headers=asked).status_code == 200


def test_the_next_run_brings_another_story_keeps_the_old_pages_and_does_not_finish_the_old_edition(
    reader: Reader,
) -> None:
    reader.new()
    reader.newsroom.begin(reader.clock.now)
    (first,) = reader.later(10)
    old = next(entry for entry in reader.feed(FeedKind.INSPECTORATE).entries if entry.title == first)
    kept = json.loads(json.dumps(reader.newsroom.snapshot()))
    reader.clock.now += timedelta(hours=1)

    again = Newsroom(reader.clock)
    again.restore(kept)
    with served(Starlette(routes=again.routes())) as url, httpx.Client(base_url=url, trust_env=False) as http:
        next_run = Reader(again, reader.clock, http)
        assert sorted(next_run.new()) == sorted([first, *_old_titles(again)])
        again.begin(reader.clock.now)
        (second,) = next_run.later(10)
        assert second != first
        assert http.get(httpx.URL(old.link).path).status_code == 200
    assert [row["number"] for row in again.snapshot()["editions"]] == [1, 2]
    third = Newsroom(reader.clock)
    third.restore(again.snapshot())
    assert third.number == 3
    assert third.snapshot()["founded_at"] == kept["founded_at"]


def test_a_run_in_which_nobody_wrote_does_not_use_up_its_edition(clock: Clock) -> None:
    newsroom = Newsroom(clock)
    newsroom.restore(newsroom.snapshot())
    assert newsroom.number == 1


def test_neighbouring_editions_differ_in_place_and_all_differ_in_place_or_dates() -> None:
    told = [Edition(number, NOON).pieces()[0].words for number in range(1, 20)]
    assert all(one["place"] != other["place"] for one, other in pairwise(told))
    assert len({(words["place"], words["dates"]) for words in told}) == len(told)


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 8, 3), date(2026, 8, 14), "3–14 August 2026"),
        (date(2026, 9, 28), date(2026, 10, 9), "28 September – 9 October 2026"),
        (date(2026, 12, 28), date(2027, 1, 8), "28 December 2026 – 8 January 2027"),
    ],
)
def test_dates_are_written_as_the_inspectorate_does(first: date, last: date, written: str) -> None:
    assert written_dates(first, last) == written


def _old_titles(newsroom: Newsroom) -> list[str]:
    pieces = history(datetime.fromisoformat(newsroom.snapshot()["founded_at"]))
    return [f"{piece.label}: {piece.title}" if piece.label else piece.title for piece in pieces]
