"""GET /health says whether the bot is alive, as JSON; GET /metrics gives the figures as Prometheus reads them.

/health speaks of the whole bot, wherever its processes run; /health/process of this one, for whoever would restart it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.engine.port import Pulse
from bot.errors import StoreError
from bot.store import Store
from bot.web.counters import Counters
from bot.web.detections import Detections
from bot.web.metrics import of_counts, of_health, of_pulses, of_reading, render
from bot.web.reading import Reader, Reading
from bot.web.troubles import late_alerts, overdue_work, stale_flows

# Longer than the longest quiet of a healthy getUpdates: a long poll and its slowest back-off.
UPDATES_SILENT_FOR = timedelta(minutes=5)
# Until then a bot that Telegram has not answered counts as starting.
STARTING_FOR = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Health:
    """What is asked of the parts: None or {} where all is well; `heard_at` is when Telegram last answered."""

    store: Store
    now: Callable[[], datetime]
    started_at: datetime
    flows: Callable[[], dict[str, str | None]]
    pulses: Callable[[], Mapping[str, Pulse]]
    heard_at: Callable[[], datetime | None]
    updates_trouble: Callable[[], str | None]
    per_second: float
    role: str = "run"
    counters: Counters = field(default_factory=Counters)

    @cached_property
    def reader(self) -> Reader:
        """Asks the database."""
        return Reader(self.store, self.now, Detections(self.counters.time_detection, self.started_at))

    async def troubles(self) -> list[str]:
        """What is wrong with the bot, in sentences; empty where nothing is."""
        troubles, _ = await self.look()
        return troubles

    async def look(self) -> tuple[list[str], Reading | None]:
        """The troubles, and what the database says; None where it does not answer, which is one of them."""
        try:
            reading = await self.reader.get()
        except StoreError as error:
            return [*self.own_troubles(), str(error)], None
        return [*self.own_troubles(), *self.shared_troubles(reading)], reading

    def own_troubles(self) -> list[str]:
        """What is wrong with this process."""
        found = [f"the {name} flow fails ({why})" for name, why in self.flows().items() if why]
        found += stale_flows(self.pulses(), self.now())
        return [*found, *filter(None, [self.updates_trouble(), self.silence()])]

    def shared_troubles(self, reading: Reading) -> list[str]:
        """What is wrong by the database's word, on whatever machine."""
        # What an organiser has stopped is no fault that a restart would mend.
        late = late_alerts(reading.late) if reading.vitals.frozen_at is None else ()
        return [*overdue_work(reading.vitals, reading.at, self.started_at), *late]

    def silence(self) -> str | None:
        """That Telegram has been silent for too long."""
        heard_at = self.heard_at()
        if heard_at is None:
            late = self.now() - self.started_at > STARTING_FOR
            return "Telegram has not answered since the start" if late else None
        return "Telegram has not answered for updates lately" if self.now() - heard_at > UPDATES_SILENT_FOR else None


def create_web(health: Health, routes: Sequence[Route] = ()) -> Starlette:
    """The application for [web] port, with further `routes`."""
    pages = {"/health": health_page, "/health/process": own_page, "/metrics": metrics_page}
    own = [Route(path, answer_with(health, page)) for path, page in pages.items()]
    return Starlette(routes=[*own, *routes])


def answer_with(
    health: Health,
    page: Callable[[Health], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """A route's endpoint that looks at nothing of the request."""

    async def endpoint(request: Request) -> Response:
        del request
        return await page(health)

    return endpoint


async def health_page(health: Health) -> Response:
    """200 where all is well, else 503 with what is wrong."""
    troubles, reading = await health.look()
    return say(health, troubles, shown(health, reading))


async def own_page(health: Health) -> Response:
    """The same of this process alone."""
    return say(health, health.own_troubles(), {})


def say(health: Health, troubles: Sequence[str], more: Mapping[str, Any]) -> Response:
    """The verdict as JSON."""
    body = {"role": health.role, "healthy": not troubles, "troubles": troubles, **more}
    return JSONResponse(body, status_code=503 if troubles else 200)


def shown(health: Health, reading: Reading | None) -> dict[str, Any]:
    """Figures, last times, and since when an organiser has stopped all sending; null where nobody knows or has."""
    if reading is None:
        return {"figures": None, "last": None, "stopped": None}
    vitals = reading.vitals
    last = {"poll": vitals.polled_at, "alert": vitals.alert_at, "delivery": vitals.settled_at}
    heard = {"telegram": health.heard_at(), **last}
    times = {what: at.isoformat(timespec="seconds") if at else None for what, at in heard.items()}
    stopped = vitals.frozen_at.isoformat(timespec="seconds") if vitals.frozen_at else None
    return {"figures": asdict(reading.counts.figures) if reading.counts else None, "last": times, "stopped": stopped}


async def metrics_page(health: Health) -> Response:
    """Everything that is counted. Where the database does not answer, its part is left out: old figures would lie."""
    troubles, reading = await health.look()
    families = [*of_health(healthy=not troubles, heard_at=health.heard_at())]
    families += of_pulses(health.pulses(), health.now())
    if reading is not None:
        families += of_reading(reading, health.per_second)
    if reading is not None and reading.counts is not None:
        families += of_counts(reading.counts)
    return Response(render(health.counters, families), media_type=CONTENT_TYPE_LATEST)
