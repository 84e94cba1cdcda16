"""Pictures. Importing this loads no matplotlib: what draws is for a worker, which does (45 MB)."""

from bot.model.chart import Chart, GradeChart, GradeTable
from bot.model.plots import Plot


def draw_grades(chart: GradeChart) -> bytes:
    """The chart as a PNG, 1080 pixels wide; pure, and slow the first time."""
    from bot.charts.grades import draw  # noqa: PLC0415 - the docstring above says why

    return draw(chart)


def draw_table(table: GradeTable) -> bytes:
    """The same of a table."""
    from bot.charts.table import draw  # noqa: PLC0415 - as above

    return draw(table)


def draw_chart(chart: Chart) -> bytes:
    """Any chart as a PNG, 1080 pixels wide; pure, and slow the first time."""
    if isinstance(chart, GradeChart):
        return draw_grades(chart)
    if isinstance(chart, GradeTable):
        return draw_table(chart)
    from bot.charts.series import draw  # noqa: PLC0415 - as above

    return draw(chart)


def draw_plot(plot: Plot) -> bytes:
    """The bot's own figures as a PNG, 1080 pixels wide."""
    from bot.charts.figures import draw  # noqa: PLC0415 - as above

    return draw(plot)
