"""Feeds: what is polled, and what each poll learnt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feed import FeedKind, FeedSpec, FeedState
from bot.store.schema import feeds


async def sync_feeds(connection: AsyncConnection, specs: Iterable[FeedSpec]) -> None:
    """Make the listed feeds be exactly `specs`, by URL. One that left the list keeps its memory and is not polled."""
    await connection.execute(update(feeds).values(listed=False))
    known = set((await connection.execute(select(feeds.c.url))).scalars())
    for spec in specs:
        values = {
            "name": spec.name,
            "kind": spec.kind.value,
            "every_seconds": spec.every.total_seconds(),
            "index_url": spec.index_url,
            "enabled": spec.enabled,
            "listed": True,
        }
        if spec.url in known:
            await connection.execute(update(feeds).where(feeds.c.url == spec.url).values(values))
        else:
            await connection.execute(insert(feeds).values(url=spec.url, **values))
            known.add(spec.url)


async def list_due_feeds(connection: AsyncConnection, now: datetime, limit: int) -> Sequence[FeedState]:
    """Feeds whose poll is due, the longest overdue first; never polled ones before all."""
    due = or_(feeds.c.next_poll_at.is_(None), feeds.c.next_poll_at <= now)
    query = live().where(due).order_by(feeds.c.next_poll_at.is_not(None), feeds.c.next_poll_at, feeds.c.id).limit(limit)
    return [as_feed(row) for row in await connection.execute(query)]


async def list_feeds(connection: AsyncConnection) -> Sequence[FeedState]:
    """Every listed feed, by name; disabled ones too."""
    query = select(feeds).where(feeds.c.listed).order_by(feeds.c.name)
    return [as_feed(row) for row in await connection.execute(query)]


def live() -> Select[*tuple[Any, ...]]:
    """Feeds that are polled."""
    return select(feeds).where(feeds.c.listed, feeds.c.enabled)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """What a good poll learnt of its feed. `changed` is False on a 304 and where no entry was new or different."""

    feed_id: int
    polled_at: datetime
    next_poll_at: datetime
    changed: bool
    etag: str | None
    last_modified: str | None
    fetch_url: str | None
    identity_rule: str | None


async def mark_polled(connection: AsyncConnection, result: PollResult) -> None:
    """Write down a good poll; the first one ends the feed's history (DESIGN.md rule 4)."""
    row = (await connection.execute(select(feeds.c.history_at).where(feeds.c.id == result.feed_id))).one()
    values = {
        "next_poll_at": result.next_poll_at,
        "last_polled_at": result.polled_at,
        "last_success_at": result.polled_at,
        "history_at": row.history_at or result.polled_at,
        "etag": result.etag,
        "last_modified": result.last_modified,
        "fetch_url": result.fetch_url,
        "identity_rule": result.identity_rule,
        "failures": 0,
        "failure": None,
        "failing_since": None,
    }
    if result.changed:
        values["last_change_at"] = result.polled_at
    await connection.execute(update(feeds).where(feeds.c.id == result.feed_id).values(values))


async def mark_poll_failed(
    connection: AsyncConnection,
    feed_id: int,
    *,
    reason: str,
    polled_at: datetime,
    next_poll_at: datetime,
) -> None:
    """Write down a failed poll and why; nothing else of the feed changes."""
    row = (await connection.execute(select(feeds.c.failures, feeds.c.failing_since).where(feeds.c.id == feed_id))).one()
    await connection.execute(
        update(feeds)
        .where(feeds.c.id == feed_id)
        .values(
            failures=row.failures + 1,
            failure=reason,
            failing_since=row.failing_since or polled_at,
            last_polled_at=polled_at,
            next_poll_at=next_poll_at,
        ),
    )


def as_feed(row: Row[*tuple[Any, ...]]) -> FeedState:
    """A row as its noun."""
    return FeedState(
        id=row.id,
        spec=FeedSpec(
            name=row.name,
            url=row.url,
            kind=FeedKind(row.kind),
            every=timedelta(seconds=row.every_seconds),
            index_url=row.index_url,
            enabled=row.enabled,
        ),
        **{name: getattr(row, name) for name in KEPT},
    )


KEPT = (
    "etag",
    "last_modified",
    "next_poll_at",
    "history_at",
    "last_polled_at",
    "last_success_at",
    "last_change_at",
    "failures",
    "failure",
    "failing_since",
    "fetch_url",
    "identity_rule",
)
