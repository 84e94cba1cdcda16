"""How `poll`, `work` and `web` begin: on a PostgreSQL that they share, with a watchdog, before their own part."""

import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass

from bot.app.migration import libpq_address
from bot.app.rooms import Rooms
from bot.app.run import build_rooms
from bot.app.window import Window, open_window
from bot.config import Config
from bot.engine.distributed import Distributed
from bot.engine.watchdog import Watchdog
from bot.errors import ConfigError
from bot.store import Store
from bot.store.alone import Hold, hold_part, hold_together

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Apart:
    """What each of the three has."""

    config: Config
    house: AsyncExitStack
    store: Store
    engine: Distributed
    window: Window
    hold: Hold

    async def have(self, part: str) -> Hold:
        """Have a part to ourselves; waits as a standby, which is healthy, while another process has it."""
        self.window.standby = True
        hold = await self.house.enter_async_context(hold_part(self.config.database_url, part))
        self.window.standby = False
        log.info("this process has the part %r", part)
        return hold

    async def rooms(self) -> Rooms:
        """The rooms, once Telegram knows the bot."""
        return await build_rooms(self.config, self.house, self.store, self.engine, self.window)


async def begin(config: Config, house: AsyncExitStack, *, role: str, port: int | None) -> Apart:
    """Open what they share; raises ConfigError without PostgreSQL, StoreError when it cannot be used."""
    refuse_sqlite(config, role)
    hold = await house.enter_async_context(hold_together(config.database_url))
    store = await Store.open(config.database_url)
    house.push_async_callback(store.close)
    await house.enter_async_context(Watchdog(store.ask))
    engine = await house.enter_async_context(Distributed(libpq_address(config.database_url)))
    window = await open_window(config, house, store, engine, role=role, port=port)
    return Apart(config, house, store, engine, window, hold)


def refuse_sqlite(config: Config, role: str) -> None:
    """Raise ConfigError where there is no PostgreSQL."""
    if not config.database_url.startswith("postgresql"):
        raise ConfigError(
            f"`{role}` is one of several processes that share a PostgreSQL: set TELEGRAM_TOKEN, and DATABASE_URL to "
            "postgresql://user:password@host/name. On SQLite, and in the sandbox, `python -m bot run` does everything "
            "in one process.",
        )
