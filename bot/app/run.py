"""`python -m bot run`: builds the house, and runs it until told to stop."""

import asyncio
import logging
import signal
from contextlib import AsyncExitStack

from bot.app.place import connect, settle_place
from bot.app.rooms import Parts, Rooms
from bot.campaign import load_pack
from bot.compose.wording import LOCALES, Wording
from bot.config import Config
from bot.engine.embedded import Embedded
from bot.net import Client
from bot.store import Store
from bot.store.alone import hold_alone
from bot.store.feeds import sync_feeds
from bot.workers import Workers

log = logging.getLogger(__name__)


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
