"""The rooms of the house, furnished: flows from edges, and what handlers are given."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from zoneinfo import ZoneInfo

from bot.app.pages import DRAW_SECONDS, Pages
from bot.app.place import Place, utc_now
from bot.app.telling import Telling
from bot.campaign import Pack
from bot.charts import draw_chart
from bot.charts.gallery import Gallery
from bot.civic import Civic
from bot.compose.wording import Wording
from bot.config import Config
from bot.engine.port import Engine
from bot.feeds import Fetched, fetch_feed, list_links
from bot.feeds.discover import discover_feeds
from bot.flows.adding import Adding
from bot.flows.canary import Canary
from bot.flows.deliver import Deliver
from bot.flows.desk import Desk, Edges, Team, furnish_desk
from bot.flows.digest import Digest
from bot.flows.figures import Figures
from bot.flows.listening import Listening
from bot.flows.poll import Poll
from bot.flows.publish import Publish
from bot.flows.rereading import Rereading
from bot.flows.second_ear import SecondEar
from bot.flows.upkeep import Upkeep
from bot.match import Matcher
from bot.model.chart import Chart
from bot.model.feed import FeedState
from bot.model.subscriber import ChatKey
from bot.net import Client
from bot.sending import delete, edit, send
from bot.services import Services, Settings
from bot.store import Store
from bot.web.counters import Counters
from bot.workers import Workers
from handlers.context import App


@dataclass(frozen=True)
class Rooms:
    """The edges, built; the flows are furnished from them."""

    config: Config
    place: Place
    store: Store
    pack: Pack
    wordings: Mapping[str, Wording]
    application: App
    client: Client
    civic: Civic
    workers: Workers
    engine: Engine
    counters: Counters

    @cached_property
    def matcher(self) -> Matcher:
        """The pack compiled, once for all flows."""
        return Matcher(self.pack)

    @cached_property
    def pages(self) -> Pages:
        """What is done with pages."""
        return Pages(self.config, self.pack, self.wordings, self.client, self.workers)

    def upkeep(self) -> Upkeep:
        """What sweeps and forgets."""
        return Upkeep(store=self.store, now=utc_now, wake=self.engine.wake)

    def canary(self) -> Canary:
        """What sees that alerts arrive."""
        return Canary(store=self.store, now=utc_now, wake=self.engine.wake)

    def figures(self) -> Figures:
        """What counts people by day."""
        return Figures(store=self.store, now=utc_now, zone=ZoneInfo(self.config.campaign.timezone))

    def listening(self) -> Listening:
        """What learns each feed's habit."""
        return Listening(store=self.store, wording=self.wordings["en"], now=utc_now, wake=self.engine.wake)

    @cached_property
    def telling(self) -> Telling:
        """How readers get their messages."""
        paid = self.config.telegram.paid_broadcast
        return Telling(self.store, self.pack, self.wordings, self.application, self.counters, paid=paid)

    def poll(self) -> Poll:
        """The first flow."""
        return Poll(
            store=self.store,
            matcher=self.matcher,
            fetch=self.fetch,
            now=utc_now,
            wake=self.engine.wake,
            exact=self.client.allows,
        )

    async def fetch(self, feed: FeedState) -> Fetched:
        """One feed, counted."""
        try:
            fetched = await fetch_feed(self.client, self.workers, feed)
        except Exception as error:
            self.counters.count_poll(feed.spec.name, type(error).__name__)
            raise
        self.counters.count_poll(feed.spec.name, fetched.status)
        return fetched

    def second_ear(self) -> SecondEar:
        """Beside the first flow: what a source shows and its feed does not bring."""
        return SecondEar(
            store=self.store,
            matcher=self.matcher,
            look=partial(list_links, self.client, self.workers),
            now=utc_now,
            wake=self.engine.wake,
            exact=self.client.allows,
        )

    def publish(self) -> Publish:
        """The second."""
        return Publish(
            store=self.store,
            matcher=self.matcher,
            read=self.pages.read_to_tell,
            composing=self.pages.composing(),
            now=utc_now,
            wake=self.engine.wake,
        )

    def rereading(self) -> Rereading:
        """Published pages, once more."""
        return Rereading(
            store=self.store,
            read=self.pages.read,
            name_of=self.pack.institution_name,
            wording=self.wordings["en"],
            now=utc_now,
            wake=self.engine.wake,
        )

    def deliver(self) -> Deliver:
        """The third."""
        return Deliver(
            store=self.store,
            send=self.telling.send,
            now=utc_now,
            wake=self.engine.wake,
            worker=uuid.uuid4().hex,
            per_second=self.config.delivery.messages_per_second,
            per_chat_seconds=self.config.delivery.per_chat_seconds,
            zone=ZoneInfo(self.config.campaign.timezone),
        )

    def digest(self) -> Digest:
        """What is told together."""
        return Digest(
            store=self.store,
            wordings=self.wordings,
            name_of=self.pack.institution_name,
            topic_of=self.pack.topic_label,
            now=utc_now,
            wake=self.engine.wake,
            zone=ZoneInfo(self.config.campaign.timezone),
        )

    def desk(self, publish: Publish) -> Desk:
        """The organisers' flows."""
        organisers, bot = self.config.organisers, self.application.bot
        edges = Edges(
            store=self.store,
            wording=self.wordings["en"],
            post=lambda chat, message: send(bot, ChatKey(chat), message),
            edit=lambda chat, message_id, message: edit(bot, chat, message_id, message),
            delete=lambda chat, message_id: delete(bot, chat, message_id),
            render=lambda copy, message: self.telling.render(message, copy.follows, copy.language, copy.kind),
            rate=self.config.delivery.messages_per_second,
            now=utc_now,
            wake=self.engine.wake,
            look=self.client.get,
            paid=self.config.telegram.paid_broadcast,
            zone=ZoneInfo(self.config.campaign.timezone),
        )
        team = Team(
            owners=self.place.owners,
            review_chat=organisers.review_chat,
            organisation=self.config.campaign.organisation,
            single_organiser=organisers.single_organiser,
            cooling_off=organisers.cooling_off,
        )
        return furnish_desk(edges, publish, team)

    def adding(self) -> Adding:
        """What organisers do with feeds."""
        return Adding(
            store=self.store,
            matcher=self.matcher,
            discover=partial(discover_feeds, self.client, self.workers),
            fetch=partial(fetch_feed, self.client, self.workers),
            now=utc_now,
            wake=self.engine.wake,
        )

    async def draw(self, chart: Chart) -> bytes:
        """A chart's picture, drawn in a worker."""
        return await self.workers.run(draw_chart, chart, seconds=DRAW_SECONDS)

    def services(self, publish: Publish, desk: Desk) -> Services:
        """What handlers are given."""
        organisers, campaign = self.config.organisers, self.config.campaign
        settings = Settings(
            organisation=campaign.organisation,
            contact=campaign.contact,
            owners=self.place.owners,
            review_chat=organisers.review_chat,
            single_organiser=organisers.single_organiser,
            cooling_off=organisers.cooling_off,
            timezone=campaign.timezone,
            sandboxed=self.config.sandboxed,
        )
        return Services(
            store=self.store,
            wordings=self.wordings,
            pack=self.pack,
            publish=publish,
            desk=desk,
            adding=self.adding(),
            now=utc_now,
            wake=self.engine.wake,
            settings=settings,
            gallery=Gallery(self.draw if self.config.reading.pictures else None),
            civic=self.civic,
            draw_plot=self.pages.draw_plot if self.config.reading.pictures else None,
            flow_failures=self.engine.health,
            started_at=utc_now(),
        )
