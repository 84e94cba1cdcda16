"""Pages that are read again after their alert: when they are due, what readers were sent, what was read last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feed import FeedKind
from bot.model.finding import Finding
from bot.model.story import StoryState
from bot.store.codec import dump, load_finding
from bot.store.schema import alerts, entries, feeds, findings, stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Rereadable:
    """A published story's page: `sent` is what its alert was composed from, `latest` what it said last, if it differs.

    `kind` is that of the feed whose entry leads the story; `failures` counts the tries in a row in
    which it could not be read.
    """

    story_id: int
    title: str
    url: str
    published_at: datetime
    sent: Finding
    latest: Finding
    kind: FeedKind | None = None
    failures: int = 0


async def list_due_rereadings(connection: AsyncConnection, now: datetime, limit: int) -> Sequence[Rereadable]:
    """Published stories whose page is due, the longest due first."""
    query = rereadable().where(stories.c.reread_at <= now).order_by(stories.c.reread_at, stories.c.id).limit(limit)
    return [as_rereadable(row) for row in await connection.execute(query)]


async def find_rereadable(connection: AsyncConnection, story_id: int) -> Rereadable | None:
    """One published story's page, or None."""
    row = (await connection.execute(rereadable().where(stories.c.id == story_id))).one_or_none()
    return as_rereadable(row) if row else None


async def put_latest(
    connection: AsyncConnection, story_id: int, finding: Finding, *, now: datetime, next_at: datetime | None
) -> None:
    """Keep what a page says now beside what was sent, and when it is read next (None: not any more)."""
    await connection.execute(
        update(findings)
        .where(findings.c.story_id == story_id)
        .values(latest=dump("finding", finding), last_read_at=now)
    )
    await connection.execute(
        update(stories).where(stories.c.id == story_id).values(reread_at=next_at, reread_failures=0)
    )


async def postpone_rereading(
    connection: AsyncConnection, story_id: int, *, failures: int, next_at: datetime | None
) -> None:
    """It could not be read: how often in a row, and when it is tried next."""
    await connection.execute(
        update(stories).where(stories.c.id == story_id).values(reread_at=next_at, reread_failures=failures)
    )


def rereadable() -> Select[Any]:
    """Published stories with their alert, and what was read of them."""
    return (
        select(
            stories.c.id,
            stories.c.reread_failures,
            entries.c.title,
            findings.c.url,
            findings.c.finding,
            findings.c.latest,
            alerts.c.published_at,
            feeds.c.kind,
        )
        .join(entries, entries.c.id == stories.c.lead_entry_id)
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .join(findings, findings.c.story_id == stories.c.id)
        .join(alerts, alerts.c.story_id == stories.c.id)
        .where(stories.c.state == StoryState.PUBLISHED.value)
    )


def as_rereadable(row: Row[Any]) -> Rereadable:
    """A row as its noun."""
    sent = load_finding(row.finding)
    return Rereadable(
        story_id=row.id,
        title=row.title,
        url=row.url or "",
        published_at=row.published_at,
        sent=sent,
        latest=load_finding(row.latest) if row.latest else sent,
        kind=FeedKind(row.kind),
        failures=row.reread_failures,
    )
