"""`python -m bot simulate`: a broadcast to people who do not exist, sent for real to a Telegram that only counts.

The ledger, the flow and the transport are the bot's own, on a database that is taken away again. No clock is simulated.
"""

import asyncio
import logging
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

from bot.app.simulated import Measured
from bot.app.staging import Plan, Stage, Tell
from bot.campaign import load_pack
from bot.config.values import read_database_url
from bot.errors import ConfigError
from bot.model.delivery import MessageKind
from bot.sandbox.crowd import read_shares
from bot.sandbox.crowd_server import open_crowd
from bot.store import Store
from bot.store.simulating import check_empty, empty


def read_plan(
    *, subscribers: int, rate: float, faults: str, alert: bool, latency: int, database: str | None, sample: bool
) -> Plan:
    """A plan as typed: latency in ms; raises ConfigError."""
    try:
        url = None if database is None else str(read_database_url(database))
    except ValueError as error:
        raise ConfigError(f"--database: {error}.") from None
    return Plan(
        subscribers=subscribers,
        rate=rate,
        shares=read_shares(faults),
        kind=MessageKind.ALERT if alert else MessageKind.CALL,
        latency=latency / 1000,
        database=url,
        sample=sample,
    )


async def simulate(plan: Plan, pack_name: str, tell: Tell) -> Measured:
    """Play a plan to its end, to Ctrl-C or until nothing moves; `tell` hears of each stage and how far it is.

    Raises StoreError for a database that is not there or not empty.
    """
    # What the flows warn of is asked for here, and would tear the bar.
    logging.getLogger("bot").addHandler(logging.NullHandler())
    async with AsyncExitStack() as house:
        stopped = house.enter_context(stop_asked())
        url = await house.enter_async_context(borrow_database(plan.database))
        store = await Store.open(url)
        house.push_async_callback(store.close)
        crowd = house.enter_context(open_crowd(plan.people, plan.shares, plan.latency))
        stage = Stage(plan, store, crowd, tell, stopped)
        await stage.settle_people()
        message_id = await stage.owe()
        return await stage.play(message_id, load_pack(pack_name))


@contextmanager
def stop_asked() -> Iterator[asyncio.Event]:
    """An event that Ctrl-C and SIGTERM set while the block runs."""
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    try:
        yield stopped
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


@asynccontextmanager
async def borrow_database(url: str | None) -> AsyncIterator[str]:
    """A database for as long as the block runs: a new file, or the given one, which is left as empty as it was."""
    if url is None:
        with tempfile.TemporaryDirectory(prefix="simulation-") as folder:
            yield f"sqlite+aiosqlite:///{folder}/simulation.db"
        return
    if not url.startswith("postgresql"):
        raise ConfigError("--database takes an empty PostgreSQL; without it a SQLite file is made and removed.")
    await check_empty(url)
    try:
        yield url
    finally:
        await empty(url)
