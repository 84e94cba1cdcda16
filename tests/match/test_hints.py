"""Bare names that a child prison shares with a town: who speaks, and of what, tells which is meant."""

from datetime import UTC, datetime

import pytest

from bot.match import Matcher
from bot.model.entry import Entry
from bot.model.feed import FeedKind
from bot.model.story import Outcome
from tests.match.conftest import Judge

OURS = [
    "Boys at Werrington too scared to go to lessons, inspectors say",
    "Inspectors find 'good progress' on return to Werrington",
    "Full report on Oakhill published",
    "Self-harm up at Parc's unit for children",
    "Feltham’s boys spend 22 hours a day alone",
    "Officers charged over alleged abuse of children at Oakhill",
    "Guards at Feltham suspended over treatment of boys",
    "Parc boys say they feel safe, inspectors told",
    "Wetherby's boys 'betrayed', report says",
    "Parents plead for answers over sons at Werrington",
    "MPs condemn treatment of children at MTC-run Rainsbrook centre",
    "HMP/YOI Feltham: independent monitoring board publishes annual report",
    "Werrington lads are banged up for 22 hours",
]
THE_TOWN = [
    "Boys at Werrington academy too scared to go to lessons after bullying",
    "Ofsted inspectors find progress at Wetherby High School",
    "Fire inspectors return to Feltham warehouse",
    "Man charged with abuse of children in Feltham",
    "Teacher charged over alleged abuse of children at Oakhill Academy",
    "Care home in Wetherby criticised by inspectors over medicines",
    "Self-harm up at HMP Parc, inspectors say",
    "Center Parcs: children hurt on slide",
    "Three hurt in Wetherby as inspectors look on",
    "Wetherby's children failed by social services",
    "Parents' fears for sons walking to Werrington school",
    "Wetherby boys let down by referee in cup final",
    "HMP/YOI Feltham B: monitoring board publishes annual report",
    "Rainsbrook youth justice service praised for work with children",
]


@pytest.mark.parametrize("title", OURS)
def test_a_bare_name_with_inspectors_or_held_children_is_never_ignored(judge: Judge, title: str) -> None:
    verdict = judge(title)
    assert verdict.outcome is not Outcome.IGNORE
    assert verdict.institutions


@pytest.mark.parametrize("title", THE_TOWN)
def test_what_any_town_has_is_not_the_prison(judge: Judge, title: str) -> None:
    assert judge(title).outcome is Outcome.IGNORE


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Children in custody 2021-22: more say they feel unsafe", ""),
        ("Youth justice statistics: numbers fall", "On average 440 children were held in custody in the year."),
        ("Jail to lose its teenagers", "The Youth Justice Board is to withdraw 248 places."),
        ("18-year-olds to move sooner", "Young people in YOIs will be moved to adult prisons at 18."),
    ],
)
def test_who_speaks_of_all_who_are_held_names_no_place(judge: Judge, title: str, summary: str) -> None:
    assert judge(title, summary).outcome is Outcome.ALERT


@pytest.mark.parametrize("term", ["YCS", "Healthy establishment tests", "Enhanced support units"])
def test_a_word_of_the_trade_beside_children_is_looked_at(judge: Judge, term: str) -> None:
    assert judge(f"{term}: what children say of staff").outcome is not Outcome.IGNORE


def test_official_statistics_of_youth_justice_are_looked_at(matcher: Matcher) -> None:
    entry = Entry(id="1", url=None, title="Youth justice statistics: 2023 to 2024", source="GOV.UK")
    assert matcher.judge(entry).outcome is not Outcome.IGNORE


@pytest.mark.parametrize(
    ("summary", "day", "outcome"),
    [
        ("Independent review of progress", datetime(2024, 6, 11, tzinfo=UTC), Outcome.ALERT),
        ("Inspected 2-12 April 2024", datetime(2025, 6, 11, tzinfo=UTC), Outcome.ALERT),
        ("Inspected 3-13 March 2025", datetime(2025, 6, 11, tzinfo=UTC), Outcome.IGNORE),
        ("Inspection report", datetime(2025, 6, 11, tzinfo=UTC), Outcome.IGNORE),
        ("Inspection report", None, Outcome.REVIEW),
        ("A new canteen", datetime(2024, 6, 11, tzinfo=UTC), Outcome.IGNORE),
    ],
)
def test_a_report_on_a_place_before_it_changed_comes_after_it_changed(
    judge: Judge, summary: str, day: datetime | None, outcome: Outcome
) -> None:
    verdict = judge("HMP Cookham Wood", summary, published_at=day, kind=FeedKind.NEWS)
    assert verdict.outcome is outcome
