"""Which kind of event an entry tells, and when it was written: what decides between two stories of one place."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.campaign.pack import Official
from bot.match import Matcher
from bot.match.cluster import choose_story
from bot.match.writing import Writing
from bot.model.feed import FeedKind
from bot.model.story import Traces
from tests.match.conftest import entry_with
from tests.match.test_cluster import traces

KINDS = """
judgment|Appeal court bans painful restraint of children in custody
judgment|Court of Appeal quashes restraint rules for secure training centres after the death of Gareth Myatt
judgment|Charity takes ministers to court over pepper spray in children's prisons
policy/spray|Pepper spray to be used in young offender institutions
policy/pain|Staff in youth jails told to stop inflicting pain on children
committee|MPs and peers want an end to painful restraint of children in custody
committee|Committee calls for change in youth detention
committee|Failings at Rainsbrook STC shock MPs, who want it taken in house
contract|Rainsbrook STC to be taken over by government
closure|Youth Justice Board to decommission Ashfield YOI
imb_report|Monitors call for boys to be moved from Wetherby YOI
inspection|Oakhill STC rated inadequate
inspection/survey|Half of children in custody feel unsafe, annual survey finds
review_found|Taylor review of youth custody: its recommendations
policy/college|Plan for secure college dropped
"""


def trace(matcher: Matcher, title: str, summary: str = "", **more: Any) -> Traces:
    entry = entry_with(title, summary, **more)
    return matcher.trace(entry, matcher.judge(entry))


@pytest.mark.parametrize("line", KINDS.strip().splitlines())
def test_whoever_acts_is_told_before_what_it_is_about(matcher: Matcher, line: str) -> None:
    kind, _, title = line.partition("|")
    assert trace(matcher, title).kind == kind


def test_what_an_inspectorate_says_of_a_place_is_an_inspection_unless_its_words_say_what_else(matcher: Matcher) -> None:
    title = "HMYOI Parc: top performance across the board"
    assert trace(matcher, title).kind == ""
    assert trace(matcher, title, kind=FeedKind.INSPECTORATE).kind == "inspection"
    assert trace(matcher, "Children in custody: a speech", kind=FeedKind.INSPECTORATE).kind == ""


def test_the_number_of_a_law_or_of_a_charity_called_so_is_no_figure(matcher: Matcher) -> None:
    found = trace(matcher, "Article 39 calls for an end to child imprisonment", "Section 250 sentences; 583 conflicts.")
    assert found.numbers == ("583 conflicts",)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("bo day says so", date(2020, 1, 1), None),
        ("bo day's review of it", None, None),
        ("the year ending march 2023", date(2023, 1, 1), date(2023, 3, 1) + timedelta(days=396)),
        ("in the year to 31 december 2021", date(2021, 1, 1), date(2021, 12, 1) + timedelta(days=396)),
        ("in a year to remember", None, None),
    ],
)
def test_an_earlier_work_dates_no_text_and_a_year_that_is_counted_does(
    text: str, since: date | None, until: date | None
) -> None:
    officials = (Official(name="Bo Day", since=date(2020, 1, 1), unless=("Day’s review",)),)
    assert Writing(officials).span(text, (), None) == (since, until)


REPORT: dict[str, Any] = {"seldom": True, "words": ("alarm", "door", "kitchen", "roof", "x")}


def test_an_undated_report_that_says_what_a_story_says_belongs_to_it_whatever_report_it_is_called() -> None:
    told = [traces(0, kind="warning", **REPORT)]
    choice = choose_story(traces(None, kind="inspection", **REPORT), [(7, told)])
    assert (choice.story_id, choice.reason) == (7, "it says what the story says: alarm, door, kitchen, roof")


@pytest.mark.parametrize(
    ("why", "asked"),
    [
        ("a turn", traces(None, kind="inspection", turn_of=("warning",), **REPORT)),
        ("no report", traces(None, kind="riot", words=REPORT["words"])),
        ("with a day", traces(20, kind="inspection", **REPORT)),
        ("another place", traces(None, "", kind="inspection", **REPORT)),
        ("too little", traces(None, kind="inspection", seldom=True, words=("alarm", "door", "roof"))),
        ("much else", traces(None, kind="inspection", seldom=True, words=(*REPORT["words"][:4], *"abcdef"))),
    ],
)
def test_what_only_resembles_a_report_begins_alone(why: str, asked: Traces) -> None:
    assert choose_story(asked, [(7, [traces(0, kind="warning", **REPORT)])]).story_id is None, why


def test_words_that_several_outlets_say_are_the_story_s_own() -> None:
    told = [traces(number, "", kind="report/heat", words=("alarm", "door", str(number))) for number in (0, 1)]
    asked: dict[str, Any] = {"kind": "report", "everywhere": True}
    assert choose_story(traces(None, "", words=("alarm", "door", *"abc"), **asked), [(7, told)]).story_id == 7
    assert choose_story(traces(None, "", words=("alarm", "0", *"abc"), **asked), [(7, told)]).story_id is None


def test_headlines_of_one_kind_need_be_less_alike_where_no_place_tells() -> None:
    title, other = ("court", "rejects", "long", "appeal", "boys"), ("court", "dismisses", "long", "appeal", "boys")
    first = traces(0, "", kind="judgment", title=title, words=("appeal",))
    assert choose_story(traces(None, "", kind="judgment", title=other, words=("appeal",)), [(7, [first])]).story_id == 7
    assert choose_story(traces(None, "", kind="x", title=other, words=("appeal",)), [(7, [first])]).story_id is None
    assert choose_story(traces(None, "", kind="judgment", title=other), [(7, [first])]).story_id is None


def test_two_years_statistics_are_two_stories(matcher: Matcher) -> None:
    day = datetime(2025, 1, 30, tzinfo=UTC)
    known = trace(matcher, "Youth justice statistics: 2023 to 2024", kind=FeedKind.GOVERNMENT, published_at=day)
    words = "Some 440 children were held in custody in the year ending March 2023."
    asked = trace(matcher, "Youth justice statistics: numbers fall again", words, published_at=None)
    assert choose_story(asked, [(7, [known])]).story_id is None
