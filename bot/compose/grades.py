"""Grades in lines: the test, its grade in words, and how that compares with the inspection before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Final

from bot.compose.text import Markup, fit
from bot.compose.wording import Wording
from bot.model.finding import Direction, Finding, Grade, Grades, Judgement
from bot.model.story import Earlier, Told

TESTS: Final = tuple(field.name for field in fields(Grades))
SUBJECT_LIMIT: Final = 120
JUDGEMENTS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One test: its grade, the one before with its year where that is known, and whether it is better or worse."""

    test: str
    grade: Grade | None
    before: Grade | None = None
    year: int | None = None
    direction: Direction | None = None


def compare_tests(told: Told | Finding, earlier: Earlier | None = None) -> tuple[Comparison, ...]:
    """The tests of which something is stated, in the inspectorate's order.

    What the page itself states comes first. `earlier` fills in only where the page is silent about the former grade,
    and not against its own word for the direction: sources that contradict each other are not mixed (rule 5).
    """
    compared = (compare_test(test, told, earlier) for test in TESTS)
    return tuple(one for one in compared if one.grade is not None or one.direction is not None)


def compare_test(test: str, told: Told | Finding, earlier: Earlier | None) -> Comparison:
    """One test, compared as far as the facts go."""
    grade = grade_of(told.grades, test)
    stated = dict(told.directions).get(test)
    for before, year in former_grades(test, told, earlier):
        direction = compare_grades(grade, before)
        if direction is not None and (stated is None or direction is stated):
            return Comparison(test=test, grade=grade, before=before, year=year, direction=direction)
    return Comparison(test=test, grade=grade, year=told.previous_year if stated else None, direction=stated)


def former_grades(
    test: str, told: Told | Finding, earlier: Earlier | None
) -> Iterable[tuple[Grade | None, int | None]]:
    """What the test may be compared with: by the page's word first, then by the campaign's history."""
    stated = grade_of(told.previous_grades, test)
    if stated is not None:
        return [(stated, told.previous_year)]
    return [(grade_of(earlier[0], test), earlier[1])] if earlier else []


def grade_of(grades: Grades | None, test: str) -> Grade | None:
    """One test's grade, if there is one."""
    grade: Grade | None = getattr(grades, test, None)
    return grade


def compare_grades(now: Grade | None, before: Grade | None) -> Direction | None:
    """Better, worse or the same; None where one of them is not known."""
    if now is None or before is None:
        return None
    if now == before:
        return Direction.SAME
    return Direction.BETTER if now > before else Direction.WORSE


def grade_lines(compared: Sequence[Comparison], wording: Wording) -> list[str]:
    """A block with a line per test; none where no test has anything to say."""
    return ["\n".join(grade_line(one, wording) for one in compared)] if compared else []


def grade_line(one: Comparison, wording: Wording) -> Markup:
    """A test with its grade and the comparison, in words beside every arrow."""
    test = wording(name_key(one.test))
    if one.grade is None:
        return wording("grade-line-direction", test=test, comparison=comparison(one, wording))
    grade = wording(f"grade-{one.grade.value}")
    if one.direction is None:
        return wording("grade-line", test=test, grade=grade)
    return wording("grade-line-compared", test=test, grade=grade, comparison=comparison(one, wording))


def comparison(one: Comparison, wording: Wording) -> Markup:
    """Better or worse than what, or the same as when, as far as it is known."""
    direction, year = (one.direction or Direction.SAME).value, str(one.year)
    if one.before is None or one.direction is Direction.SAME:
        return wording(f"stated-{direction}-year", year=year) if one.year else wording(f"stated-{direction}")
    change, before = wording(f"change-{direction}"), wording(f"grade-{one.before.value}")
    if one.year is None:
        return wording("compared-before", change=change, before=before)
    return wording("compared-year", change=change, year=year, before=before)


def name_key(test: str) -> str:
    """The key of a test's name."""
    return f"test-{test.replace('_', '-')}"


def judgement_lines(judgements: Sequence[Judgement], wording: Wording) -> list[str]:
    """Ofsted's judgements in Ofsted's own words, a line each."""
    lines = [judgement_line(one, wording) for one in judgements[:JUDGEMENTS]]
    return ["\n".join([wording("judged-by-ofsted"), *lines])] if lines else []


def judgement_line(one: Judgement, wording: Wording) -> Markup:
    """What was judged, and the word for it."""
    overall = one.subject.strip().lower() in {"", "overall"}
    subject = (
        wording("judged-overall") if overall else Markup(fit(wording("judged", subject=one.subject), SUBJECT_LIMIT))
    )
    word = Markup(fit(wording("judged", subject=one.word.lower()), SUBJECT_LIMIT))
    return wording("judgement-line", subject=subject, word=word)
