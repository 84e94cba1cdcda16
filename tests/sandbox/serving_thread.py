"""Serve an application on loopback from a thread, for tests that ask over real HTTP or with a browser."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread

from starlette.types import ASGIApp

from bot.serving import serve

Companion = Callable[[str], Awaitable[None]]


async def _nobody(_url: str) -> None:
    await asyncio.Event().wait()


@contextmanager
def served(app: ASGIApp, companion: Companion = _nobody) -> Iterator[str]:
    """The application's address, while it is served; `companion` is given it and runs in the same event loop."""
    started: Future[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def run() -> None:
        stop = asyncio.Event()
        async with serve(app) as address:
            beside = asyncio.ensure_future(companion(address.url))
            started.set_result((address.url, asyncio.get_running_loop(), stop))
            await stop.wait()
            beside.cancel()
            await asyncio.gather(beside, return_exceptions=True)

    thread = Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    url, loop, stop = started.result(timeout=10)
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(timeout=10)
