"""Charts of the bot's own figures, in words and numbers only: what bot.charts.figures draws."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line over days (ordinals): where there is no point its figure is not told."""

    name: str
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthPlot:
    """Lines over time, from nought upwards; `first` and `last` name the ends. The first line is the whole."""

    title: str
    lines: tuple[Line, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How many came and went after a message; None is told in words alone."""

    name: str
    up: int | None
    down: int | None
    up_words: str
    down_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MovesPlot:
    """Who came (to the right) and who went (to the left) after each message."""

    title: str
    rows: tuple[Move, ...]
    up: str
    down: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How long half of a message's copies took, and 95 of 100, in seconds."""

    name: str
    p50: float
    p95: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpansPlot:
    """Times on a scale on which each step is ten times the last; `ticks` are seconds and their names."""

    title: str
    rows: tuple[Span, ...]
    ticks: tuple[tuple[float, str], ...]
    legend: str


Plot: TypeAlias = GrowthPlot | MovesPlot | SpansPlot
