"""What is done with pages: reading them, comparing their grades, and drawing those."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

from bot.app.place import utc_now
from bot.campaign import Pack
from bot.campaign.history import find_previous
from bot.charts import draw_grades, draw_plot
from bot.compose.wording import Wording
from bot.config import Config
from bot.flows.composing import Composing
from bot.flows.publish import READ_SECONDS
from bot.model.chart import GradeChart
from bot.model.feed import FeedKind
from bot.model.finding import Finding
from bot.model.plots import Plot
from bot.net import Client
from bot.reading import Lexicon, Robots, make_lexicon, read_page
from bot.reading.model import SECONDS as MODEL_SECONDS
from bot.reading.model import Chooser
from bot.workers import Workers

DRAW_SECONDS = 20.0
# A page that took longer is told with our own choice: its alert waits for no more.
TIME_FOR_A_CHOICE = READ_SECONDS - MODEL_SECONDS - 1
# These link pages of their own; others link anybody's.
SPEAKERS = frozenset({FeedKind.INSPECTORATE, FeedKind.GOVERNMENT})


@dataclass(frozen=True)
class Pages:
    """The edges that pages need, built."""

    config: Config
    pack: Pack
    wordings: Mapping[str, Wording]
    client: Client
    workers: Workers

    @cached_property
    def lexicon(self) -> Lexicon:
        """The pack's names, compiled once."""
        return make_lexicon(self.pack)

    @cached_property
    def chooser(self) -> Chooser | None:
        """The model that may choose sentences, where one is configured."""
        reading = self.config.reading
        if not reading.model_url:
            return None
        key = reading.model_key.get_secret_value()
        return Chooser(client=self.client, url=reading.model_url, key=key, name=reading.model_name)

    @cached_property
    def robots(self) -> Robots:
        """What sites ask of programs, remembered."""
        return Robots(self.client)

    async def read(self, url: str, kind: FeedKind | None) -> Finding:
        """The finding of a page that a feed of this kind links; raises an AlertsError."""
        lexicon = replace(self.lexicon, speaker=kind if kind in SPEAKERS else None)
        return await read_page(self.client, self.workers, url, lexicon=lexicon, robots=self.robots)

    async def read_to_tell(self, url: str, kind: FeedKind | None) -> Finding:
        """The same for an alert: a model may choose its sentences, if the page has left it the time."""
        clock = asyncio.get_running_loop()
        started = clock.time()
        finding = await self.read(url, kind)
        if self.chooser is None or clock.time() - started > TIME_FOR_A_CHOICE:
            return finding
        return await self.chooser.choose(finding)

    async def draw(self, chart: GradeChart) -> bytes:
        """A chart's picture, drawn in a worker."""
        return await self.workers.run(draw_grades, chart, seconds=DRAW_SECONDS)

    async def draw_plot(self, plot: Plot) -> bytes:
        """A picture of the bot's own figures, drawn in a worker."""
        return await self.workers.run(draw_plot, plot, seconds=DRAW_SECONDS)

    def composing(self) -> Composing:
        """What makes alerts of findings."""
        return Composing(
            pack=self.pack,
            wordings=self.wordings,
            now=utc_now,
            find_previous=partial(find_previous, pack=self.config.campaign.pack),
            draw=self.draw if self.config.reading.pictures else None,
        )
