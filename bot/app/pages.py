"""What is done with pages: reading them, comparing their grades, and drawing those."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from bot.app.place import utc_now
from bot.campaign import Pack
from bot.campaign.history import find_previous
from bot.charts import draw_grades
from bot.compose.wording import Wording
from bot.config import Config
from bot.flows.composing import Composing
from bot.model.chart import GradeChart
from bot.model.finding import Finding
from bot.net import Client
from bot.reading import Lexicon, make_lexicon, read_page
from bot.workers import Workers

DRAW_SECONDS = 20.0


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

    async def read(self, url: str) -> Finding:
        """A page's finding; raises an AlertsError."""
        return await read_page(self.client, self.workers, url, lexicon=self.lexicon)

    async def draw(self, chart: GradeChart) -> bytes:
        """A chart's picture, drawn in a worker."""
        return await self.workers.run(draw_grades, chart, seconds=DRAW_SECONDS)

    def composing(self) -> Composing:
        """What makes alerts of findings."""
        return Composing(
            pack=self.pack,
            wordings=self.wordings,
            now=utc_now,
            find_previous=partial(find_previous, pack=self.config.campaign.pack),
            draw=self.draw if self.config.reading.pictures else None,
        )
