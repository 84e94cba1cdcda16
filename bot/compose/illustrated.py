"""A message that goes with a picture, which is drawn later, elsewhere."""

from dataclasses import dataclass

from bot.model.chart import Chart
from bot.model.message import Message


@dataclass(frozen=True, slots=True)
class Illustrated:
    """What the chart shows, the message's text says in words, as far as a caption holds it (bot.compose.text.CAPTION).

    Without a chart it is a message like others.
    """

    chart: Chart | None
    message: Message
