from dataclasses import replace
from datetime import date

import pytest

from bot.campaign.history import Inspection
from bot.campaign.pack import Institution, Scope
from bot.compose import LIMIT, Wording, visible_length
from bot.compose.paging import LAST_PAGE, PAGE, compose_page
from bot.compose.places import Known, compose_choice, compose_groups, compose_place, group_places
from bot.model.finding import Finding, Grade, Grades, Judgement
from bot.model.story import Told
from tests.builders import NOON

WORDING = Wording.load("en")
TODAY = NOON.date()
PLACE = Institution(id="here", name="HMYOI Here", type="under-18 YOI", nation="England")
TOLD = Told(title="Here & now", url="https://x.example/1", source="Inspectorate", published_at=NOON, first_seen_at=NOON)
POOR = Grades(safety=Grade.POOR, care=Grade.GOOD)


def told_of(place: Institution, known: Known | None = None) -> str:
    return compose_place(place, known or Known(), WORDING, TODAY).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Children are held here now"),
        ({"until": date(2027, 1, 1)}, "Children are held here now"),
        ({"until": date(2024, 5, 31)}, "that ended in 2024 at the latest"),
        ({"paused": date(2025, 8, 31)}, "for the time being (since 2025)"),
        ({"opened": date(2027, 3, 1)}, "It is to open on 1 March 2027"),
    ],
)
def test_a_place_says_whether_it_holds_children(changes: dict[str, date], said: str) -> None:
    assert said in told_of(replace(PLACE, **changes))  # type: ignore[arg-type]


def test_a_place_says_what_it_is_and_that_nothing_is_known() -> None:
    assert told_of(PLACE).startswith("<b>HMYOI Here</b>\nYoung offender institution for under-18s, England\n")
    assert told_of(PLACE).endswith("Nothing about it has come through this bot yet.")
    assert "\ncastle\n" in told_of(replace(PLACE, type="castle", nation=None))


def test_the_newest_grades_stand_beside_those_before_and_the_records_with_their_sources() -> None:
    graded = replace(TOLD, institutions=("here",), grades=POOR)
    then = Grades(safety=Grade.GOOD)
    sourced = Inspection(
        institution="here", year=2023, last=date(2023, 5, 1), grades=then, sources=("https://s.example/a", "no")
    )
    bare = Inspection(institution="here", year=2019, last=date(2019, 5, 1), grades=POOR)
    silent = Inspection(institution="here", year=2024, last=date(2024, 5, 1), grades=Grades())
    known = Known(graded=graded, earlier=(then, 2023), history=[bare, silent, sourced], newest=[graded])
    text = told_of(PLACE, known)
    assert "Safety: <b>poor</b> ↓\u00a0worse (2023: good)" in text
    assert '2023: Safety good (source <a href="https://s.example/a">1</a>)\n2019: Safety poor; Care good' in text
    assert "2024" not in text


def test_ofsteds_words_and_a_part_of_a_digest_are_told_of_the_place_itself() -> None:
    part = Finding(title="", institutions=("here",), judgements=(Judgement(subject="overall", word="inadequate"),))
    text = told_of(PLACE, Known(graded=replace(TOLD, parts=(part,), grades=POOR)))
    assert "<b>inadequate</b>" in text
    assert "Safety" not in text


def test_however_much_is_known_one_message_holds_it_and_a_block_that_does_not_fit_is_left_out() -> None:
    long = replace(TOLD, title="x" * 900, source="y" * 900)
    judged = tuple(Judgement(subject="s" * 200, word="w" * 200) for _ in range(9))
    known = Known(graded=replace(long, judgements=judged), newest=[long] * 9, history=[])
    grown = [Inspection(institution="here", year=y, last=date(y, 1, 1), grades=POOR) for y in range(2000, 2020)]
    assert visible_length(told_of(PLACE, replace(known, history=grown))) <= LIMIT
    huge = replace(PLACE, name="n" * 3000)
    assert visible_length(told_of(huge, known)) <= LIMIT


def test_open_places_come_first_by_kind_and_those_that_are_none_of_ours_not_at_all() -> None:
    closed = replace(PLACE, id="gone", until=date(2013, 1, 1))
    other = replace(PLACE, id="other", scope=Scope.OTHER)
    groups = group_places([closed, PLACE, other], TODAY)
    assert {name: [one.id for one in places] for name, places in groups.items()} == {
        "under-18-yoi": ["here"],
        "closed": ["gone"],
    }
    assert group_places([PLACE], TODAY).keys() == {"under-18-yoi"}
    labels = [row[0].label for row in compose_groups([closed, PLACE], WORDING, TODAY).buttons]
    assert labels == ["Young offender institution for under-18s (1)", "No children any more (1)"]
    assert [row[0].action for row in compose_choice(WORDING("place-several"), [PLACE], WORDING).buttons] == [
        "place:here",
        "places",
    ]


def test_a_page_turns_both_ways_and_says_so_where_a_button_cannot() -> None:
    heading = WORDING("latest-heading")
    many = [replace(TOLD, title="t" * 400, source="s" * 400)] * (PAGE + 1)
    middle = compose_page(many, WORDING, heading, 1, lambda page: f"new:{page}:x")
    assert [(button.label, button.action) for button in middle.buttons[0]] == [
        ("Newer", "new:0:x"),
        ("Older", "new:2:x"),
    ]
    assert visible_length(middle.text) <= LIMIT
    assert middle.text.count("<b>t") == PAGE
    mute = compose_page(many, WORDING, heading, 0, lambda _: "é" * 33)
    assert mute.buttons == ()
    assert "more than fits here" in mute.text
    last = compose_page(many, WORDING, heading, LAST_PAGE, lambda page: f"new:{page}:x")
    assert [button.label for button in last.buttons[0]] == ["Newer"]
    assert compose_page([TOLD], WORDING, heading, 0, str).buttons == ()
