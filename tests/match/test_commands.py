"""`match` and `cluster`: lines in, lines out, and nothing lost."""

import json
from datetime import UTC, datetime

import pytest

from bot.errors import ParseError
from bot.match import Matcher
from bot.match.commands import cluster_lines, entry_of, match_line, match_lines, read_day
from bot.model.feed import FeedKind


def line(**values: object) -> str:
    return json.dumps(values)


def test_a_line_has_what_the_contract_names(matcher: Matcher) -> None:
    told = match_line(matcher, {"id": "a", "title": "HMYOI Werrington inspected", "published": None, "label": "x"})
    assert {"id", "verdict", "score", "topics", "institutions", "sensitive", "evidence"} <= told.keys()
    assert (told["id"], told["verdict"], told["institutions"]) == ("a", "alert", ["werrington"])
    assert told["evidence"][0]["words"] == "names a child prison: hmyoi werrington"
    json.dumps(told)


def test_a_line_that_is_not_json_is_named_and_loses_nothing_else() -> None:
    lines = [line(id=1, title="HMYOI Parc"), "\n", "{", "[]", "[" * 100_000, line(id=2, title="Tea")]
    told = match_lines(lines)
    assert [next(told)["id"], next(told)["id"]] == [1, 2]
    with pytest.raises(ParseError, match=r"line 3 is not JSON: .*; line 4 is not a JSON object; line 5 is not JSON"):
        next(told)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024", datetime(2024, 1, 1, tzinfo=UTC)),
        (2024, datetime(2024, 1, 1, tzinfo=UTC)),
        ("2024-07", datetime(2024, 7, 1, tzinfo=UTC)),
        ("2024-07-18", datetime(2024, 7, 18, tzinfo=UTC)),
        ("2024-07-18T10:00:00+01:00", datetime(2024, 7, 18, 9, tzinfo=UTC)),
        ("2024-07-18T10:00:00Z", datetime(2024, 7, 18, 10, tzinfo=UTC)),
        (None, None),
        ("", None),
        ("18 July 2024", None),
        ([], None),
        (1.5, None),
        ("2024-13", None),
        ("2024-07-99", None),
        ("0001-01-01T00:00:00+05:00", None),
    ],
)
def test_a_date_is_read_in_each_form_and_anything_else_is_none(value: object, day: datetime | None) -> None:
    assert read_day(value) == day


def test_what_is_missing_or_of_no_use_is_empty() -> None:
    entry = entry_of({"title": None, "url": 3, "categories": "x", "kind": "blog"})
    assert (entry.id, entry.title, entry.url, entry.kind, entry.categories) == ("", "", None, None, ())
    assert entry_of({"kind": "news", "categories": ["a", 1]}).kind is FeedKind.NEWS
    assert entry_of({"kind": ["news"]}).kind is None


def test_stories_are_told_in_the_order_given_and_what_is_not_ours_has_none() -> None:
    lines = [
        line(id="later", title="Werrington YOI: boys locked up, inspectors find", published="2026-07-29"),
        line(id="first", title="HMYOI Werrington: report of inspection", published="2026-07-28"),
        line(id="other", title="Oakhill secure training centre criticised", published="2026-07-28"),
        line(id="tea", title="Tea", published="2026-07-28"),
        line(id="undated", title="HMYOI Wetherby: calm"),
    ]
    told = {one["id"]: one for one in cluster_lines(lines)}
    assert list(told) == ["later", "first", "other", "tea", "undated"]
    assert told["later"]["story"] == told["first"]["story"] == 1
    assert told["later"]["reason"] == "werrington, 1 days apart"
    assert (told["other"]["story"], told["tea"]["story"], told["undated"]["story"]) == (2, None, 3)


def test_the_undated_are_told_after_the_dated_and_the_surest_first() -> None:
    doors = "HMYOI Werrington: alarms and doors in the kitchen fail, inspectors find"
    lines = [
        line(id="bridged", title="HMYOI Werrington: kitchen left cold, roof in pieces, inspectors find"),
        line(id="alone", title="HMYOI Wetherby: calm"),
        line(id="bridge", title="HMYOI Werrington: alarms, doors, kitchen left cold, inspectors find"),
        line(id="alike", title=f"{doors} once more"),
        line(id="dated", title=doors, published="2026-07-28"),
    ]
    told = {one["id"]: one for one in cluster_lines(lines)}
    assert [told[name]["story"] for name in ("dated", "alike", "bridge", "bridged", "alone")] == [1, 1, 1, 1, 2]
    assert told["bridged"]["reason"] == "werrington, inspection, in like words"


def test_an_entry_that_a_story_loses_looks_for_another() -> None:
    lines = [
        line(id="a", title="HMYOI Werrington: alarms, doors, kitchen fail", published="2026-07-28"),
        line(id="b", title="HMYOI Werrington: inspectors find alarms, doors, kitchen, roof in pieces (1-9 May 2026)"),
        line(id="c", title="HMYOI Werrington: alarms, doors, kitchen (1-9 June 2026)"),
    ]
    told = {one["id"]: one["story"] for one in cluster_lines(lines)}
    assert len(set(told.values())) > 1


def test_a_month_stands_for_its_middle_and_a_year_for_its_bounds() -> None:
    title = "HMYOI Werrington: alarms and doors in the kitchen fail, inspectors find"
    lines = [
        line(id="day", title=title, published="2026-07-28"),
        line(id="month", title=title, published="2026-07"),
        line(id="year", title=title, published="2026"),
        line(id="then", title=title, published="2024"),
    ]
    told = {one["id"]: one["story"] for one in cluster_lines(lines)}
    assert told["day"] == told["month"] == told["year"] != told["then"]


def test_cluster_names_bad_lines_at_the_end() -> None:
    with pytest.raises(ParseError, match="line 1 is not JSON"):
        list(cluster_lines(["nope"]))
