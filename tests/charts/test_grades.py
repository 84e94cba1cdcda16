import struct

from bot.charts import draw_grades
from bot.model.chart import ChartRow, GradeChart

SCALE = ("poor", "not sufficiently good", "reasonably good", "good")
ROWS = (
    ChartRow(name="Safety", words="worse", grade=1, before=3),
    ChartRow(name="Care", words="unchanged", grade=4, before=4),
    ChartRow(name="Resettlement", words="", grade=2, before=None),
)


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_a_chart_is_a_png_of_a_size_that_telegram_takes() -> None:
    width, height = size(draw_grades(GradeChart(title="A place", rows=ROWS, scale=SCALE, before="2024", now="now")))
    assert width == 1080
    assert 500 < height < 1080


def test_a_name_with_signs_in_it_is_written_as_it_is() -> None:
    odd = GradeChart(title="$\\frac{a$ " + "long " * 20, rows=ROWS[:2], scale=SCALE, before="$", now="{")
    assert size(draw_grades(odd))[0] == 1080
