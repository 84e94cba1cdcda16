"""A grade that the page does not state of its own place is never given."""

from pathlib import Path

import pytest

from bot.model.finding import Grade, Grades
from bot.reading.focus import Focus
from tests.reading.pages import FILLER, LEXICON, read
from tests.reading.test_grades import grades

PUBLISHED = '<meta property="article:published_time" content="2030-06-01T10:00:00Z">'
HERE = Path(__file__).parent


def rows(name: str) -> list[tuple[str, ...]]:
    """The lines of a table beside this file, cut at its bars."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [tuple(part.strip() for part in line.split("|")) for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("title", "said"), rows("not_grades.txt"))
def test_what_is_said_of_others_or_not_said_is_no_grade(title: str, said: str) -> None:
    found = read(title, *said.split(" // "), FILLER, head=PUBLISHED)
    assert (found.grades, found.previous_grades) == (None, None)


@pytest.mark.parametrize(("now", "before", "said"), rows("are_grades.txt"))
def test_a_neighbour_beside_it_hides_no_grade(now: str, before: str, said: str) -> None:
    title = "HMYOI Feltham A" if "Feltham" in said else "HMYOI Werrington"
    found = read(title, said, FILLER, head=PUBLISHED)
    assert (found.grades, found.previous_grades) == (grades(now), grades(before))


def test_a_chart_of_a_neighbour_is_not_read() -> None:
    chart = '<img src="c.png" alt="Bar chart of outcomes at {} in 2030: safety remained poor and care was good.">'
    assert read("HMYOI Feltham A", chart.format("Feltham B"), FILLER).grades is None
    own = read("HMYOI Feltham A", chart.format("Feltham A"), FILLER).grades
    assert own == Grades(safety=Grade.POOR, care=Grade.GOOD)


def test_a_text_comes_back_to_its_place_by_naming_it() -> None:
    focus = Focus("feltham-a", "HMYOI Feltham A", LEXICON)
    assert focus.keep(["At Feltham B it was worse.", "Safety was poor."]) == ["", ""]
    assert focus.keep(["Care was good."]) == [""]
    assert focus.keep(["Feltham A was better.", "Care was good."]) == ["Feltham A was better.", "Care was good."]
    assert focus.keep(["Fewer boys came than to Dartford, unlike at Dartford.", "Care was poor."]) == ["", ""]
    assert focus.keep(["Care was good."]) == ["Care was good."]


def test_what_runs_on_for_ever_states_nothing() -> None:
    assert read("HMYOI Werrington", "outcomes in safety were poor and " * 2000, FILLER).grades is None
