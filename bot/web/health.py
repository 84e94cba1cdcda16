"""GET /health says whether the bot is alive, as JSON; GET /metrics gives the figures as Prometheus reads them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.store import Store
from bot.store.figures import Figures, get_figures

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
    heard_at: Callable[[], datetime | None]
    updates_trouble: Callable[[], str | None]
    role: str = "run"

    async def troubles(self) -> list[str]:
        """What is wrong, in sentences; empty where nothing is."""
        found = [f"the {name} flow fails ({why})" for name, why in self.flows().items() if why]
        if trouble := self.updates_trouble():
            found.append(trouble)
        if silence := self.silence():
            found.append(silence)
        return found

    def silence(self) -> str | None:
        """That Telegram has been silent for too long."""
        heard_at = self.heard_at()
        if heard_at is None:
            late = self.now() - self.started_at > STARTING_FOR
            return "Telegram has not answered since the start" if late else None
        return "Telegram has not answered for updates lately" if self.now() - heard_at > UPDATES_SILENT_FOR else None

    async def figures(self) -> Figures:
        """The database's figures."""
        async with self.store.read() as connection:
            return await get_figures(connection)


def create_web(health: Health, routes: Sequence[Route] = ()) -> Starlette:
    """The application for [web] port, with further `routes`."""
    own = [Route("/health", answer_with(health, health_page)), Route("/metrics", answer_with(health, metrics_page))]
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
    troubles = await health.troubles()
    body = {
        "role": health.role,
        "healthy": not troubles,
        "troubles": troubles,
        "figures": asdict(await health.figures()),
    }
    return JSONResponse(body, status_code=503 if troubles else 200)


async def metrics_page(health: Health) -> Response:
    """The figures as gauges."""
    registry = CollectorRegistry()
    for name, value in asdict(await health.figures()).items():
        Gauge(f"alerts_{name}", name.replace("_", " "), registry=registry).set(value)
    Gauge("alerts_healthy", "1 where nothing is wrong", registry=registry).set(not await health.troubles())
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
