"""One series of figures, from nought upwards: a line over the years where it is joined, else a bar for each figure."""

from collections.abc import Sequence
from itertools import count, takewhile
from typing import Final

from matplotlib.axes import Axes

from bot.charts.pen import INK, LINE, QUIET, STRONG, WIDTH, blank, save, wrap, write
from bot.model.chart import Mark, SeriesChart

HEIGHT: Final = 9.6
TITLE, TEXT, FIGURE = 31.0, 24.0, 27.0
MARGIN, LEFT, RIGHT = 0.4, 1.25, 10.35
TOP, BASE = 3.1, 8.35
STEPS: Final = (10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)
MOST_LINES: Final = 6
MOST_YEARS: Final = 7
BAR: Final = 1.5


def draw(chart: SeriesChart) -> bytes:
    """The chart as a PNG of 1080 pixels' width."""
    figure, axes = blank(HEIGHT)
    write(axes, MARGIN, 0.66, chart.title, TITLE, weight="bold", room=WIDTH - 2 * MARGIN)
    write(axes, MARGIN, 1.65, wrap(chart.subtitle, 52), TEXT, colour=QUIET, room=WIDTH - 2 * MARGIN)
    top = draw_scale(axes, max((mark.value or 0 for mark in chart.marks), default=0))
    (draw_line if chart.joined else draw_bars)(axes, chart.marks, top)
    return save(figure)


def draw_scale(axes: Axes, highest: int) -> int:
    """Lines at round figures from nought; returns the figure at the top."""
    step = next((step for step in STEPS if highest / step <= MOST_LINES - 1), highest or 1)
    lines = list(takewhile(lambda value: value < highest + step, count(0, step)))
    for value in lines:
        level = level_of(value, lines[-1])
        axes.plot([LEFT, RIGHT], [level, level], color=INK if not value else LINE, linewidth=2, zorder=1)
        write(axes, LEFT - 0.14, level, f"{value:,}", TEXT, colour=QUIET, side="right")
    return lines[-1] or 1


def level_of(value: float, top: int) -> float:
    """How far down a figure lies."""
    return BASE - (BASE - TOP) * value / (top or 1)


def draw_line(axes: Axes, marks: Sequence[Mark], top: int) -> None:
    """A line through all figures, with words at those that have some."""
    known = [mark for mark in marks if mark.value is not None]
    first, last = int(known[0].place), int(known[-1].place) + 1
    wide = (RIGHT - LEFT) / max(last - first, 1)
    where = [(LEFT + (mark.place - first) * wide, level_of(mark.value or 0, top)) for mark in known]
    axes.plot([x for x, _ in where], [y for _, y in where], "o-", color=STRONG, linewidth=4, markersize=7, zorder=3)
    lowest = max(y for _, y in where)
    for mark, (x, y) in zip(known, where, strict=True):
        if mark.words:
            # The lowest figure stands below the line, so that it meets no other that is near.
            side = 0.45 if y == lowest and y < BASE - 1 else -0.45
            axes.plot(x, y, "o", color=STRONG, markersize=17, zorder=4)
            write(
                axes, min(max(x, LEFT + 0.6), RIGHT - 0.35), y + side, mark.words, FIGURE, weight="bold", side="center"
            )
    every = -(-(last - first) // MOST_YEARS)
    for year in range(first, last + 1, every):
        x = LEFT + (year - first) * wide
        axes.plot([x, x], [BASE, BASE + 0.12], color=INK, linewidth=2, zorder=1)
        write(axes, x, BASE + 0.45, str(year), TEXT, colour=QUIET, side="center")


def draw_bars(axes: Axes, marks: Sequence[Mark], top: int) -> None:
    """A bar for each figure, apart from one another; room is left where a figure is missing."""
    wide = (RIGHT - LEFT) / max(len(marks), 1)
    for number, mark in enumerate(marks):
        middle = LEFT + wide * (number + 0.5)
        write(axes, middle, BASE + 0.55, wrap(mark.label, 13), TEXT, colour=INK, side="center", room=wide - 0.15)
        level = level_of(mark.value or 0, top)
        if mark.value is not None:
            axes.bar(middle, level - BASE, min(BAR, wide * 0.6), bottom=BASE, color=STRONG, zorder=3)
        weight, room = ("bold" if mark.value is not None else "normal"), wide - 0.15
        write(axes, middle, level - 0.36, mark.words, FIGURE, weight=weight, side="center", room=room)
