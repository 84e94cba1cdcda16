"""A finding: what a report or article says, structured; only what its source states."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum


class Grade(IntEnum):
    """The inspectorate's four-point scale for healthy prison outcomes (HM Inspectorate of Prisons, Expectations)."""

    POOR = 1
    NOT_SUFFICIENTLY_GOOD = 2
    REASONABLY_GOOD = 3
    GOOD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """The four healthy-prison tests for children; None where the page does not state one (DESIGN.md rule 5)."""

    safety: Grade | None = None
    care: Grade | None = None
    purposeful_activity: Grade | None = None
    resettlement: Grade | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one page says. `summary` are verbatim sentences of it; `numbers` its figures with their nouns."""

    title: str
    kind: str = "news"
    institutions: tuple[str, ...] = ()
    inspection_dates: tuple[date, date] | None = None
    grades: Grades | None = None
    previous_grades: Grades | None = None
    summary: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    text: str = ""
