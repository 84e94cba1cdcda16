"""A place's inspections by the inspectorate of prisons, out of the campaign's records and out of what was published."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.campaign.history import Inspection
from bot.compose.grades import TESTS, compare_grades, grade_of
from bot.model.finding import Direction, Finding, Grades
from bot.model.story import Told


def merge_inspections(place_id: str, history: Iterable[Inspection], told: Iterable[Told]) -> list[Inspection]:
    """All of one place's, the newest first.

    What a published report says of an inspection stands for what the records have of the same one.
    """
    ours = sorted((one for one in history if one.institution == place_id), key=lambda one: one.last)
    reported = [one for story in told for one in read_inspections(place_id, story)]
    merged: dict[date, Inspection] = {}
    for first, one in sorted(reported, key=lambda pair: pair[1].last):
        same = next((other for other in ours if other.last >= first and other.year == one.year), None)
        ours = [other for other in ours if other is not same]
        merged.setdefault(one.last, one)
    return sorted([*ours, *merged.values()], key=lambda one: one.last, reverse=True)


def read_inspections(place_id: str, told: Told) -> Iterator[tuple[date, Inspection]]:
    """The graded inspections of the place that a story tells of, each after its first day.

    A story about several places grades each in a part of its own, or none of them. Invented ones grade nobody.
    """
    if told.sample:
        return
    own: Sequence[Told | Finding] = [told] if told.institutions == (place_id,) else []
    for one in (*own, *(part for part in told.parts if part.institutions == (place_id,))):
        if one.inspection_dates is not None and one.grades is not None and one.grades != Grades():
            first, last = one.inspection_dates
            sources = tuple(filter(None, [told.url]))
            yield (
                first,
                Inspection(institution=place_id, year=last.year, last=last, grades=one.grades, sources=sources),
            )


def is_graded(one: Inspection) -> bool:
    """Whether any of its grades is known."""
    return one.grades != Grades()


def change_of(test: str, one: Inspection, before: Inspection | None) -> Direction | None:
    """What became of a test since the inspection before; None where one of the two grades is not known."""
    return compare_grades(grade_of(one.grades, test), grade_of(before.grades, test)) if before else None


def stated_tests(one: Inspection) -> list[str]:
    """The tests whose grade is known, in the inspectorate's order."""
    return [test for test in TESTS if grade_of(one.grades, test) is not None]
