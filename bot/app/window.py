"""The window through which a platform looks in, open before Telegram has answered; its pushes come by it, too."""

import logging
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime

from bot.app.place import utc_now
from bot.config import Config
from bot.engine.port import Engine
from bot.errors import ConfigError
from bot.flows.heartbeat import Heartbeat
from bot.net import Client
from bot.serving import serve
from bot.store import Store
from bot.updates import PushedUpdates, UpdateLoop
from bot.web.counters import Counters
from bot.web.health import Health, create_web
from bot.web.webhook import webhook_route

log = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 300.0


@dataclass
class Window:
    """What is seen: the flows, and the updates once Telegram knows the bot. A standby waits, and is well."""

    engine: Engine
    counters: Counters = field(default_factory=Counters)
    health: Health | None = None
    updates: UpdateLoop | PushedUpdates | None = None
    connected_at: datetime | None = None
    standby: bool = False

    def connect(self) -> None:
        """Telegram has answered."""
        self.connected_at = utc_now()

    def heard_at(self) -> datetime | None:
        """When Telegram last answered; a first long poll that is still quiet does not make it silent.

        Whoever hears no updates has nothing to miss.
        """
        if self.standby or (self.updates is None and self.connected_at):
            return utc_now()
        polled_at = self.updates.last_good_poll_at if self.updates else None
        return polled_at or self.connected_at

    def trouble(self) -> str | None:
        """What is wrong with the updates, as a sentence."""
        return (self.updates.health.sentence or None) if self.updates else None

    def tell_outside(self, client: Client, url: str) -> None:
        """Let an outside service hear regularly that all is well, where one is named."""
        if url and self.health is not None:
            heartbeat = Heartbeat(url=url, get=client.get, troubles=self.health.troubles)
            self.engine.periodic("heartbeat", HEARTBEAT_SECONDS, heartbeat.tick)

    async def take(self, update: object) -> bool:
        """An update that Telegram brings: whether it may forget it."""
        return isinstance(self.updates, PushedUpdates) and await self.updates.take(update)


async def open_window(
    config: Config, house: AsyncExitStack, store: Store, engine: Engine, *, role: str, port: int | None
) -> Window:
    """Open the port, where one is given; `house` closes it.

    Raises AlertsError where it cannot be had, or where a webhook needs one.
    """
    window = Window(engine)
    health = window.health = health_of(window, config, store, role)
    pushed = config.telegram.mode == "webhook" and role in {"run", "web"}
    if port is None:
        if pushed:
            raise ConfigError(f"{role} opens no port, and a webhook needs one: set PORT, or port under [web].")
        return window
    routes = [webhook_route(config.telegram.webhook_secret.get_secret_value(), window.take)] if pushed else []
    app = create_web(health, routes)
    address = await house.enter_async_context(serve(app, config.web.host, port, setting="web.port"))
    log.info("health and metrics are at %s/health and %s/metrics", address.url, address.url)
    return window


def health_of(window: Window, config: Config, store: Store, role: str) -> Health:
    """What is told of this process, and of the bot."""
    return Health(
        store=store,
        now=utc_now,
        started_at=utc_now(),
        flows=window.engine.health,
        pulses=window.engine.pulses,
        heard_at=window.heard_at,
        updates_trouble=window.trouble,
        per_second=config.delivery.messages_per_second,
        role=role,
        counters=window.counters,
    )
