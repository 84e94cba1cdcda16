"""Pictures. Importing this loads no matplotlib: `draw_grades` is for a worker, which does (45 MB)."""

from bot.model.chart import GradeChart


def draw_grades(chart: GradeChart) -> bytes:
    """The chart as a PNG, 1080 pixels wide; pure, and slow the first time."""
    from bot.charts.grades import draw  # noqa: PLC0415 - the docstring above says why

    return draw(chart)
