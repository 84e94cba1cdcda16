"""Answers to questions: stories as they can be told. What waits for a person, or was refused, is told to nobody."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, String, and_, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.story import Outcome, StoryState, Told, tell
from bot.store.codec import load_finding, load_verdict
from bot.store.entries import as_entry
from bot.store.schema import entries, feeds, findings, stories

WORDS = 10
"""More words than this narrow a search no further."""


async def list_latest(connection: AsyncConnection, limit: int = 5, institution: str | None = None) -> Sequence[Told]:
    """The newest stories, of one institution (its id) or of all, the newest first."""
    query = told_stories()
    if institution is not None:
        named = cast(entries.c.verdict["institutions"], String)
        query = query.where(named.contains(f'"{institution}"', autoescape=True))
    return await fetch_told(connection, query.limit(limit))


async def search_stories(connection: AsyncConnection, words: Sequence[str], limit: int = 5) -> Sequence[Told]:
    """Stories that have an entry with all these words in its title or summary, the newest first; none without words."""
    wanted = [word for word in words if word][:WORDS]
    if not wanted:
        return []
    any_entry = entries.alias()
    said = any_entry.c.title + " " + any_entry.c.summary
    matching = exists().where(
        any_entry.c.story_id == stories.c.id,
        *(said.icontains(word, autoescape=True) for word in wanted),
    )
    return await fetch_told(connection, told_stories().where(matching).limit(limit))


def told_stories() -> Select[Any]:
    """Stories that may be told, with their lead and what was read of it.

    Published ones, and those that were there before we listened if nobody had needed to look at them (rule 6).
    """
    unattended = and_(
        stories.c.state == StoryState.HISTORY.value,
        entries.c.outcome == Outcome.ALERT.value,
        entries.c.verdict["sensitive"].as_boolean().is_(False),
    )
    return (
        select(
            entries,
            feeds.c.name.label("source"),
            feeds.c.kind.label("feed_kind"),
            findings.c.finding,
            findings.c.url.label("finding_url"),
        )
        .select_from(stories)
        .join(entries, entries.c.id == stories.c.lead_entry_id)
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .outerjoin(findings, findings.c.story_id == stories.c.id)
        .where(or_(stories.c.state == StoryState.PUBLISHED.value, unattended))
        .order_by(func.coalesce(entries.c.published_at, entries.c.first_seen_at).desc(), entries.c.id.desc())
    )


async def fetch_told(connection: AsyncConnection, query: Select[Any]) -> Sequence[Told]:
    """The rows of `told_stories` as nouns."""
    return [as_told(row) for row in await connection.execute(query)]


def as_told(row: Row[Any]) -> Told:
    """A row as its noun. What was read of another entry's page is not told in the name of the one that leads now."""
    finding = load_finding(row.finding) if row.finding and row.finding_url in {None, row.url} else None
    return tell(as_entry(row), load_verdict(row.verdict), finding, first_seen_at=row.first_seen_at)
