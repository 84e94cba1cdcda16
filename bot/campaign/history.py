"""What the inspectorate's earlier full inspections graded, as the pack has it, with sources: for comparison only."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from bot.campaign.load import each, read_table
from bot.campaign.rows import Row
from bot.errors import CampaignError
from bot.model.finding import Grade, Grades

TESTS = ("safety", "care", "purposeful_activity", "resettlement")
DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A full inspection, known to the month or year: `last` is the last day that it can have taken place on.

    A grade that no source states is None, so are all of one whose grades no source that was seen states.
    """

    institution: str
    year: int
    last: date
    grades: Grades
    sources: tuple[str, ...] = ()


def find_previous(institution: str, before: date, *, pack: str = "child_prisons") -> tuple[Grades, int] | None:
    """The grades of the last full inspection that had ended by the day `before`, and its year.

    None where no inspection is known, or where none of the last one's grades is: an older one is not the previous.
    """
    earlier = [one for one in load_history(pack) if one.institution == institution and one.last < before]
    latest = max(earlier, key=lambda one: one.last, default=None)
    return (latest.grades, latest.year) if latest is not None and latest.grades != Grades() else None


@cache
def load_history(name: str = "child_prisons") -> tuple[Inspection, ...]:
    """The inspections that a pack knows of; raises CampaignError, which names the row, where its file is wrong."""
    return read_history(files("bot.campaign") / name)


def read_history(folder: Traversable) -> tuple[Inspection, ...]:
    """The inspections in a pack's folder; none where it has no grades.toml."""
    found = each(read_table(folder / "grades.toml", needed=False), "grades", inspection_of)
    refuse_twins(found)
    return found


def inspection_of(one: Row) -> Inspection:
    """A row: `inspected` is YYYY, YYYY-MM or YYYY-MM-DD, its last day as far as it is known; grades are 1 to 4."""
    last = last_day(one, one.text("inspected"))
    return Inspection(
        institution=one.text("institution"),
        year=last.year,
        last=last,
        grades=Grades(**{test: grade_of(one, test) for test in TESTS}),
        sources=one.texts("sources"),
    )


def last_day(one: Row, written: str) -> date:
    """The last day of a day, month or year."""
    parts = [int(part) for part in written.split("-") if part.isdigit()]
    year, month, day = (*parts, 0, 0, 0)[:3]
    try:
        month = month or DECEMBER
        return date(year, month, day or calendar.monthrange(year, month)[1])
    except (ValueError, IndexError):
        raise one.error(f"`inspected` must be YYYY, YYYY-MM or YYYY-MM-DD, not {written!r}") from None


def grade_of(one: Row, test: str) -> Grade | None:
    """A grade, or None where the row has none."""
    if test not in one.values:
        return None
    value = one.number(test)
    if value not in set(Grade):
        raise one.error(f"`{test}` must be 1, 2, 3 or 4")
    return Grade(int(value))


def refuse_twins(found: Sequence[Inspection]) -> None:
    """Raise CampaignError where one inspection is there twice."""
    seen: set[tuple[str, date]] = set()
    for one in found:
        if (one.institution, one.last) in seen:
            raise CampaignError(f"grades.toml: {one.institution} is there twice for {one.last}")
        seen.add((one.institution, one.last))
