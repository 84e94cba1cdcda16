"""How long a whole reply takes, from the update to the end of its callback, with many stories and subscribers.

    python -m benchmarks.replies [STORIES] [SUBSCRIBERS] [DATABASE_URL]

Prints the middle and the 95th percentile in milliseconds of each question; answers go to the sandbox on loopback.
Pictures are not drawn anew: each is drawn once in its life, in a worker.
"""

import asyncio
import contextlib
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import insert
from telegram import Update

from benchmarks.questions import COMMON, NOW, RARE, fill
from bot.charts.gallery import Gallery
from bot.model.chart import Chart
from bot.sandbox.server import create_api
from bot.sandbox.telegram import Telegram
from bot.serving import serve
from bot.store import Store
from bot.store.schema import subscribers, subscriptions
from tests.handlers.chatting import ANNA, Chatting, build_bot, build_services

BATCH = 5000
TIMES = 40
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x0dIHDR" + (1080).to_bytes(4, "big") * 2 + b"\x00" * 60_000
NAMES = ("werrington", "feltham", "wetherby", "parc", "cookham wood", "feltam", "keppel")


async def subscribe(store: Store, count: int) -> None:
    """Make up so many readers of everything."""
    for first in range(1, count + 1, BATCH):
        ids = range(first, min(first + BATCH, count + 1))
        async with store.write() as connection:
            people = [{"id": n, "chat_id": 10_000_000 + n, "language": "en", "created_at": NOW} for n in ids]
            await connection.execute(insert(subscribers), people)
            wants = {"wants": "alerts", "follows": "everything", "consent_version": "1", "consented_at": NOW}
            await connection.execute(insert(subscriptions), [{**wants, "subscriber_id": n} for n in ids])


def questions(dice: random.Random) -> Mapping[str, Callable[[], str]]:
    """What is written, by name; each call makes another one of its kind. What begins with @ is asked inline."""
    return {
        "/latest": lambda: "/latest",
        "/latest place": lambda: f"/latest {dice.choice(NAMES)}",
        "/search common": lambda: f"/search {dice.choice(COMMON)}",
        "/search rare": lambda: f"/search {dice.choice(RARE)}",
        "/search place, common": lambda: f"/search {dice.choice(NAMES)} {dice.choice(COMMON)}",
        "/prison": lambda: f"/prison {dice.choice(NAMES)}",
        "/trend": lambda: "/trend",
        "/trend grades": lambda: "/trend grades",
        "/trend place": lambda: f"/trend {dice.choice(NAMES)}",
        "/actions": lambda: "/actions",
        "inline, nothing": lambda: "@",
        "inline, place": lambda: f"@{dice.choice(NAMES)}",
        "inline, common": lambda: f"@{dice.choice(COMMON)}",
    }


@contextlib.asynccontextmanager
async def talk(store: Store) -> AsyncIterator[Chatting]:
    """Anna and the bot, over a loopback Bot API."""
    local = Telegram()
    local.add_user(ANNA, "Anna")

    async def draw(chart: Chart) -> bytes:
        del chart
        return PNG

    async with serve(create_api(local)) as address:
        application = build_bot(local.token, address.url)
        async with application:
            services = replace(build_services(store, application.bot), gallery=Gallery(draw))
            yield Chatting(local, application, services)
    await local.close()


async def ask(chatting: Chatting, text: str) -> float:
    """The seconds that one answer takes."""
    number, chat = int(time.monotonic_ns()), {"id": ANNA, "type": "private", "first_name": "Anna"}
    person = {"id": ANNA, "is_bot": False, "first_name": "Anna", "language_code": "en"}
    if text.startswith("@"):
        chatting.telegram.queries.ask(str(number))
        content = {"inline_query": {"id": str(number), "from": person, "query": text[1:], "offset": ""}}
    else:
        command = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        date = int(NOW.timestamp())
        said = {"message_id": 1, "date": date, "chat": chat, "from": person, "text": text, "entities": command}
        content = {"message": said}
    update = Update.de_json({"update_id": number, **content}, chatting.bot.bot)
    start = time.perf_counter()
    await chatting.bot.process_update(update)
    return time.perf_counter() - start


async def measure(store: Store) -> None:
    """Ask each many times."""
    async with talk(store) as chatting:
        chatting.telegram.say(ANNA, ANNA, "/start")
        for name, make in questions(random.Random(11)).items():
            await ask(chatting, make())
            took = [1000 * await ask(chatting, make()) for _ in range(TIMES)]
            p95 = statistics.quantiles(took, n=20)[-1]
            print(f"{name:24} middle {statistics.median(took):7.1f} ms   p95 {p95:7.1f} ms", flush=True)


async def main(count: int, people: int, url: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(url or f"sqlite+aiosqlite:///{Path(folder) / 'alerts.db'}")
        start = time.perf_counter()
        await fill(store, count)
        await subscribe(store, people)
        took = timedelta(seconds=round(time.perf_counter() - start))
        print(f"{count} stories and {people} subscribers on {store.dialect}, made in {took}")
        await measure(store)
        await store.close()


if __name__ == "__main__":
    given = sys.argv[1:]
    counts = [int(one) for one in given[:2]]
    asyncio.run(main(*(*counts, *(20_000, 20_000)[len(counts) :]), given[2] if len(given) > 2 else None))
