"""The window through which a platform looks in: health and metrics, open before Telegram has answered."""

import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime

from bot.app.place import utc_now
from bot.config import Config
from bot.engine.embedded import Embedded
from bot.serving import serve
from bot.store import Store
from bot.updates import UpdateLoop
from bot.web.health import Health, create_web

log = logging.getLogger(__name__)


@dataclass
class Window:
    """What is seen: the flows, and the updates once Telegram knows the bot."""

    engine: Embedded
    updates: UpdateLoop | None = None
    connected_at: datetime | None = None

    def connect(self, updates: UpdateLoop) -> None:
        """Telegram has answered, and this loop will hear it."""
        self.updates, self.connected_at = updates, utc_now()

    def heard_at(self) -> datetime | None:
        """When Telegram last answered; a first long poll that is still quiet does not make it silent."""
        polled_at = self.updates.last_good_poll_at if self.updates else None
        return polled_at or self.connected_at

    def trouble(self) -> str | None:
        """What is wrong with the polling, as a sentence."""
        return (self.updates.health.sentence or None) if self.updates else None


async def open_window(config: Config, house: AsyncExitStack, store: Store, engine: Embedded) -> Window:
    """Open the port, where one is set; `house` closes it. Raises AlertsError where it cannot be had."""
    window, web = Window(engine), config.web
    if web.port is None:
        return window
    health = Health(
        store=store,
        now=utc_now,
        started_at=utc_now(),
        flows=engine.health,
        heard_at=window.heard_at,
        updates_trouble=window.trouble,
    )
    address = await house.enter_async_context(serve(create_web(health), web.host, web.port, setting="web.port"))
    log.info("health and metrics are at %s/health and %s/metrics", address.url, address.url)
    return window
