"""A table of grades that a phone can show: each cell says its grade in words, and by steps beside its shade."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

from bot.charts.pen import GROUND, INK, LINE, QUIET, WIDTH, blank, save, wrap, write
from bot.model.chart import Cell, GradeTable, TableRow

MARGIN, NAMES = 0.4, 2.62
HEAD, ROW, FOOT = 2.2, 1.62, 0.95
GAP: Final = 0.06
TITLE, COLUMN, NAME, WORDS, SMALL, SIGN = 31.0, 20.0, 25.0, 21.0, 20.0, 26.0
SHADES: Final = {1: "#12343c", 2: "#3f6f7a", 3: "#b9d3d6", 4: "#e9f1ef"}
DARK: Final = frozenset({1, 2})
STEPS: Final = 4


def draw(table: GradeTable) -> bytes:
    """The table as a PNG of 1080 pixels' width."""
    height = HEAD + ROW * len(table.rows) + FOOT
    figure, axes = blank(height)
    write(axes, MARGIN, 0.62, table.title, TITLE, weight="bold", room=WIDTH - 2 * MARGIN)
    wide = (WIDTH - MARGIN - NAMES - MARGIN / 2) / max(len(table.columns), 1)
    for number, name in enumerate(table.columns):
        middle = MARGIN + NAMES + wide * (number + 0.5)
        write(axes, middle, 1.72, wrap(name, 12), COLUMN, colour=QUIET, side="center", room=wide - GAP)
    for number, row in enumerate(table.rows):
        draw_row(axes, row, HEAD + ROW * number, wide)
    write(axes, MARGIN, height - FOOT / 2, table.legend, SMALL, colour=QUIET, room=WIDTH - 2 * MARGIN)
    return save(figure)


def draw_row(axes: Axes, row: TableRow, top: float, wide: float) -> None:
    """A name and its cells."""
    name = wrap(row.name, 11)
    lines = name.count("\n") + 1
    write(axes, MARGIN, top + ROW / 2 - 0.24, name, NAME, weight="bold", room=NAMES - 0.2)
    if row.note:
        note = wrap(row.note, 19)
        below = top + ROW / 2 - 0.2 + 0.19 * lines + 0.14 * (note.count("\n") + 1) + 0.1
        write(axes, MARGIN, below, note, SMALL, colour=QUIET, room=NAMES - 0.2)
    for number, cell in enumerate(row.cells):
        draw_cell(axes, cell, MARGIN + NAMES + wide * number, top, wide)


def draw_cell(axes: Axes, cell: Cell, left: float, top: float, wide: float) -> None:
    """A box with the grade's words and its steps; an empty one where the grade is not known."""
    known = cell.grade is not None
    ground = SHADES.get(cell.grade or 0, GROUND)
    ink = GROUND if cell.grade in DARK else INK
    box = FancyBboxPatch(
        (left + GAP + 0.08, top + GAP + 0.08),
        wide - 2 * GAP - 0.16,
        ROW - 2 * GAP - 0.16,
        boxstyle="round,pad=0.08",
        facecolor=ground,
        edgecolor=SHADES[2] if known else LINE,
        linewidth=2,
        linestyle="-" if known else "--",
        zorder=1,
    )
    axes.add_patch(box)
    words = wrap(cell.words, 13)
    middle = top + ROW / 2 - (0.18 if known else 0)
    write(axes, left + wide / 2, middle, words, WORDS, colour=ink if known else QUIET, side="center", room=wide - 0.3)
    if cell.grade is not None:
        level = top + ROW - 0.32
        draw_steps(axes, cell.grade, left + wide / 2 + (0.18 if cell.sign else 0), level, ink)
        write(axes, left + 0.36, level - 0.01, cell.sign, SIGN, weight="bold", colour=ink, side="center")


def draw_steps(axes: Axes, grade: int, middle: float, level: float, ink: str) -> None:
    """Four small boxes, as many of them full as the grade counts."""
    size, apart = 0.2, 0.28
    for step in range(STEPS):
        left = middle + (step - (STEPS - 1) / 2) * apart - size / 2
        full = step < grade
        axes.add_patch(
            Rectangle(
                (left, level - size / 2),
                size,
                size,
                facecolor=ink if full else "none",
                edgecolor=ink,
                linewidth=1.6,
                zorder=4,
            )
        )
