"""What all pictures share: ground, inks, and words as they are written on it."""

import io
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

WIDTH: Final = 10.8
DPI: Final = 100
INK, QUIET, GROUND, LINE = "#1f2a30", "#5a666d", "#f6f3ec", "#cfc9bb"
STRONG: Final = "#1d5c6b"


def blank(height: float) -> tuple[Figure, Axes]:
    """A ground of 1080 pixels' width and so many inches' height, measured in inches from its upper left corner."""
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=GROUND)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    return figure, axes


def save(figure: Figure) -> bytes:
    """The picture as a PNG."""
    picture = io.BytesIO()
    figure.savefig(picture, format="png", facecolor=GROUND)
    return picture.getvalue()


def write(
    axes: Axes,
    x: float,
    y: float,
    words: str,
    size: float,
    *,
    weight: str = "normal",
    colour: str = INK,
    side: str = "left",
    room: float | None = None,
) -> None:
    """Words as they are: no sign in them means a formula. Where they are wider than `room` inches they get smaller."""
    text = axes.text(
        x,
        y,
        words,
        fontsize=size,
        fontweight=weight,
        color=colour,
        ha=side,
        va="center",
        parse_math=False,
        zorder=5,
        linespacing=1.05,
    )
    if room is not None:
        wide = text.get_window_extent().width / DPI
        text.set_fontsize(size * min(1.0, room / max(wide, room / 2)))


def wrap(words: str, width: int) -> str:
    """Words in lines of at most so many characters, where they can be parted."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if len(longer) <= width or not lines[-1] else [*lines, word]
    return "\n".join(lines)
