"""Pictures that were drawn, kept by what they show: the same chart is drawn once and uploaded once."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bot.errors import AlertsError
from bot.model.chart import Chart
from bot.model.message import Picture

log = logging.getLogger(__name__)

KEPT = 100

Draw = Callable[[Chart], Awaitable[bytes]]
"""Makes a chart's PNG; raises an AlertsError."""


class Gallery:
    """Keeps the newest `kept` pictures; without `draw` there are none."""

    def __init__(self, draw: Draw | None = None, kept: int = KEPT) -> None:
        self._draw = draw
        self._kept = kept
        self._pictures: OrderedDict[Chart, Picture] = OrderedDict()
        self._drawing: dict[Chart, asyncio.Task[bytes]] = {}

    @property
    def draws(self) -> bool:
        """Whether there are pictures at all."""
        return self._draw is not None

    def is_ready(self, chart: Chart) -> bool:
        """Whether nobody has to wait for it."""
        return self._draw is None or chart in self._pictures

    async def find_picture(self, chart: Chart) -> Picture | None:
        """The chart's picture, drawn now if it must be; None where there are no pictures or this one fails."""
        if self._draw is None:
            return None
        if chart not in self._pictures:
            try:
                # Shielded: others may wait for it too, when whoever asked first waits no longer.
                self._keep(chart, Picture(await asyncio.shield(self._start(self._draw, chart))))
            except AlertsError as error:
                log.warning("a chart was not drawn: %s", error)
                return None
        self._pictures.move_to_end(chart)
        return self._pictures[chart]

    def keep_name(self, chart: Chart, file_id: str) -> None:
        """Telegram has it under this name now, so that its content need not be kept."""
        self._keep(chart, Picture(file_id=file_id))

    def forget(self, chart: Chart) -> None:
        """Draw it anew next time: Telegram refused it."""
        self._pictures.pop(chart, None)

    def _start(self, draw: Draw, chart: Chart) -> asyncio.Task[bytes]:
        if chart not in self._drawing:
            task = asyncio.create_task(self._run(draw, chart))
            self._drawing[chart] = task
            task.add_done_callback(lambda _: self._drawing.pop(chart, None))
        return self._drawing[chart]

    async def _run(self, draw: Draw, chart: Chart) -> bytes:
        return await draw(chart)

    def _keep(self, chart: Chart, picture: Picture) -> None:
        self._pictures[chart] = picture
        self._pictures.move_to_end(chart)
        while len(self._pictures) > self._kept:
            self._pictures.popitem(last=False)
