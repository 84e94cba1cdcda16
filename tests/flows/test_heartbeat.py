from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.flows.heartbeat import Heartbeat
from bot.net import Client
from bot.serving import serve


@asynccontextmanager
async def watched(status: int = 200, *, troubles: tuple[str, ...] = ()) -> AsyncIterator[tuple[Heartbeat, list[str]]]:
    """A heartbeat, and what the service that waits for it has heard."""
    heard: list[str] = []

    async def ping(request: Request) -> Response:
        heard.append(request.url.path)
        return Response(status_code=status)

    async def say() -> tuple[str, ...]:
        return troubles

    app = Starlette(routes=[Route("/ping/{key}", ping)])
    async with serve(app) as address, Client("test", [address.url.removeprefix("http://")]) as client:
        yield Heartbeat(url=f"{address.url}/ping/key", get=client.get, troubles=say), heard


async def test_while_all_is_well_the_service_hears_it() -> None:
    for status in (200, 204):
        async with watched(status) as (heartbeat, heard):
            assert await heartbeat.tick()
            assert heard == ["/ping/key"]


async def test_when_something_is_wrong_it_hears_nothing() -> None:
    async with watched(troubles=("the poll flow fails (OSError)",)) as (heartbeat, heard):
        assert not await heartbeat.tick()
        assert heard == []


async def test_a_service_that_refuses_or_is_away_is_no_fault_of_the_bot() -> None:
    async with watched(500) as (heartbeat, heard):
        assert not await heartbeat.tick()
        assert heard == ["/ping/key"]
    async with Client("test", ["127.0.0.1:9"]) as client:
        away = Heartbeat(url="http://127.0.0.1:9/ping", get=client.get, troubles=heartbeat.troubles)
        assert not await away.tick()
