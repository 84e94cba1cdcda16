"""Builds everything once, in order, and runs it until told to stop. The only module that imports handlers."""

import asyncio
import logging
import signal
import uuid
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from telegram.error import InvalidToken, NetworkError
from telegram.ext import ApplicationBuilder
from tenacity import AsyncRetrying, before_sleep_log, retry_if_exception_type, wait_exponential_jitter

from bot.campaign import Pack, load_pack
from bot.checks import feed_specs
from bot.compose.reason import because, with_reason
from bot.compose.wording import LOCALES, Wording
from bot.config import Config
from bot.engine.embedded import Embedded
from bot.errors import TokenRevokedError
from bot.feeds import fetch_feed
from bot.flows.deliver import Deliver
from bot.flows.poll import Poll
from bot.flows.publish import Publish
from bot.flows.upkeep import Upkeep
from bot.match import Matcher
from bot.model.delivery import ClaimedDelivery, Receipt
from bot.model.feed import FeedSpec
from bot.net import Client
from bot.reading import make_lexicon, read_page
from bot.sandbox.running import open_sandbox
from bot.sandbox.serving import serve
from bot.sending import build_bot, send
from bot.services import Services, Settings
from bot.store import Store
from bot.store.alone import hold_alone
from bot.store.feeds import sync_feeds
from bot.store.identity import claim_identity, spend_pace
from bot.store.updates import mark_seen, was_seen
from bot.updates import Turns, UpdateLoop
from bot.web.health import Health, create_web
from bot.workers import Workers
from handlers import ALLOWED_UPDATES, register
from handlers.context import CONTEXT_TYPES, App, install
from handlers.menu import set_menus

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0
PUBLISH_SECONDS = 5.0
DELIVER_SECONDS = 1.0
REVIEW_SECONDS = 5.0
UPKEEP_SECONDS = 60.0
DRAIN_SECONDS = 8.0


def utc_now() -> datetime:
    """The present; everything else is passed it."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the bot lives: Telegram, or the sandbox with its own people, feeds and database."""

    token: str
    api_url: str
    owners: frozenset[int]
    feeds: tuple[FeedSpec, ...]
    allow_hosts: tuple[str, ...]


async def run(config: Config) -> None:
    """Run until SIGINT or SIGTERM; raises an AlertsError, alone or in a group, when it cannot go on."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with AsyncExitStack() as house:
        await house.enter_async_context(hold_alone(config.database_url))
        parts = await build(config, house)
        running = asyncio.create_task(parts.run())
        waiting = asyncio.create_task(stopped.wait())
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        await parts.stop(running)
    log.info("stopped; nothing is left in flight")


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What runs side by side."""

    engine: Embedded
    updates: UpdateLoop
    deliver: Deliver

    async def run(self) -> None:
        """Answer people and tick the flows until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self.engine.run(), name="engine")
            group.create_task(self.updates.run(), name="updates")

    async def stop(self, running: "asyncio.Task[None]") -> None:
        """Let what is in flight end, for a few seconds; then end the rest. Raises what ended it, if anything did."""
        await self.deliver.stop(DRAIN_SECONDS)
        running.cancel()
        await asyncio.wait({running})
        if not running.cancelled() and (error := running.exception()):
            raise error


async def settle_place(config: Config, house: AsyncExitStack, pack: Pack) -> Place:
    """Telegram where there is a token, else the sandbox, which is opened here."""
    real_feeds = feed_specs(config) or pack.feeds
    if not config.sandboxed:
        return Place(
            token=config.token,
            api_url=config.telegram.api_url,
            owners=frozenset(config.organisers.owners),
            feeds=real_feeds,
            allow_hosts=config.fetch.allow_hosts,
        )
    sandbox = await house.enter_async_context(open_sandbox(config.sandbox_file, config.sandbox.port, utc_now))
    log.info("No TELEGRAM_TOKEN: the bot runs in the sandbox. Open %s in a browser.", sandbox.url)
    feeds = (*sandbox.feeds, *(real_feeds if config.sandbox.real_feeds else ()))
    allow_hosts = (*config.fetch.allow_hosts, sandbox.url.removeprefix("http://"))
    return Place(token=sandbox.token, api_url=sandbox.url, owners=sandbox.owners, feeds=feeds, allow_hosts=allow_hosts)


async def build(config: Config, house: AsyncExitStack) -> Parts:
    """Build the rooms from the store to the engine; `house` closes them in reverse."""
    store = await Store.open(config.database_url)
    house.push_async_callback(store.close)
    pack = load_pack(config.campaign.pack)
    place = await settle_place(config, house, pack)
    application = await connect(place, store, house)
    client = await house.enter_async_context(
        Client(config.fetch.user_agent, place.allow_hosts, concurrency=config.fetch.concurrency)
    )
    workers = Workers()
    house.push_async_callback(workers.close)
    async with store.write() as connection:
        await sync_feeds(connection, place.feeds)
    engine = await house.enter_async_context(Embedded())
    wordings = {language: Wording.load(language, config.campaign.timezone) for language in LOCALES}
    rooms = Rooms(config, place, store, pack, wordings, application, client, workers, engine)
    return await rooms.furnish(house)


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
    workers: Workers
    engine: Embedded

    async def furnish(self, house: AsyncExitStack) -> Parts:
        """Build the flows, name them to the engine, and give handlers and web what they need."""
        deliver, publish = self.deliver(), self.publish()
        upkeep = Upkeep(store=self.store, deliver=deliver, now=utc_now)
        # We hold the database alone: every claim there is was in flight when an earlier run ended.
        await deliver.sweep(held_before=utc_now())
        self.engine.periodic("poll", POLL_SECONDS, self.poll().tick)
        self.engine.periodic("publish", PUBLISH_SECONDS, publish.tick)
        self.engine.periodic("deliver", DELIVER_SECONDS, deliver.tick)
        self.engine.periodic("upkeep", UPKEEP_SECONDS, upkeep.tick)
        services = self.services(publish)
        install(self.application, services)
        register(self.application)
        await set_menus(self.application.bot, self.place.owners, self.wordings)
        updates = self.updates()
        await self.open_web(house, updates)
        return Parts(engine=self.engine, updates=updates, deliver=deliver)

    def poll(self) -> Poll:
        """The first flow."""
        return Poll(
            store=self.store,
            matcher=Matcher(self.pack),
            fetch=partial(fetch_feed, self.client, self.workers),
            now=utc_now,
            wake=self.engine.wake,
            exact=self.client.allows,
        )

    def publish(self) -> Publish:
        """The second."""
        return Publish(
            store=self.store,
            matcher=Matcher(self.pack),
            read=partial(read_page, self.client, self.workers, lexicon=make_lexicon(self.pack)),
            pack=self.pack,
            wordings=self.wordings,
            now=utc_now,
            wake=self.engine.wake,
        )

    def deliver(self) -> Deliver:
        """The third."""
        return Deliver(
            store=self.store,
            send=self.send,
            now=utc_now,
            wake=self.engine.wake,
            worker=uuid.uuid4().hex,
            per_second=self.config.delivery.messages_per_second,
            per_chat_seconds=self.config.delivery.per_chat_seconds,
        )

    async def send(self, delivery: ClaimedDelivery) -> Receipt:
        """One delivery, with the line that says why this reader gets it."""
        wording = self.wordings.get(delivery.language, self.wordings["en"])
        reason = because(delivery.follows, wording, self.pack.institution_name, delivery.kind)
        return await send(self.application.bot, delivery.key, with_reason(delivery.message, reason))

    def services(self, publish: Publish) -> Services:
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
            now=utc_now,
            wake=self.engine.wake,
            settings=settings,
        )

    def updates(self) -> UpdateLoop:
        """The loop that hears people."""
        seen = SeenUpdates(self.store, self.config.delivery.messages_per_second)
        return UpdateLoop(self.application, Turns(self.application, seen), allowed=ALLOWED_UPDATES)

    async def open_web(self, house: AsyncExitStack, updates: UpdateLoop) -> None:
        """Health and metrics, where a port is set."""
        web = self.config.web
        if web.port is None:
            return
        health = Health(
            store=self.store,
            now=utc_now,
            flows=self.engine.health,
            last_update_poll_at=lambda: updates.last_good_poll_at,
            updates_trouble=lambda: updates.health.sentence or None,
        )
        address = await house.enter_async_context(serve(create_web(health), web.host, web.port))
        log.info("health and metrics are at %s/health and %s/metrics", address.url, address.url)


@dataclass(frozen=True)
class SeenUpdates:
    """Which updates have been answered. A reply never waits for the pace, but bulk pays for it."""

    store: Store
    per_second: float

    async def was_seen(self, update_id: int) -> bool:
        """Whether this update's callback has ended before."""
        async with self.store.read() as connection:
            return await was_seen(connection, update_id)

    async def mark_seen(self, update_id: int, now: datetime) -> None:
        """Remember that it has, and debit its reply."""
        async with self.store.write() as connection:
            await mark_seen(connection, update_id, now)
            await spend_pace(connection, now=now, sends=1, per_second=self.per_second)


async def connect(place: Place, store: Store, house: AsyncExitStack) -> App:
    """An application whose bot Telegram knows, on the database that is its own.

    While the network is away it waits; raises TokenRevokedError for a token that Telegram refuses.
    """
    bot = build_bot(place.token, api_url=place.api_url)
    application: App = ApplicationBuilder().bot(bot).updater(None).context_types(CONTEXT_TYPES).build()
    retrying = AsyncRetrying(
        retry=retry_if_exception_type(NetworkError),
        wait=wait_exponential_jitter(initial=1, max=60),
        before_sleep=before_sleep_log(log, logging.WARNING),
        reraise=True,
    )
    try:
        await retrying(application.initialize)
    except InvalidToken:
        raise TokenRevokedError from None
    house.push_async_callback(application.shutdown)
    async with store.write() as connection:
        await claim_identity(connection, bot_id=bot.id, username=bot.username)
    return application


async def migrate(config: Config, *, adopt_bot: bool) -> str:
    """Bring the database to this version, and with `adopt_bot` make it the token's bot's; returns what was done."""
    async with AsyncExitStack() as house:
        await house.enter_async_context(hold_alone(config.database_url))
        store = await Store.open(config.database_url)
        house.push_async_callback(store.close)
        if not adopt_bot:
            return "The database is at this version."
        bot = build_bot(config.token, api_url=config.telegram.api_url)
        async with bot:
            async with store.write() as connection:
                await claim_identity(connection, bot_id=bot.id, username=bot.username, adopt=True)
            return f"The database belongs to @{bot.username} now."
