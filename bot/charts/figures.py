"""Pictures of the bot's own figures: subscribers over time, who came and went, how long messages took.

Nothing is said by colour alone: each line carries its name, each mark its figure in words.
"""

from math import log10
from typing import Final

from matplotlib.axes import Axes

from bot.charts.pen import GROUND, INK, LINE, QUIET, STRONG, WIDTH, blank, save, write
from bot.model.plots import GrowthPlot, Line, MovesPlot, Plot, SpansPlot

TITLE, TEXT, FIGURE = 31.0, 22.0, 24.0
MARGIN: Final = 0.4
ROOM: Final = WIDTH - 2 * MARGIN
HEAD: Final = 1.35
ROW: Final = 1.3
FOOT: Final = 0.9
HEIGHT: Final = 8.2
LEFT, RIGHT, TOP, BASE = 0.6, 7.3, 1.7, 7.1
INKS: Final = (STRONG, "#a8541d", "#6b4c8a", "#3f7d3a", QUIET)
DASHES: Final = ("-", "--", "-.", ":", (0, (6, 2, 1, 2)))
LEAST_APART: Final = 0.5
MIDDLE, REACH = WIDTH / 2, 3.3
WORST: Final = "#a8541d"


def draw(plot: Plot) -> bytes:
    """The picture as a PNG of 1080 pixels' width."""
    if isinstance(plot, GrowthPlot):
        return draw_growth(plot)
    return draw_moves(plot) if isinstance(plot, MovesPlot) else draw_spans(plot)


def draw_growth(plot: GrowthPlot) -> bytes:
    """Lines over time, each named at its end."""
    figure, axes = blank(HEIGHT)
    write(axes, MARGIN, 0.7, plot.title, TITLE, weight="bold", room=ROOM)
    days = [day for line in plot.lines for day, _ in line.points]
    top = max(value for line in plot.lines for _, value in line.points)
    for share in (0, 0.5, 1):
        level = BASE - (BASE - TOP) * share
        axes.plot([LEFT, RIGHT], [level, level], color=INK if not share else LINE, linewidth=2, zorder=1)
    for number, line in enumerate(plot.lines):
        draw_line(axes, line, number, (min(days), max(days)), top)
    name_lines(axes, plot.lines, top)
    write(axes, LEFT, BASE + 0.45, plot.first, TEXT, colour=QUIET)
    write(axes, RIGHT, BASE + 0.45, plot.last, TEXT, colour=QUIET, side="right")
    return save(figure)


def draw_line(axes: Axes, line: Line, number: int, days: tuple[int, int], top: int) -> None:
    """One of them; a single day is a dot."""
    wide = max(days[1] - days[0], 1)
    where = [(LEFT + (RIGHT - LEFT) * (day - days[0]) / wide, level_of(value, top)) for day, value in line.points]
    ink, dash = INKS[number % len(INKS)], DASHES[number % len(DASHES)]
    xs, ys = [x for x, _ in where], [y for _, y in where]
    axes.plot(xs, ys, color=ink, linestyle=dash, linewidth=7 if not number else 4, zorder=3)
    axes.plot(xs[-1], ys[-1], "o", color=ink, markersize=13, zorder=4)


def name_lines(axes: Axes, lines: tuple[Line, ...], top: int) -> None:
    """Each line's name and last figure beside its end, apart from one another."""
    below = TOP - LEAST_APART * 2
    for number, line in sorted(enumerate(lines), key=lambda one: level_of(one[1].points[-1][1], top)):
        below = max(level_of(line.points[-1][1], top), below + LEAST_APART)
        words = f"{line.points[-1][1]:,} {line.name}"
        ink, weight = INKS[number % len(INKS)], "bold" if not number else "normal"
        write(axes, RIGHT + 0.2, below, words, FIGURE, colour=ink, weight=weight, room=WIDTH - RIGHT - 0.4)


def level_of(value: int, top: int) -> float:
    """How far down a figure lies."""
    return BASE - (BASE - TOP) * value / max(top, 1)


def draw_moves(plot: MovesPlot) -> bytes:
    """A bar to each side for every message."""
    figure, axes = blank(HEAD + 0.7 + ROW * len(plot.rows) + 0.3)
    write(axes, MARGIN, 0.7, plot.title, TITLE, weight="bold", room=ROOM)
    write(axes, MIDDLE - 0.3, HEAD + 0.1, plot.down, TEXT, colour=QUIET, side="right")
    write(axes, MIDDLE + 0.3, HEAD + 0.1, plot.up, TEXT, colour=QUIET)
    most = max([1, *(value for row in plot.rows for value in (row.up, row.down) if value)])
    for number, row in enumerate(plot.rows):
        top = HEAD + 0.75 + ROW * number
        write(axes, MARGIN, top, row.name, TEXT, room=ROOM)
        level = top + 0.55
        for value, words, ink, way in ((row.up, row.up_words, STRONG, 1), (row.down, row.down_words, WORST, -1)):
            long = REACH * (value or 0) / most
            axes.barh(level, way * long, 0.44, left=MIDDLE, color=ink, zorder=3)
            write(axes, MIDDLE + way * (long + 0.15), level, words, FIGURE, side="left" if way > 0 else "right")
        axes.plot([MIDDLE, MIDDLE], [level - 0.3, level + 0.3], color=INK, linewidth=2, zorder=4)
    return save(figure)


def draw_spans(plot: SpansPlot) -> bytes:
    """From half of the copies (a full mark) to 95 of 100 (a ring), a row for each message."""
    height = HEAD + ROW * len(plot.rows) + FOOT + 0.6
    figure, axes = blank(height)
    write(axes, MARGIN, 0.7, plot.title, TITLE, weight="bold", room=ROOM)
    least, most = plot.ticks[0][0], plot.ticks[-1][0]
    foot = HEAD + ROW * len(plot.rows)
    for seconds, name in plot.ticks:
        x = place_of(seconds, least, most)
        axes.plot([x, x], [HEAD - 0.2, foot], color=LINE, linewidth=2, zorder=1)
        write(axes, x, foot + 0.35, name, TEXT, colour=QUIET, side="center")
    for number, row in enumerate(plot.rows):
        top = HEAD + ROW * number
        write(axes, MARGIN, top + 0.1, row.name, TEXT, room=ROOM - 3.4)
        write(axes, WIDTH - MARGIN, top + 0.1, row.words, TEXT, colour=QUIET, side="right", room=3.2)
        level = top + 0.68
        ends = [place_of(row.p50, least, most), place_of(row.p95, least, most)]
        axes.plot(ends, [level, level], color=STRONG, linewidth=6, zorder=2)
        axes.plot(ends[1], level, "o", markersize=22, color=GROUND, markeredgecolor=WORST, markeredgewidth=4, zorder=3)
        axes.plot(ends[0], level, "o", markersize=20, color=STRONG, zorder=4)
    write(axes, MARGIN, height - FOOT / 2, plot.legend, TEXT, colour=QUIET, room=ROOM)
    return save(figure)


def place_of(seconds: float, least: float, most: float) -> float:
    """How far to the right a time lies; what is beyond the scale lies at its end."""
    inside = min(max(seconds, least), most)
    return LEFT + (WIDTH - 2 * LEFT) * log10(inside / least) / log10(most / least)
