import struct

import pytest

from bot.charts import draw_plot
from bot.model.plots import GrowthPlot, Line, Move, MovesPlot, Plot, Span, SpansPlot

LONG = "A headline that goes on and on about something that inspectors found out"
GROWTH = GrowthPlot(
    title="Subscribers",
    lines=(
        Line(name="in all", points=((1, 100), (2, 140))),
        Line(name="leaflet", points=((2, 138),)),
        Line(name="$poster$", points=((1, 10), (2, 10))),
    ),
    first="1 June",
    last="2 June",
)
MOVES = MovesPlot(
    title="48 hours",
    rows=(
        Move(name=LONG, up=12, down=None, up_words="12", down_words="under 10"),
        Move(name="Short", up=None, down=None, up_words="under 10", down_words="under 10"),
    ),
    up="joined",
    down="left",
)
SPANS = SpansPlot(
    title="Times",
    rows=(Span(name=LONG, p50=0.0, p95=1e9, words="0 s - 9 days"),),
    ticks=((1.0, "1 s"), (3600.0, "1 h")),
    legend="Full: half",
)


@pytest.mark.parametrize("plot", [GROWTH, MOVES, SPANS])
def test_a_plot_is_a_png_of_a_phones_width_with_ink_on_it(plot: Plot) -> None:
    picture = draw_plot(plot)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width == 1080
    assert 200 < height < 1080
    assert len(picture) > 5000
