"""Feeds as organisers change them: added, switched, removed; those being added; and what is learnt of their habits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, case, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feed import Candidate, FeedDraft, FeedKind, FeedSpec, Rhythm, Trial
from bot.store.feeds import as_feed, there
from bot.store.schema import entries, feed_drafts, feeds

DRAFTS_KEPT = timedelta(days=7)

_candidates = TypeAdapter(tuple[Candidate, ...])
_trials = TypeAdapter(Trial)

# What a feed has learnt of its server and of itself: one that comes back begins anew, with its history.
FORGOTTEN: Mapping[str, Any] = {
    "etag": None,
    "last_modified": None,
    "fetch_url": None,
    "identity_rule": None,
    "body_digest": None,
    "ttl_seconds": None,
    "next_poll_at": None,
    "history_at": None,
    "last_polled_at": None,
    "last_success_at": None,
    "failures": 0,
    "failure": None,
    "failing_since": None,
    "gone": False,
    "told": {},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What organisers said of feeds: those that they added, and by address which they removed or switched."""

    own: Sequence[FeedSpec]
    removed: Collection[str]
    switched: Mapping[str, bool]


async def list_said(connection: AsyncConnection) -> Said:
    """What organisers said, for whoever reads the list elsewhere than in the database."""
    rows = list(await connection.execute(select(feeds).order_by(feeds.c.name, feeds.c.id)))
    return Said(
        own=[as_feed(row).spec for row in rows if row.own and row.removed_at is None],
        removed={row.url for row in rows if row.removed_at is not None},
        switched={row.url: row.switched for row in rows if row.switched is not None},
    )


async def add_own_feed(connection: AsyncConnection, spec: FeedSpec) -> int | None:
    """Add a feed, or bring back one that was removed or has left the list; None where it is there already.

    Its next good poll is history (DESIGN.md rule 4), however well it was known before.
    """
    row = (await connection.execute(select(feeds.c.id, there().label("there")).where(feeds.c.url == spec.url))).first()
    if row is not None and row.there:
        return None
    values: dict[str, Any] = {
        "name": spec.name,
        "kind": spec.kind.value,
        "every_seconds": spec.every.total_seconds(),
        "enabled": spec.enabled,
        "own": True,
        "switched": spec.enabled,
        "removed_at": None,
    }
    if row is None:
        made = insert(feeds).values(url=spec.url, index_url=spec.index_url, listed=False, told={}, **values)
        return int((await connection.execute(made.returning(feeds.c.id))).scalar_one())
    await connection.execute(update(feeds).where(feeds.c.id == row.id).values(**values, **FORGOTTEN))
    return int(row.id)


async def switch_feed(connection: AsyncConnection, feed_id: int, *, on: bool) -> bool:
    """Pause or resume a feed, whatever the list says; False where it is so already, or is not there.

    A resumed feed is polled at once. What it brought out meanwhile and is not too old is news.
    """
    resumed: dict[str, Any] = {"next_poll_at": None, "failures": 0, "failure": None, "failing_since": None}
    result = await connection.execute(
        update(feeds)
        .where(feeds.c.id == feed_id, there(), func.coalesce(feeds.c.switched, feeds.c.enabled).is_not(on))
        .values(switched=on, told={}, gone=False, **(resumed if on else {}))
    )
    return result.rowcount == 1


async def remove_feed(connection: AsyncConnection, feed_id: int, now: datetime) -> bool:
    """Take a feed out, whatever the list says; what it brought stays. False where it is not there."""
    result = await connection.execute(
        update(feeds).where(feeds.c.id == feed_id, there()).values(removed_at=now, own=False, switched=None, told={})
    )
    return result.rowcount == 1


async def list_days(connection: AsyncConnection, feed_id: int, limit: int) -> Sequence[datetime]:
    """When a feed brought something: the last time of each day on which it did, the newest first.

    An entry counts at its own date, but not later than it was seen; one that has no date, and was there before we
    listened, says nothing, nor does what the feed missed.
    """
    dated = case(
        (entries.c.published_at < entries.c.first_seen_at, entries.c.published_at), else_=entries.c.first_seen_at
    )
    last = func.max(dated)
    query = (
        select(last)
        .where(entries.c.feed_id == feed_id, ~entries.c.missed_by_feed)
        .where(or_(~entries.c.history, entries.c.published_at.is_not(None)))
        .group_by(func.date(dated))
        .order_by(last.desc())
        .limit(limit)
    )
    return list((await connection.execute(query)).scalars())


async def list_missed(connection: AsyncConnection) -> Mapping[int, datetime]:
    """When feeds last missed something that their site showed: feed id -> time."""
    query = (
        select(entries.c.feed_id, func.max(entries.c.first_seen_at).label("missed_at"))
        .where(entries.c.missed_by_feed)
        .group_by(entries.c.feed_id)
    )
    return {row.feed_id: row.missed_at for row in await connection.execute(query)}


async def set_rhythm(
    connection: AsyncConnection, feed_id: int, rhythm: Rhythm | None, last_entry_at: datetime | None, now: datetime
) -> None:
    """Keep what is known of a feed's habit."""
    values = {
        "usual_gap_seconds": rhythm.usual.total_seconds() if rhythm else None,
        "long_gap_seconds": rhythm.long.total_seconds() if rhythm else None,
        "last_entry_at": last_entry_at,
        "rhythm_at": now,
    }
    await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(values))


async def set_told(connection: AsyncConnection, feed_id: int, told: Mapping[str, str]) -> None:
    """Keep what organisers have been told of a feed."""
    await connection.execute(update(feeds).where(feeds.c.id == feed_id).values(told=dict(told)))


async def add_draft(
    connection: AsyncConnection, author_id: int, found: Sequence[Candidate], now: datetime
) -> FeedDraft:
    """Begin to add one of these feeds; drafts that were left lying for a week go."""
    values = {
        "author_id": author_id,
        "created_at": now,
        "found": _candidates.dump_python(tuple(found), mode="json"),
    }
    row = (await connection.execute(insert(feed_drafts).values(values).returning(feed_drafts))).one()
    # Last, so that an id is never given again: old buttons are still in chats.
    await connection.execute(delete(feed_drafts).where(feed_drafts.c.created_at < now - DRAFTS_KEPT))
    return as_draft(row)


async def find_draft(connection: AsyncConnection, draft_id: int) -> FeedDraft | None:
    """One that is still open, or None."""
    open_one = [feed_drafts.c.id == draft_id, feed_drafts.c.ended_at.is_(None)]
    row = (await connection.execute(select(feed_drafts).where(*open_one))).one_or_none()
    return as_draft(row) if row else None


async def choose_url(connection: AsyncConnection, draft_id: int, url: str, trial: Trial) -> None:
    """Which of them it is, and what a fetch of it showed."""
    values = {"url": url, "trial": _trials.dump_python(trial, mode="json")}
    await connection.execute(update(feed_drafts).where(feed_drafts.c.id == draft_id).values(values))


async def choose_kind(connection: AsyncConnection, draft_id: int, kind: FeedKind) -> None:
    """What kind it is."""
    await connection.execute(update(feed_drafts).where(feed_drafts.c.id == draft_id).values(kind=kind.value))


async def end_draft(connection: AsyncConnection, draft_id: int, now: datetime) -> bool:
    """It was added, or dropped; False where somebody was first."""
    open_one = [feed_drafts.c.id == draft_id, feed_drafts.c.ended_at.is_(None)]
    return (await connection.execute(update(feed_drafts).where(*open_one).values(ended_at=now))).rowcount == 1


def as_draft(row: Row[*tuple[Any, ...]]) -> FeedDraft:
    """A row as its noun."""
    return FeedDraft(
        id=row.id,
        author_id=row.author_id,
        found=_candidates.validate_python(row.found),
        url=row.url,
        trial=None if row.trial is None else _trials.validate_python(row.trial),
        kind=None if row.kind is None else FeedKind(row.kind),
        ended_at=row.ended_at,
    )
