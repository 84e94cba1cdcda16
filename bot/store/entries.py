"""Entries: kept once per feed and identity, with their verdict and the traces that stories are known by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import Entry, KeptEntry
from bot.model.feed import FeedKind
from bot.model.story import StoryState, Traces, Verdict
from bot.store.codec import dump, load_traces
from bot.store.schema import entries, entry_versions, feeds, stories
from bot.store.subjects import put_subjects

VERSIONS_KEPT = 20
Words = tuple[str, str, str]
"""What an entry says: its title, summary and stamp."""


def words_of(entry: Entry) -> Words:
    """What is compared to know whether an entry has changed."""
    return (entry.title, entry.summary, entry.stamp)


async def find_known(connection: AsyncConnection, feed_id: int, identities: Iterable[str]) -> dict[str, Words]:
    """Which of these identities the feed delivered before: identity -> its words as last seen."""
    query = select(entries.c.identity, entries.c.title, entries.c.summary, entries.c.stamp).where(
        entries.c.feed_id == feed_id,
        entries.c.identity.in_(list(identities)),
    )
    return {row.identity: (row.title, row.summary, row.stamp) for row in await connection.execute(query)}


async def find_identities(connection: AsyncConnection, feed_id: int, places: Iterable[str]) -> dict[str, str]:
    """Under which identity this feed's entries about these pages are kept: place -> identity, the newest of several."""
    wanted = [place for place in places if place]
    query = (
        select(entries.c.place, entries.c.identity)
        .where(entries.c.feed_id == feed_id, entries.c.place.in_(wanted))
        .order_by(entries.c.id)
    )
    return {row.place: row.identity for row in await connection.execute(query)}


async def add_entry(
    connection: AsyncConnection,
    feed_id: int,
    entry: Entry,
    *,
    place: str | None = None,
    verdict: Verdict,
    traces: Traces,
    story_id: int | None,
    history: bool,
    now: datetime,
) -> int:
    """Keep a new entry; `place` is its canonical address. Returns its row id."""
    result = await connection.execute(
        insert(entries)
        .values(
            feed_id=feed_id,
            identity=entry.id,
            url=entry.url,
            place=place,
            title=entry.title,
            summary=entry.summary,
            stamp=entry.stamp,
            missed_by_feed=entry.missed_by_feed,
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
    row_id = int(result.scalar_one())
    if story_id is not None:
        await put_subjects(connection, entries.c.id == row_id)
    return row_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of an entry whose words changed. `returned`: it says what it had said once before."""

    row_id: int
    story_id: int | None
    returned: bool


async def update_entry(connection: AsyncConnection, feed_id: int, entry: Entry, now: datetime) -> Change:
    """Give a kept entry its new words; the old ones stay as a version, the newest 20 of them.

    Its story stays what it is: an update is never an alert by itself.
    """
    this = (entries.c.feed_id == feed_id) & (entries.c.identity == entry.id)
    old = (await connection.execute(select(entries).where(this))).one()
    before = {
        (row.title, row.summary, row.stamp)
        for row in await connection.execute(select(entry_versions).where(entry_versions.c.entry_id == old.id))
    }
    await connection.execute(
        insert(entry_versions).values(
            entry_id=old.id,
            since_at=old.updated_at or old.first_seen_at,
            until_at=now,
            title=old.title,
            summary=old.summary,
            stamp=old.stamp,
        ),
    )
    await forget_old_versions(connection, old.id)
    values = {"title": entry.title, "summary": entry.summary, "stamp": entry.stamp, "updated_at": now}
    # What the second ear heard first has no date until its feed delivers it.
    values["published_at"] = old.published_at or entry.published_at
    await connection.execute(update(entries).where(this).values(values))
    await put_subjects(connection, this)
    return Change(row_id=old.id, story_id=old.story_id, returned=words_of(entry) in before)


async def forget_old_versions(connection: AsyncConnection, row_id: int) -> None:
    """Keep the newest versions of an entry: some publishers change their words at every fetch."""
    mine = select(entry_versions.c.id).where(entry_versions.c.entry_id == row_id).order_by(entry_versions.c.id.desc())
    old = [row.id for row in await connection.execute(mine.offset(VERSIONS_KEPT))]
    if old:
        await connection.execute(delete(entry_versions).where(entry_versions.c.id.in_(old)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Words that an entry had from `since_at` until `until_at`."""

    since_at: datetime
    until_at: datetime
    title: str
    summary: str
    stamp: str


async def list_versions(connection: AsyncConnection, row_id: int) -> Sequence[Version]:
    """What an entry said before, the oldest first; what it says now is the entry itself."""
    query = select(entry_versions).where(entry_versions.c.entry_id == row_id).order_by(entry_versions.c.id)
    return [
        Version(since_at=row.since_at, until_at=row.until_at, title=row.title, summary=row.summary, stamp=row.stamp)
        for row in await connection.execute(query)
    ]


async def ask_reread(connection: AsyncConnection, story_id: int, now: datetime) -> None:
    """Have a published story's page read again soon (bot.flows.rereading): what tells of it has changed."""
    await connection.execute(
        update(stories)
        .where(stories.c.id == story_id, stories.c.state == StoryState.PUBLISHED.value)
        .where(or_(stories.c.reread_at.is_(None), stories.c.reread_at > now))
        .values(reread_at=now),
    )


async def set_entry_verdict(connection: AsyncConnection, feed_id: int, identity: str, verdict: Verdict) -> None:
    """Replace an entry's verdict: its words have changed."""
    this = (entries.c.feed_id == feed_id) & (entries.c.identity == identity)
    changed = update(entries).where(this).values(outcome=verdict.outcome.value, verdict=dump("verdict", verdict))
    await connection.execute(changed)
    await put_subjects(connection, this)


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
        stamp=row.stamp,
        missed_by_feed=row.missed_by_feed,
    )
