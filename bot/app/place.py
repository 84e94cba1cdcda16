"""Where the bot lives: Telegram, or the sandbox with its own people, feeds and database."""

import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

from telegram.error import InvalidToken, NetworkError
from telegram.ext import ApplicationBuilder
from tenacity import AsyncRetrying, before_sleep_log, retry_if_exception_type, wait_exponential_jitter

from bot.app.checks import feed_specs
from bot.campaign import Pack
from bot.civic import Addresses
from bot.config import Config
from bot.errors import TokenRevokedError
from bot.model.feed import FeedSpec
from bot.sandbox.running import open_sandbox
from bot.sending import build_bot
from bot.store import Store
from bot.store.identity import claim_identity
from bot.store.turn import take_turn
from handlers.context import CONTEXT_TYPES, App

log = logging.getLogger(__name__)


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
    civic: Addresses


def find_civic(config: Config, elsewhere: str | None = None) -> Addresses:
    """Where the civic services are: `elsewhere`, but for those that the configuration names."""
    named = config.civic.model_fields_set
    urls = {
        name: getattr(config.civic, name) if elsewhere is None or name in named else elsewhere
        for name in ("postcodes_url", "members_url", "petitions_url")
    }
    return Addresses(**{name.removesuffix("_url"): url.rstrip("/") for name, url in urls.items()})


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
            civic=find_civic(config),
        )
    sandbox = await house.enter_async_context(open_sandbox(config.sandbox_file, config.sandbox.port, utc_now))
    log.info("No TELEGRAM_TOKEN: the bot runs in the sandbox. Open %s in a browser.", sandbox.url)
    feeds = (*sandbox.feeds, *(real_feeds if config.sandbox.real_feeds else ()))
    allow_hosts = (*config.fetch.allow_hosts, sandbox.url.removeprefix("http://"))
    return Place(
        token=sandbox.token,
        api_url=sandbox.url,
        owners=sandbox.owners,
        feeds=feeds,
        allow_hosts=allow_hosts,
        civic=find_civic(config, sandbox.civic_url),
    )


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
    # The bot holds connections from its first try on, whatever comes of it.
    house.push_async_callback(bot.shutdown)
    try:
        await retrying(application.initialize)
    except InvalidToken:
        raise TokenRevokedError from None
    house.push_async_callback(application.shutdown)
    async with store.write() as connection:
        await take_turn(connection)
        await claim_identity(connection, bot_id=bot.id, username=bot.username)
    return application
