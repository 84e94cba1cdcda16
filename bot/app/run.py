"""`python -m bot run`: builds the house, and runs it until told to stop; the other processes live by the same rules."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlsplit

from bot.app.place import Place, connect, settle_place
from bot.app.roles import Parts, furnish_run
from bot.app.rooms import Rooms
from bot.app.window import Window, open_window
from bot.campaign import load_pack
from bot.civic import Civic
from bot.compose.wording import LOCALES, Wording
from bot.config import Config
from bot.engine.embedded import Embedded
from bot.engine.port import Engine
from bot.engine.watchdog import Watchdog
from bot.net import Client
from bot.store import Store
from bot.store.alone import hold_alone
from bot.store.feeds import sync_feeds
from bot.workers import Workers

log = logging.getLogger(__name__)

DRAIN_SECONDS = 8.0

Build = Callable[[Config, AsyncExitStack], Awaitable[Parts]]


async def run(config: Config) -> None:
    """Everything in one process, until SIGINT or SIGTERM; raises an AlertsError, alone or in a group."""
    await live_by(build, config)


async def live_by(build: Build, config: Config) -> None:
    """Build the parts and run them until SIGINT or SIGTERM; raises an AlertsError when it cannot go on."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with AsyncExitStack() as house:
        building = asyncio.ensure_future(build(config, house))
        if await ended_first(building, stopped):
            await live(building.result(), stopped)
        else:
            building.cancel()
            await asyncio.wait({building})
    log.info("stopped; nothing is left in flight")


async def live(parts: Parts, stopped: asyncio.Event) -> None:
    """Run the parts until stopped; then let what is in flight end, and end the rest."""
    running = asyncio.create_task(parts.run())
    if await ended_first(running, stopped):
        running.result()
    await parts.stop(DRAIN_SECONDS)
    running.cancel()
    await asyncio.wait({running})
    if not running.cancelled():
        running.result()


async def ended_first(task: asyncio.Future[Any], stopped: asyncio.Event) -> bool:
    """Wait for a task or for the stop; whether it was the task that ended."""
    waiting = asyncio.create_task(stopped.wait())
    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    return task.done()


async def build(config: Config, house: AsyncExitStack) -> Parts:
    """Build the rooms from the store to the engine; `house` closes them in reverse."""
    hold = await house.enter_async_context(hold_alone(config.database_url))
    store = await Store.open(config.database_url)
    house.push_async_callback(store.close)
    await house.enter_async_context(Watchdog(store.ask))
    engine = await house.enter_async_context(Embedded())
    # Before Telegram is asked: a platform ends what opens no port.
    window = await open_window(config, house, store, engine, role="run", port=config.web.port)
    rooms = await build_rooms(config, house, store, engine, window)
    async with store.write() as connection:
        await sync_feeds(connection, rooms.place.feeds)
    window.tell_outside(rooms.client, config.web.heartbeat_url)
    parts = await furnish_run(rooms, hold)
    window.updates = parts.updates
    return parts


async def build_rooms(config: Config, house: AsyncExitStack, store: Store, engine: Engine, window: Window) -> Rooms:
    """The rooms, once Telegram knows the bot."""
    pack = load_pack(config.campaign.pack)
    place = await settle_place(config, house, pack)
    application = await connect(place, store, house)
    window.connect()
    client = await house.enter_async_context(
        Client(
            config.fetch.user_agent,
            (*place.allow_hosts, *config.reading.model_hosts, *config.web.heartbeat_hosts),
            concurrency=config.fetch.concurrency,
        )
    )
    workers = Workers(on_end=window.counters.count_worker_end)
    house.push_async_callback(workers.close)
    wordings = {language: Wording.load(language, config.campaign.timezone) for language in LOCALES}
    civic = await open_civic(config, place, house)
    return Rooms(config, place, store, pack, wordings, application, client, civic, workers, engine, window.counters)


async def open_civic(config: Config, place: Place, house: AsyncExitStack) -> Civic:
    """What asks the civic services. People wait for it, so it stands in no feed's queue."""
    addresses = place.civic
    hosts = {urlsplit(url).netloc.lower() for url in (addresses.postcodes, addresses.members, addresses.petitions)}
    return Civic(await house.enter_async_context(Client(config.fetch.user_agent, hosts)), addresses)
