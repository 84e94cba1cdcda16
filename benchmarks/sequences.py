"""A feed polled again and again into a database, by the real flow: what would be pushed at each poll."""

import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

from bot.campaign import load_pack
from bot.feeds import Fetched
from bot.flows.poll import Poll
from bot.match import Matcher
from bot.model.feed import FeedKind, FeedSpec, FeedState
from bot.model.story import Outcome, StoryState, Traces, Verdict
from bot.store import Store
from bot.store.feeds import sync_feeds
from bot.store.schema import entries, stories

# The sequences were written for this day.
BEGUN = datetime(2026, 11, 3, 12, tzinfo=UTC)


class Everything(Matcher):
    """Takes every entry for certain news, each for an event of its own: here only the intake is judged."""

    def judge(self, *_: object, **__: object) -> Verdict:
        """Certainly ours."""
        return Verdict(outcome=Outcome.ALERT, score=9.0)

    def trace(self, *_: object, **__: object) -> Traces:
        """Like no other entry."""
        return Traces(published=None)


@cache
def everything() -> Everything:
    """One for all sequences: it is slow to build."""
    return Everything(load_pack())


async def polled(fetch: Callable[[FeedState], Awaitable[Fetched]], url: str, times: int) -> tuple[list[int], list[int]]:
    """At each poll: how many stories became news, and how many new entries were too old to be any."""
    moment = [BEGUN]
    pushed, aged = [], []
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{Path(folder) / 'a.db'}")
        async with store.write() as connection:
            await sync_feeds(connection, [FeedSpec(name="f", url=url, kind=FeedKind.NEWS)])
        poll = Poll(
            store=store,
            matcher=everything(),
            fetch=fetch,
            now=lambda: moment[0],
            wake=lambda _: None,
            exact=lambda _: True,
        )
        before = await count(store)
        for _ in range(times):
            await poll.tick()
            now = await count(store)
            pushed.append(now[0] - before[0])
            aged.append(max(now[1] - before[1], 0) if moment[0] != BEGUN else 0)
            before = now
            moment[0] += timedelta(minutes=10)
        await store.close()
    return pushed, aged


async def count(store: Store) -> tuple[int, int]:
    """Stories that are news, and entries that are history."""
    news = select(func.count()).select_from(stories).where(stories.c.state != StoryState.HISTORY.value)
    old = select(func.count()).select_from(entries).where(entries.c.history)
    async with store.read() as connection:
        return (await connection.execute(news)).scalar_one(), (await connection.execute(old)).scalar_one()
