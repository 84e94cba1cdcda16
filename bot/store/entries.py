"""Entries: kept once per feed and identity, with their verdict and the traces that stories are known by."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import Entry, KeptEntry
from bot.model.feed import FeedKind
from bot.model.story import Traces, Verdict
from bot.store.codec import dump, load_traces
from bot.store.schema import entries, feeds, stories


async def find_known(
    connection: AsyncConnection, feed_id: int, identities: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """Which of these identities the feed delivered before: identity -> (title, summary) as last seen."""
    wanted = list(identities)
    query = select(entries.c.identity, entries.c.title, entries.c.summary).where(
        entries.c.feed_id == feed_id,
        entries.c.identity.in_(wanted),
    )
    return {row.identity: (row.title, row.summary) for row in await connection.execute(query)}


async def find_identities(connection: AsyncConnection, feed_id: int, urls: Iterable[str | None]) -> dict[str, str]:
    """Under which identity the feed delivered these addresses before: url -> identity, the newest where several."""
    wanted = [url for url in urls if url]
    query = (
        select(entries.c.url, entries.c.identity)
        .where(entries.c.feed_id == feed_id, entries.c.url.in_(wanted))
        .order_by(entries.c.id)
    )
    return {row.url: row.identity for row in await connection.execute(query)}


async def add_entry(
    connection: AsyncConnection,
    feed_id: int,
    entry: Entry,
    *,
    verdict: Verdict,
    traces: Traces,
    story_id: int | None,
    history: bool,
    now: datetime,
) -> int:
    """Keep a new entry; returns its row id."""
    result = await connection.execute(
        insert(entries)
        .values(
            feed_id=feed_id,
            identity=entry.id,
            url=entry.url,
            title=entry.title,
            summary=entry.summary,
            categories=list(entry.categories),
            published_at=entry.published_at,
            first_seen_at=now,
            history=history,
            outcome=verdict.outcome.value,
            verdict=dump("verdict", verdict),
            traces=dump("traces", traces),
            story_id=story_id,
        )
        .returning(entries.c.id),
    )
    return int(result.scalar_one())


async def update_entry(connection: AsyncConnection, feed_id: int, entry: Entry, now: datetime) -> int | None:
    """Keep an entry's new words; returns its story, which stays: an update is never an alert by itself."""
    changed = await connection.execute(
        update(entries)
        .where(entries.c.feed_id == feed_id, entries.c.identity == entry.id)
        .values(title=entry.title, summary=entry.summary, updated_at=now)
        .returning(entries.c.story_id),
    )
    story_id: int | None = changed.scalar_one_or_none()
    return story_id


async def set_entry_verdict(connection: AsyncConnection, feed_id: int, identity: str, verdict: Verdict) -> None:
    """Replace an entry's verdict: its words have changed."""
    await connection.execute(
        update(entries)
        .where(entries.c.feed_id == feed_id, entries.c.identity == identity)
        .values(outcome=verdict.outcome.value, verdict=dump("verdict", verdict)),
    )


async def list_candidates(connection: AsyncConnection, since: datetime) -> list[tuple[int, list[Traces]]]:
    """Stories begun since then with their entries' traces, the oldest first: what a new entry may join.

    Dismissed stories are among them, so that what a person refused does not come back through a second outlet.
    """
    query = (
        select(entries.c.story_id, entries.c.traces)
        .join(stories, stories.c.id == entries.c.story_id)
        .where(stories.c.created_at >= since)
        .order_by(entries.c.story_id, entries.c.id)
    )
    found: dict[int, list[Traces]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.story_id, []).append(load_traces(row.traces))
    return list(found.items())


async def list_entries_of(connection: AsyncConnection, story_id: int) -> Sequence[KeptEntry]:
    """A story's entries, the first seen first."""
    query = (
        select(entries, feeds.c.name.label("source"), feeds.c.kind.label("feed_kind"))
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .where(entries.c.story_id == story_id)
        .order_by(entries.c.id)
    )
    return [as_kept_entry(row) for row in await connection.execute(query)]


def as_kept_entry(row: Row[*tuple[Any, ...]]) -> KeptEntry:
    """A row as its noun."""
    return KeptEntry(
        row_id=row.id,
        feed_id=row.feed_id,
        entry=as_entry(row),
        first_seen_at=row.first_seen_at,
        story_id=row.story_id,
    )


def as_entry(row: Row[*tuple[Any, ...]]) -> Entry:
    """The entry in a row that holds its columns, and its feed's name as `source` and kind as `feed_kind`."""
    return Entry(
        id=row.identity,
        url=row.url,
        title=row.title,
        summary=row.summary,
        published_at=row.published_at,
        source=row.source,
        kind=FeedKind(row.feed_kind),
        categories=tuple(row.categories),
    )
