"""A second pack, about floods, does everything that the first does: the code knows neither subject."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import bot
from bot.match import Matcher
from bot.model.feed import FeedKind
from bot.model.story import Outcome
from tests.match.conftest import Judge, entry_with

OFFICE = {"kind": FeedKind.GOVERNMENT}


def test_the_code_of_matching_has_no_word_of_the_campaign() -> None:
    spoken = re.compile(
        r"prison|\bjails?\b|custod|detention|inmate|offender|\byois?\b|secure (?:training|school)|feltham|wetherby",
        re.IGNORECASE,
    )
    code = {path.name: path.read_text("utf-8") for path in (Path(bot.__file__).parent / "match").glob("*.py")}
    assert {name: spoken.findall(text) for name, text in code.items() if spoken.search(text)} == {}


def test_a_place_and_a_warning_make_an_alert_with_topic_and_nation(judge_flood: Judge) -> None:
    verdict = judge_flood("Severe flood warning for the River Severn")
    assert verdict.outcome is Outcome.ALERT
    assert (verdict.institutions, verdict.topics, verdict.nation) == (("severn",), ("warnings",), "England")


def test_a_weak_name_needs_words_beside_it_and_they_must_be_close(judge_flood: Judge) -> None:
    assert judge_flood("The Severn rises").outcome is Outcome.IGNORE
    assert judge_flood("The Severn burst its banks").score == 2
    assert judge_flood("The Severn ran high all day before it had burst any of its banks").score == 1


def test_a_longer_phrase_hides_what_is_in_it(judge_flood: Judge) -> None:
    assert judge_flood("Severn bank holiday").score == 0
    assert judge_flood("Severn Trent sends flood bills to river homes").institutions == ()


def test_an_end_and_a_look_back(judge_flood: Judge) -> None:
    assert judge_flood("Flood warning at the Old Canal").institutions == ()
    assert judge_flood("Flood warning at the Old Canal, once a harbour").institutions == ("old-canal",)
    assert judge_flood("Flood warning: the canal is flooded", published_at=None).institutions == ()
    assert judge_flood("Old Canal", published_at=None).score == 1
    before = datetime(1998, 1, 1, tzinfo=UTC)
    assert judge_flood("Old Canal", published_at=before).institutions == ("old-canal",)
    assert judge_flood("The canal has flooded", published_at=before).institutions == ("old-canal",)


def test_elsewhere_is_not_ours(judge_flood: Judge) -> None:
    assert judge_flood("Severe flood warning on the Rhine").outcome is Outcome.IGNORE
    assert judge_flood("Severe flood warning in Germany").outcome is Outcome.IGNORE
    assert judge_flood("Severe flood warning in Germany and on the River Severn").outcome is Outcome.ALERT


def test_a_nation_can_be_told_by_words(judge_flood: Judge) -> None:
    assert judge_flood("Flood warning, once more").nation == "Wales"


@pytest.mark.parametrize(
    ("more", "score"),
    [
        ({"kind": None, "source": "Flood Office", "categories": ("Flooding",)}, 2),
        ({"kind": None, "url": "https://www.floods.example/warnings/floods-now"}, 2),
        ({"kind": None, "url": "https://other.example/warnings/floods-now"}, 0),
        ({"kind": None}, 0),
    ],
)
def test_the_source_is_known_by_name_or_address(floods: Matcher, more: dict[str, object], score: float) -> None:
    assert floods.judge(entry_with("A long title with nothing in it", "", **more)).score == score


def test_a_silent_entry_is_decided_by_its_page(judge_flood: Judge) -> None:
    page = "The River Severn has flooded. A severe flood warning is out. Stay away. A man drowned."
    assert judge_flood("Now", **OFFICE).outcome is Outcome.REVIEW
    assert judge_flood("Now", page="Tea. Cake. Jam.", **OFFICE).outcome is Outcome.IGNORE
    verdict = judge_flood("Now", page=page, **OFFICE)
    assert (verdict.outcome, verdict.sensitive_reason) == (Outcome.ALERT, "death")


def test_a_pack_without_ages_holds_nobody_for_an_age(judge_flood: Judge) -> None:
    assert not judge_flood("Severe flood warning for the River Severn, says Sam, 15, of Bewdley").sensitive


def test_a_national_kind_is_only_for_what_names_no_place(floods: Matcher) -> None:
    for title, kind in (("Flood warning", "national_warning"), ("Flood warning: River Severn", "river_warning")):
        entry = entry_with(title)
        assert floods.trace(entry, floods.judge(entry)).kind == kind
