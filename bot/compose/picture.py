"""Whether a chart of the grades helps an alert, and the words for it."""

from typing import Final

from bot.compose.alert import NameOf, compose_caption
from bot.compose.grades import Comparison, compare_tests, name_key
from bot.compose.wording import Wording
from bot.model.chart import ChartRow, GradeChart
from bot.model.finding import Grade
from bot.model.story import Told

FEWEST_COMPARED: Final = 2


def choose_chart(told: Told, wording: Wording, name_of: NameOf) -> GradeChart | None:
    """The chart of a graded report of one place that compares at least two tests, if the words fit as its caption.

    None where it would not help, and about a death.
    """
    compared = [one for one in compare_tests(told, told.earlier) if one.grade is not None]
    if (
        told.mourning
        or len(told.institutions) != 1
        or sum(one.before is not None for one in compared) < FEWEST_COMPARED
    ):
        return None
    if compose_caption(told, wording, name_of) is None:
        return None
    years = {one.year for one in compared if one.before is not None}
    year = next(iter(years)) if len(years) == 1 else None
    grades = [wording.plain(f"grade-{grade.value}") for grade in Grade]
    return GradeChart(
        title=name_of(told.institutions[0]),
        rows=tuple(chart_row(one, wording) for one in compared),
        scale=(grades[0], grades[1], grades[2], grades[3]),
        before=wording.plain("chart-year", year=str(year)) if year else wording.plain("chart-before"),
        now=wording.plain("chart-now"),
    )


def chart_row(one: Comparison, wording: Wording) -> ChartRow:
    """A test as the chart shows it."""
    words = wording.plain(f"chart-{one.direction.value}") if one.direction and one.before else ""
    return ChartRow(name=wording.plain(name_key(one.test)), words=words, grade=one.grade or 0, before=one.before)
