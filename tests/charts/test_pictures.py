"""Tables and series as pictures: of a size that Telegram takes, whatever is in them; and drawn once."""

import asyncio
import struct

import pytest

from bot.charts import draw_chart
from bot.charts.gallery import Gallery
from bot.errors import WorkerError
from bot.model.chart import Cell, Chart, ChartRow, GradeChart, GradeTable, Mark, SeriesChart, TableRow

FULL = Cell(grade=2, words="not sufficiently good", sign="↓")
TABLE = GradeTable(
    title="Grades",
    columns=("Safety", "Purposeful activity"),
    rows=(
        TableRow(
            name="HMYOI Here (young people’s unit)", note="2023", cells=(FULL, Cell(grade=None, words="not known"))
        ),
        TableRow(name="2019", note="", cells=(Cell(grade=1, words="$x{"), Cell(grade=4, words="good"))),
    ),
    legend="↑ better",
)
LINE = SeriesChart(
    title="Children",
    subtitle="by month",
    marks=tuple(
        Mark(place=2014 + n / 3, label=str(n), value=1000 - 7 * n, words="x" if n in {0, 30} else "") for n in range(31)
    ),
    joined=True,
)
BARS = SeriesChart(
    title="Children",
    subtitle="by year",
    marks=(
        Mark(place=2021.75, label="2021/22", value=450, words="around 450"),
        Mark(place=2022.75, label="2022/23", value=None, words="not known"),
    ),
    joined=False,
)
STEPS = GradeChart(
    title="A place",
    rows=(ChartRow(name="Safety", words="", grade=1, before=None),),
    scale=("a", "b", "c", "d"),
    before="x",
    now="y",
)


@pytest.mark.parametrize("chart", [TABLE, LINE, BARS, STEPS], ids=["table", "line", "bars", "steps"])
def test_a_picture_is_a_png_of_a_phones_width(chart: Chart) -> None:
    picture = draw_chart(chart)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width == 1080
    assert 300 < height < 2000


def test_figures_that_are_all_nought_are_drawn_too() -> None:
    assert draw_chart(SeriesChart(title="t", subtitle="", marks=(Mark(place=1, label="", value=0),), joined=False))


async def test_who_asks_at_the_same_time_waits_for_one_drawing() -> None:
    drawn: list[Chart] = []
    go = asyncio.Event()

    async def draw(chart: Chart) -> bytes:
        drawn.append(chart)
        await go.wait()
        return b"png"

    gallery = Gallery(draw)
    first, second = (asyncio.create_task(gallery.find_picture(BARS)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    go.set()
    picture = await second
    assert picture is not None
    assert picture.content == b"png"
    assert drawn == [BARS]
    gallery.keep_name(BARS, "file1")
    named = await gallery.find_picture(BARS)
    assert named is not None
    assert (named.file_id, named.content) == ("file1", b"")


async def test_only_the_newest_are_kept_and_what_fails_is_tried_again() -> None:
    fails = [True]

    async def draw(chart: Chart) -> bytes:
        if fails.pop():
            raise WorkerError(f"out of time over {chart}")
        return b"png"

    gallery = Gallery(draw, kept=1)
    assert await gallery.find_picture(BARS) is None
    fails[:] = [False, False, False]
    assert await gallery.find_picture(BARS)
    assert await gallery.find_picture(LINE)
    assert not gallery.is_ready(BARS)
    gallery.forget(LINE)
    assert not gallery.is_ready(LINE)


async def test_without_a_pencil_there_are_no_pictures_and_nobody_waits() -> None:
    gallery = Gallery()
    assert not gallery.draws
    assert gallery.is_ready(BARS)
    assert await gallery.find_picture(BARS) is None
