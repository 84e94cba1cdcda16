"""Feeds: what is polled, and what each poll learnt. What organisers do with them is bot.store.own_feeds'.

There are two sources of feeds: the list (the pack's, or the configuration's instead) and what organisers added. The
list says name, kind and pace of those that it names. Whether a feed is polled, or there at all, is the organisers' word
once they have given it in chat.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feed import FeedKind, FeedSpec, FeedState, Rhythm
from bot.store.schema import feeds


async def sync_feeds(connection: AsyncConnection, specs: Iterable[FeedSpec]) -> None:
    """Make the listed feeds be exactly `specs`, by URL.

    One that left the list keeps its memory and is not polled, unless organisers added it, too.
    """
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
    """Every feed that is there, by name; disabled ones too."""
    query = select(feeds).where(there()).order_by(feeds.c.name, feeds.c.id)
    return [as_feed(row) for row in await connection.execute(query)]


async def find_feed(connection: AsyncConnection, feed_id: int) -> FeedState | None:
    """One feed that is there, or None."""
    row = (await connection.execute(select(feeds).where(there(), feeds.c.id == feed_id))).one_or_none()
    return as_feed(row) if row else None


async def is_current(connection: AsyncConnection, feed: FeedState) -> bool:
    """Whether a feed, as it was read a while ago, is still polled, and its history is still the same."""
    row = (await connection.execute(live().where(feeds.c.id == feed.id).with_for_update())).one_or_none()
    return row is not None and row.history_at == feed.history_at


def there() -> ColumnElement[bool]:
    """In the list or added by organisers, and not removed by them."""
    return and_(or_(feeds.c.listed, feeds.c.own), feeds.c.removed_at.is_(None))


def live() -> Select[*tuple[Any, ...]]:
    """Feeds that are polled."""
    return select(feeds).where(there(), func.coalesce(feeds.c.switched, feeds.c.enabled))


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
    body_digest: str | None
    ttl: timedelta | None


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
        "body_digest": result.body_digest,
        "ttl_seconds": result.ttl.total_seconds() if result.ttl is not None else None,
        "failures": 0,
        "failure": None,
        "failing_since": None,
        "gone": False,
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
    gone: bool = False,
) -> None:
    """Write down a failed poll and why; nothing else of the feed changes. `gone`: its publisher says it has ended."""
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
            gone=gone,
        ),
    )


async def forget_validators(connection: AsyncConnection, feed_id: int) -> None:
    """Ask for everything next time: the server says "nothing new" to whoever compares nothing."""
    await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(etag=None, last_modified=None))


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
            enabled=row.enabled if row.switched is None else row.switched,
        ),
        rhythm=as_rhythm(row.usual_gap_seconds, row.long_gap_seconds),
        ttl=None if row.ttl_seconds is None else timedelta(seconds=row.ttl_seconds),
        **{name: getattr(row, name) for name in KEPT},
    )


def as_rhythm(usual: float | None, long: float | None) -> Rhythm | None:
    """Two columns as their noun; None where nothing is known."""
    if usual is None or long is None:
        return None
    return Rhythm(usual=timedelta(seconds=usual), long=timedelta(seconds=long))


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
    "body_digest",
    "index_failure",
    "gone",
    "listed",
    "own",
    "last_entry_at",
    "rhythm_at",
    "told",
)
