"""A small chart of grades, in words and numbers only: what bot.charts draws."""

from dataclasses import dataclass


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
