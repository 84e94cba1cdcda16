"""The first three flows over a real store, with the fetching, the pages and Telegram in the test's hands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.campaign import load_pack
from bot.compose import Wording
from bot.errors import FetchError
from bot.feeds import Fetched
from bot.flows.composing import Composing
from bot.flows.deliver import Deliver
from bot.flows.poll import Poll
from bot.flows.publish import Publish
from bot.model.chart import GradeChart
from bot.model.delivery import ClaimedDelivery, Fate, Receipt
from bot.model.entry import Entry
from bot.model.feed import FeedKind, FeedSpec, FeedState
from bot.model.finding import Finding
from bot.model.story import Earlier, Story, StoryState
from bot.store import Store
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.identity import claim_identity
from bot.store.schema import alerts
from bot.store.stories import list_stories
from tests.builders import NOON, a_feed_spec, the_matcher

NEWS = "https://news.example/rss.xml"


@dataclass
class Pipeline:
    """`listed` is what each feed (by URL) lists now, or the error of fetching it; `pages` likewise by address."""

    store: Store
    now: datetime = NOON
    listed: dict[str, Sequence[Entry] | Exception] = field(default_factory=dict)
    pages: dict[str, Finding | Exception] = field(default_factory=dict)
    sent: list[ClaimedDelivery] = field(default_factory=list)
    answers: dict[int, list[Receipt]] = field(default_factory=dict)
    history: dict[str, Earlier] = field(default_factory=dict)
    drawn: list[GradeChart] = field(default_factory=list)
    blots: list[Exception] = field(default_factory=list)
    woken: list[str] = field(default_factory=list)
    asked: list[tuple[str, FeedKind | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        pack = load_pack()
        matcher = the_matcher()
        self.poll = Poll(
            store=self.store,
            matcher=matcher,
            fetch=self.fetch,
            now=lambda: self.now,
            wake=self.woken.append,
            exact=lambda _: True,
        )
        self.composing = Composing(
            pack=pack,
            wordings={"en": Wording.load("en")},
            now=lambda: self.now,
            find_previous=lambda institution, _: self.history.get(institution),
            draw=self.draw,
        )
        self.publish = Publish(
            store=self.store,
            matcher=matcher,
            read=self.read,
            composing=self.composing,
            now=lambda: self.now,
            wake=self.woken.append,
        )
        self.deliver = Deliver(
            store=self.store,
            send=self.send,
            now=lambda: self.now,
            wake=self.woken.append,
            worker="test",
            per_second=1_000_000,
            per_chat_seconds=0,
        )

    async def open(self, *specs: FeedSpec) -> None:
        """A bot with these feeds (the inspectorate's, if none is named), whose history is over."""
        chosen = specs or (a_feed_spec(),)
        async with self.store.write() as connection:
            await claim_identity(connection, bot_id=1, username="bot")
            await sync_feeds(connection, chosen)
        for spec in chosen:
            self.listed.setdefault(spec.url, [])
        await self.tick(minutes=0)

    async def fetch(self, feed: FeedState) -> Fetched:
        """What the feed lists, or its error."""
        listed = self.listed[feed.spec.url]
        if isinstance(listed, Exception):
            raise listed
        return Fetched(status="entries", entries=tuple(listed), etag='"1"')

    async def read(self, url: str, kind: FeedKind | None) -> Finding:
        """The page, or why not."""
        self.asked.append((url, kind))
        page = self.pages.get(url, FetchError("there is no such page"))
        if isinstance(page, Exception):
            raise page
        return page

    async def draw(self, chart: GradeChart) -> bytes:
        """A picture of the chart, or an error of drawing."""
        if self.blots:
            raise self.blots.pop(0)
        self.drawn.append(chart)
        return b"png"

    async def send(self, delivery: ClaimedDelivery) -> Receipt:
        """What Telegram answers in this chat, in order; sent, where nothing else was arranged."""
        self.sent.append(delivery)
        arranged = self.answers.get(delivery.key.chat_id, [])
        return arranged.pop(0) if arranged else Receipt(fate=Fate.SENT, telegram_message_id=len(self.sent))

    async def tick(self, *, minutes: float = 10) -> None:
        """Let time pass, and each flow do what is due."""
        self.now += timedelta(minutes=minutes)
        await self.poll.tick()
        while await self.publish.tick():
            pass
        await self.deliver.tick()

    async def feeds(self) -> Sequence[FeedState]:
        """Every feed as the store keeps it."""
        async with self.store.read() as connection:
            return await list_feeds(connection)

    async def stories(self, state: StoryState) -> Sequence[Story]:
        """The stories in a state."""
        async with self.store.read() as connection:
            return await list_stories(connection, state)

    async def alerted(self) -> int:
        """How many alerts there are."""
        async with self.store.read() as connection:
            return len((await connection.execute(select(alerts.c.id))).all())


def news_feed() -> FeedSpec:
    """A second outlet."""
    return a_feed_spec(name="News", url=NEWS, kind=FeedKind.NEWS)
