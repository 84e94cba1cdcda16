"""How fast one process delivers with the full ledger, against raw aiohttp and python-telegram-bot's stock transport.

All in one run, against the loopback server of benchmarks.sending, which answers after 50 ms:

    python -m benchmarks.delivery                    both databases at no limit, as ratios
    python -m benchmarks.delivery --paced 60         paced at 1,000/s for so many seconds as well
    python -m benchmarks.delivery --million          enqueue a million, deliver some of them, and tell the memory too

Each ledger is measured in a process of its own: its rate, CPU and rows written for each message, and most memory.
PostgreSQL is the tests' own server, which does not wait for the disk.
"""

import argparse
import asyncio
import json
import logging
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path

from sqlalchemy import Engine, event, func, select, text

from benchmarks.sending import MESSAGE, TOKEN, Measured, measure, ours, raw_aiohttp, serve, stock
from bot.compose.reason import because, with_reason
from bot.compose.wording import Wording
from bot.flows.deliver import Deliver
from bot.model.delivery import MessageKind
from bot.model.subscriber import Wants
from bot.sending import build_bot, send
from bot.store import Store
from bot.store.identity import claim_identity
from bot.store.messages import add_message, enqueue
from bot.store.schema import deliveries
from tests.postgres import fresh_database, postgres_server

WARM_UP_SECONDS = 1.5
NO_LIMIT = 1e9
NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, :count))",
}
READERS = (
    "INSERT INTO subscribers (id, chat_id, language, created_at) SELECT i, 1000000000 + i, 'en', :now FROM n",
    (
        "INSERT INTO subscriptions (subscriber_id, wants, follows, consent_version, consented_at)"
        " SELECT i, 'alerts', 'everything', 'v1', :now FROM n"
    ),
)


def utc_now() -> datetime:
    return datetime.now(UTC)


async def fill(store: Store, readers: int) -> float:
    """So many subscribers, each owed one alert; returns the seconds that enqueueing took."""
    now = utc_now()
    async with store.write() as connection:
        if store.dialect == "postgresql":
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
        await claim_identity(connection, bot_id=1, username="bot")
        for statement in READERS:
            insert = text(numbered(statement, store.dialect))
            at = now.replace(tzinfo=None) if store.dialect == "sqlite" else now
            await connection.execute(insert, {"count": readers, "now": at})
    began = time.perf_counter()
    async with store.write() as connection:
        message = await add_message(
            connection, MessageKind.ALERT, {"en": MESSAGE}, now=now, expires_at=now + timedelta(days=2)
        )
        await enqueue(connection, message, MessageKind.ALERT, wants=Wants.ALERTS, follows=["everything"], now=now)
    took = time.perf_counter() - began
    async with store.write() as connection:
        # PostgreSQL does it by itself within a minute; the tests' server is told not to.
        await connection.execute(text("ANALYZE"))
    return took


def numbered(statement: str, dialect: str) -> str:
    """The statement with the database's way to count; SQLite wants it in front, PostgreSQL takes it there too."""
    return f"{NUMBERS[dialect]} {statement}"


async def deliver(url: str, server: str, *, readers: int, seconds: float, per_second: float) -> dict[str, float]:
    """Fill, deliver for so long after a warm-up, and tell what it took."""
    store = await Store.open(url)
    enqueued = await fill(store, readers)
    wording = Wording.load("en")
    written = 0

    def count(_, cursor, statement, *__):
        nonlocal written
        if statement.startswith(("UPDATE", "INSERT", "DELETE")):
            written += max(cursor.rowcount, 0)

    event.listen(Engine, "after_cursor_execute", count)

    @lru_cache(maxsize=64)
    def render(message, follows, kind):
        return with_reason(message, because(follows, wording, str.title, kind))

    async with build_bot(TOKEN, api_url=server) as bot:
        flow = Deliver(
            store=store,
            send=lambda one: send(bot, one.key, render(one.message, one.follows, one.kind)),
            now=utc_now,
            wake=lambda _: None,
            worker="bench",
            per_second=per_second,
        )
        ticking = asyncio.create_task(flow.tick())
        await asyncio.sleep(WARM_UP_SECONDS)
        sent, began, cpu, rows = await count_sent(store), time.perf_counter(), time.process_time(), written
        await asyncio.wait({ticking}, timeout=seconds)
        took, cpu, rows = time.perf_counter() - began, time.process_time() - cpu, written - rows
        sent = await count_sent(store) - sent
        await flow.stop(10)
        await ticking
    await store.close()
    return {
        "per_second": sent / took,
        "cpu_us": cpu / sent * 1e6,
        "rows": rows / sent,
        "enqueued_seconds": enqueued,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


async def count_sent(store: Store) -> int:
    async with store.read() as connection:
        query = select(func.count()).select_from(deliveries).where(deliveries.c.state == "sent")
        return (await connection.execute(query)).scalar_one()


def measured_apart(url: str, server: str, readers: int, seconds: float, per_second: float) -> dict[str, float]:
    """`deliver` in a process of its own."""
    arguments = [url, server, str(readers), str(seconds), str(per_second)]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.delivery", "--ledger", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


@contextmanager
def telegram() -> Iterator[str]:
    """The loopback server, in a process of its own."""
    spawn = multiprocessing.get_context("spawn")
    port_here, port_there = spawn.Pipe(duplex=False)
    server = spawn.Process(target=serve, args=(port_there,), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{port_here.recv()}"
    finally:
        server.terminate()
        server.join()


def bare(way, server: str, seconds: float) -> dict[str, float]:
    """A way of sending without a ledger."""

    async def once() -> Measured:
        async with AsyncExitStack() as house:
            return await measure(await way(house, server, 128), connections=128, seconds=seconds)

    return vars(asyncio.run(once()))


def show(name: str, found: dict[str, float], raw: float, stock_rate: float) -> None:
    print(
        f"{name:28} {found['per_second']:6.0f}/s  {found['cpu_us']:6.0f} us CPU"
        f"  {found['per_second'] / raw:5.2f} of raw  {found['per_second'] / stock_rate:5.1f} x stock"
        + (
            f"  {found['rows']:4.2f} rows written each, enqueued in {found['enqueued_seconds']:.1f} s,"
            f" {found['memory_mb']:.0f} MB at most"
            if "rows" in found
            else ""
        ),
        flush=True,
    )


def best_of_two(ways: dict[str, Callable[[], dict[str, float]]]) -> dict[str, dict[str, float]]:
    """The better of two rounds each, in turn, so that a neighbour's busy moment spoils none of them alone."""
    best: dict[str, dict[str, float]] = {}
    for name, way in [*ways.items()] * 2:
        found = way()
        best[name] = max(best.get(name, found), found, key=lambda one: one["per_second"])
    return best


def main(readers: int, seconds: float, paced: float, million: bool, databases: list[str]) -> None:
    """Measure and print."""
    with telegram() as server, tempfile.TemporaryDirectory() as folder, postgres_server() as template:

        def ledger(kind: str, count: int, duration: float, rate: float = NO_LIMIT) -> dict[str, float]:
            if kind == "sqlite":
                path = Path(folder) / f"{time.monotonic_ns()}.db"
                return measured_apart(f"sqlite+aiosqlite:///{path}", server, count, duration, rate)
            with fresh_database(template) as url:
                return measured_apart(url.render_as_string(hide_password=False), server, count, duration, rate)

        ways = {
            "raw aiohttp": lambda: bare(raw_aiohttp, server, seconds),
            "our sender alone": lambda: bare(ours, server, seconds),
            "stock transport": lambda: bare(stock, server, seconds),
            **{f"ledger on {kind}": partial(ledger, kind, readers, seconds) for kind in databases},
        }
        found = best_of_two(ways)
        for kind in databases:
            if paced:
                found[f"{kind}, paced at 1,000/s"] = ledger(kind, int(1100 * (paced + 3)), paced, 1000)
            if million:
                found[f"{kind}, 10,000 readers"] = ledger(kind, 10_000, seconds)
                found[f"{kind}, 1,000,000 readers"] = ledger(kind, 1_000_000, seconds * 3)
        for name, one in found.items():
            show(name, one, found["raw aiohttp"]["per_second"], found["stock transport"]["per_second"])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ledger"]:
        logging.disable(logging.INFO)
        where, telegram_url, count, duration, rate = sys.argv[2:]
        result = deliver(where, telegram_url, readers=int(count), seconds=float(duration), per_second=float(rate))
        print(json.dumps(asyncio.run(result)))
    else:
        parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
        parser.add_argument("--readers", type=int, default=20_000)
        parser.add_argument("--seconds", type=float, default=4)
        parser.add_argument("--paced", type=float, default=0)
        parser.add_argument("--million", action="store_true")
        parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
        main(**vars(parser.parse_args()))
