"""One poll cycle over 1,000 loopback feeds, against a plain httpx and feedparser loop at the same concurrency.

    python -m benchmarks.intake [FEEDS]

Prints seconds, their ratio, the event loop's lag and the most memory that all processes held at once; then the same
of the whole flow, which judges 30 new entries of each feed and keeps them in a database.
"""

import asyncio
import contextlib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import feedparser
import httpx
import psutil

from bot.campaign import load_pack
from bot.feeds import fetch_feed
from bot.flows.poll import Poll
from bot.match import Matcher
from bot.model.feed import FeedKind, FeedSpec, FeedState
from bot.net import Client
from bot.store import Store
from bot.store.feeds import sync_feeds
from bot.workers import Workers

CONCURRENCY = 8
ITEMS = "".join(
    f"<item><title>Story {n}</title><guid>g{n}</guid><link>https://news.example/s/{n}</link>"
    f"<pubDate>Wed, 25 Nov 2026 10:{n:02}:00 GMT</pubDate>"
    f"<description>&lt;p&gt;{'words ' * 60}&lt;/p&gt;</description></item>"
    for n in range(30)
)
BODY = f"<rss version='2.0'><channel><title>t</title>{ITEMS}</channel></rss>".encode()
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY
SAME = b"HTTP/1.1 304 Not Modified\r\n\r\n"


async def serve() -> None:
    """Answers 304 to whoever compares, else a feed of 30 entries; prints its port. Runs in a process of its own."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(SAME if b"if-none-match" in head.lower() else WHOLE)
                await writer.drain()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextlib.asynccontextmanager
async def watched(what: str) -> AsyncIterator[list[float]]:
    """Lag of the loop and memory of all our processes while the block runs; appends the block's seconds."""
    lags: list[float] = []
    peak = 0
    seconds: list[float] = []

    async def watch() -> None:
        nonlocal peak
        me = psutil.Process()
        turn = 0
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            lags.append(time.perf_counter() - before - 0.005)
            turn += 1
            if turn % 40 == 0:
                with contextlib.suppress(psutil.Error):
                    ours = [me, *(p for p in me.children(recursive=True) if "--serve" not in p.cmdline())]
                    peak = max(peak, sum(p.memory_info().rss for p in ours))

    task = asyncio.create_task(watch())
    started = time.perf_counter()
    yield seconds
    seconds.append(time.perf_counter() - started)
    task.cancel()
    lag = statistics.quantiles(lags, n=100)[98] * 1000 if len(lags) > 1 else 0.0
    print(f"  {what:24} {seconds[0]:7.2f} s   lag p99 {lag:6.1f} ms   memory {peak / 2**20:5.0f} MB")


async def spread(count: int, work: Callable[[int], Awaitable[object]]) -> None:
    """Run so many jobs, CONCURRENCY at once."""
    numbers = iter(range(count))

    async def some() -> None:
        for number in numbers:
            await work(number)

    await asyncio.gather(*(some() for _ in range(CONCURRENCY)))


async def measure(base: str, count: int, etag: str | None) -> None:
    """Ours, then the plain loop."""
    async with Client("bench", [base.removeprefix("http://")]) as client:
        workers = Workers(1)
        specs = [FeedSpec(name=f"f{n}", url=f"{base}/{n}", kind=FeedKind.NEWS) for n in range(count)]
        begun = feed_state(specs[0], None)
        await fetch_feed(client, workers, begun)

        async def ours(number: int) -> None:
            await fetch_feed(client, workers, feed_state(specs[number], etag))

        async with watched("ours") as mine:
            await spread(count, ours)
        await workers.close()
    async with httpx.AsyncClient(headers={"If-None-Match": etag} if etag else {}) as plain:

        async def theirs(number: int) -> None:
            answer = await plain.get(f"{base}/{number}")
            feedparser.parse(answer.content)

        async with watched("httpx and feedparser") as other:
            await spread(count, theirs)
    print(f"  ratio {mine[0] / other[0]:.2f}")


async def cycle(base: str, count: int) -> None:
    """The whole flow twice: everything is new, and nothing is."""
    moment = [datetime.now(UTC)]
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{Path(folder) / 'a.db'}")
        specs = [FeedSpec(name=f"f{n}", url=f"{base}/{n}", kind=FeedKind.NEWS) for n in range(count)]
        async with store.write() as connection:
            await sync_feeds(connection, specs)
        workers = Workers(1)
        async with Client("bench", [base.removeprefix("http://")]) as client:
            poll = Poll(
                store=store,
                matcher=Matcher(load_pack()),
                fetch=partial(fetch_feed, client, workers),
                now=lambda: moment[0],
                wake=lambda _: None,
                exact=lambda _: True,
            )
            for what in ("30 new entries each", "nothing new"):
                async with watched(what):
                    await poll.tick()
                moment[0] += timedelta(minutes=11)
        await workers.close()
        await store.close()


def feed_state(spec: FeedSpec, etag: str | None) -> FeedState:
    """A feed that was polled before."""
    return FeedState(id=1, spec=spec, etag=etag, history_at=datetime.now(UTC))


async def main(count: int) -> None:
    """Both cycles."""
    command = [sys.executable, "-m", "benchmarks.intake", "--serve"]
    server = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    assert server.stdout is not None
    base = f"http://127.0.0.1:{int(await server.stdout.readline())}"
    try:
        for what, etag in (("answering 304", '"1"'), ("answering 200 with 30 entries", None)):
            print(f"{count} feeds {what}")
            await measure(base, count, etag)
        print(f"{count} feeds polled into a database")
        await cycle(base, count)
    finally:
        server.terminate()
        await server.wait()


if __name__ == "__main__":
    if "--serve" in sys.argv:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve())
    else:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
