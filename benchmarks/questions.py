"""How long the database takes over what people ask, with many stories in it.

    python -m benchmarks.questions [STORIES] [DATABASE_URL]

Prints the middle and the 95th percentile in milliseconds of a search, of a search that keeps to a place, of what
/prison and /latest ask, and of a page far down. The stories are made up: common words are in most of
them, rare ones in few.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.campaign import load_pack
from bot.campaign.pack import Scope
from bot.match.text import words
from bot.model.feed import FeedKind, FeedSpec
from bot.model.story import Outcome, StoryState, Traces, Verdict
from bot.store import Store
from bot.store.answers import list_latest
from bot.store.codec import dump
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.schema import entries, entry_subjects, stories
from bot.store.searching import search_stories
from bot.store.subjects import subjects_of

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
BATCH = 5000
TIMES = 60
COMMON = words("prison children inspectors safety violence restraint staff report education custody")
RARE = [f"rareword{number}" for number in range(5000)]
PLACES = [one.id for one in load_pack().institutions if one.scope is Scope.OURS]

Ask = Callable[[AsyncConnection], Awaitable[Sequence[Any]]]


def said(dice: random.Random) -> str:
    """Thirty words, most of them common."""
    return " ".join(dice.choice(COMMON) if dice.random() < 0.7 else dice.choice(RARE) for _ in range(30))


def rows(dice: random.Random, first: int, last: int, feed_id: int) -> Iterator[tuple[dict[str, Any], Any, datetime]]:
    """Entries, each the lead of a story of the same number, with verdict and day."""
    traces = dump("traces", Traces(published=None))
    for number in range(first, last):
        verdict = Verdict(outcome=Outcome.ALERT, score=6.0, institutions=(dice.choice(PLACES[:20]),))
        when = NOW - timedelta(minutes=5 * number)
        row = {"id": number, "feed_id": feed_id, "identity": str(number), "url": f"https://x.example/{number}"}
        row |= {"title": said(dice)[:80], "summary": said(dice), "categories": [], "published_at": when}
        row |= {"first_seen_at": when, "history": False, "outcome": "alert", "verdict": dump("verdict", verdict)}
        yield {**row, "traces": traces, "story_id": number}, verdict, when


async def fill(store: Store, count: int) -> None:
    """Make up so many stories."""
    dice, spec = (
        random.Random(7),
        FeedSpec(name="x", url="https://x.example/", kind=FeedKind.NEWS, every=timedelta(hours=1)),
    )
    async with store.write() as connection:
        await sync_feeds(connection, [spec])
        (feed,) = await list_feeds(connection)
    for first in range(1, count + 1, BATCH):
        made = list(rows(dice, first, min(first + BATCH, count + 1), feed.id))
        told = {"state": StoryState.PUBLISHED.value, "feed_id": feed.id, "created_at": NOW}
        async with store.write() as connection:
            await connection.execute(
                insert(stories), [{**told, "id": e["id"], "lead_entry_id": e["id"]} for e, _, _ in made]
            )
            await connection.execute(insert(entries), [entry for entry, _, _ in made])
            about = [
                {"entry_id": entry["id"], "subject": subject, "dated_at": when}
                for entry, verdict, when in made
                for subject in subjects_of(verdict)
            ]
            await connection.execute(insert(entry_subjects), about)
    if store.dialect == "postgresql":
        async with store.write() as connection:
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
            await connection.execute(text("ANALYZE"))


def questions(dice: random.Random) -> dict[str, Callable[[], Ask]]:
    """What is asked, by name; each call makes another one of its kind."""

    def place() -> str:
        return f"institution:{dice.choice(PLACES[:20])}"

    def search(*phrases: str, subject: str | None = None, offset: int = 0) -> Ask:
        return lambda connection: search_stories(connection, phrases, subject, limit=11, offset=offset)

    def newest(subject: str, limit: int = 11, offset: int = 0) -> Ask:
        return lambda connection: list_latest(connection, limit, subject, offset=offset)

    return {
        "/search common": lambda: search(dice.choice(COMMON)),
        "/search two common": lambda: search(*dice.sample(COMMON, 2)),
        "/search rare": lambda: search(dice.choice(RARE)),
        "/search common, rare": lambda: search(dice.choice(COMMON), dice.choice(RARE)),
        "/search a phrase": lambda: search(" ".join(dice.sample(COMMON, 3))),
        "/search place, common": lambda: search(dice.choice(COMMON), subject=place()),
        "/search place, rare": lambda: search(dice.choice(RARE), subject=place()),
        "/search page 20": lambda: search(dice.choice(COMMON), offset=200),
        "/latest": lambda: newest("everything"),
        "/latest page 40": lambda: newest("everything", offset=390),
        "/prison": lambda: newest(place(), limit=40),
        "/prison page 40": lambda: newest(place(), offset=390),
    }


async def measure(store: Store) -> None:
    """Ask each many times."""
    for name, make in questions(random.Random(11)).items():
        took = []
        for _ in range(TIMES):
            ask = make()
            async with store.read() as connection:
                start = time.perf_counter()
                await ask(connection)
                took.append((time.perf_counter() - start) * 1000)
        print(
            f"{name:24} middle {statistics.median(took):7.1f} ms   p95 {statistics.quantiles(took, n=20)[-1]:7.1f} ms",
            flush=True,
        )


async def main(count: int, url: str | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(url or f"sqlite+aiosqlite:///{Path(folder) / 'alerts.db'}")
        start = time.perf_counter()
        await fill(store, count)
        print(f"{count} stories on {store.dialect}, made in {time.perf_counter() - start:.0f} s")
        await measure(store)
        await store.close()


if __name__ == "__main__":
    given = sys.argv[1:]
    asyncio.run(main(int(given[0]) if given else 100_000, given[1] if len(given) > 1 else None))
