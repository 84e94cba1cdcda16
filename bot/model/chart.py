"""Charts, in words and numbers only: what bot.charts draws."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    """One test: its name, what became of it in words, its grade and the one before (1 to 4; None: not known)."""

    name: str
    words: str
    grade: int
    before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeChart:
    """`scale` names the four grades from the lowest; `before` and `now` are the legend's words for the two marks."""

    title: str
    rows: tuple[ChartRow, ...]
    scale: tuple[str, str, str, str]
    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One grade in a table: 1 to 4 (None: not known), its name, and a sign for what became of it."""

    grade: int | None
    words: str
    sign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row of grades, a cell per column; `note` stands small below its name."""

    name: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeTable:
    """Grades side by side: of several places, or of one place's inspections. `legend` says what the signs mean."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    legend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One figure of a series: where it lies among the years, what stands below it and above it.

    Without a `value` there is none for its time.
    """

    place: float
    label: str
    value: int | None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChart:
    """One series of figures: `joined` by a line over the years, or a bar each."""

    title: str
    subtitle: str
    marks: tuple[Mark, ...]
    joined: bool


Chart: TypeAlias = GradeChart | GradeTable | SeriesChart
"""Everything that can be drawn. Two that are equal are one picture."""
