"""A chart of grades: where each test stood and where it stands, on the inspectorate's four steps.

Nothing is said by colour alone: the marks differ in shape, the steps and the changes are named in words. Its own light
ground makes it read alike in a dark and in a light chat.
"""

from typing import Final

from matplotlib.axes import Axes

from bot.charts.pen import GROUND, LINE, QUIET, STRONG, blank, save, write
from bot.model.chart import ChartRow, GradeChart

HEAD, ROW, FOOT = 2.5, 1.35, 1.0
NOW, BEFORE = STRONG, "#8a8172"
TITLE, NAME, SMALL = 31.0, 28.0, 23.0
LEFT, RIGHT = 0.55, 4.46
MARK = 26.0
LONG_TITLE: Final = 32
"""Characters; a longer title is written smaller."""


def draw(chart: GradeChart) -> bytes:
    """The chart as a PNG of 1080 pixels' width."""
    height = HEAD + ROW * len(chart.rows) + FOOT
    figure, axes = blank(height)
    # Across, the four steps are the units.
    axes.set_xlim(0.4, 4.6)
    draw_head(axes, chart)
    for number, row in enumerate(chart.rows):
        draw_row(axes, row, HEAD + ROW * number)
    draw_legend(axes, chart, height - FOOT * 0.5)
    return save(figure)


def draw_head(axes: Axes, chart: GradeChart) -> None:
    """The title, and the names of the four steps above their columns."""
    size = TITLE * min(1.0, LONG_TITLE / max(len(chart.title), 1))
    write(axes, LEFT, 0.62, chart.title, size, weight="bold")
    for step, name in enumerate(chart.scale, 1):
        write(axes, step, 1.72, "\n".join(wrap(name)), SMALL, colour=QUIET, side="center")


def draw_row(axes: Axes, row: ChartRow, top: float) -> None:
    """One test: its name and what became of it, and below them its marks."""
    write(axes, LEFT, top + 0.28, row.name, NAME, weight="bold")
    write(axes, RIGHT, top + 0.28, row.words, NAME, side="right")
    level = top + 0.86
    axes.plot([1, 4], [level, level], color=LINE, linewidth=3, solid_capstyle="round", zorder=1)
    for step in range(1, 5):
        axes.plot(step, level, "|", color=LINE, markersize=16, markeredgewidth=3, zorder=1)
    if row.before is not None:
        if row.before != row.grade:
            draw_arrow(axes, row.before, row.grade, level)
        mark_before(axes, row.before, level, big=row.before == row.grade)
    mark_now(axes, row.grade, level)


def draw_arrow(axes: Axes, start: float, end: float, level: float) -> None:
    """From the former grade towards the present one."""
    shape = {
        "arrowstyle": "-|>,head_width=0.5,head_length=0.8",
        "color": NOW,
        "linewidth": 4,
        "shrinkA": 16,
        "shrinkB": 15,
    }
    axes.annotate("", xy=(end, level), xytext=(start, level), arrowprops=shape, zorder=2)


def mark_now(axes: Axes, step: float, level: float) -> None:
    """A full mark."""
    axes.plot(step, level, "o", color=NOW, markersize=MARK, zorder=4)


def mark_before(axes: Axes, step: float, level: float, *, big: bool = False) -> None:
    """A ring; around a full mark it is bigger."""
    size = MARK + 14 if big else MARK - 2
    axes.plot(
        step, level, "o", markersize=size, markerfacecolor=GROUND, markeredgecolor=BEFORE, markeredgewidth=4, zorder=3
    )


def draw_legend(axes: Axes, chart: GradeChart, level: float) -> None:
    """What the two marks are."""
    mark_before(axes, LEFT + 0.07, level)
    write(axes, LEFT + 0.21, level, chart.before, SMALL, colour=QUIET)
    mark_now(axes, 2.6, level)
    write(axes, 2.74, level, chart.now, SMALL, colour=QUIET)


def wrap(name: str) -> list[str]:
    """A step's name in lines that fit its column: the last word below the others."""
    start, blank, end = name.rpartition(" ")
    return [start, end] if blank else [name]
