"""Answers to questions: stories as they can be told. What waits for a person, or was refused, is told to nobody."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.amendment import AmendmentKind, AmendmentState
from bot.model.story import Outcome, StoryState, Told, tell
from bot.model.subscriber import EVERYTHING
from bot.store.codec import load_finding, load_verdict
from bot.store.entries import as_entry
from bot.store.schema import alerts, amendments, entries, entry_subjects, feeds, findings, stories


async def list_latest(
    connection: AsyncConnection, limit: int = 5, subject: str = EVERYTHING, *, offset: int = 0
) -> Sequence[Told]:
    """The newest stories about a subject (bot.store.subjects), the newest first, after the first `offset` of them."""
    query = (
        told_stories()
        .join(entry_subjects, entry_subjects.c.entry_id == entries.c.id)
        .where(entry_subjects.c.subject == subject)
        .order_by(None)
        .order_by(entry_subjects.c.dated_at.desc(), entry_subjects.c.entry_id.desc())
    )
    return await fetch_told(connection, query.limit(limit).offset(offset))


def told_stories() -> Select[Any]:
    """Stories that may be told, with their lead and what was read of it.

    The newest come first.
    """
    # From an entry to its story and back by keys. That it is the lead is said by two inequalities: PostgreSQL takes two
    # equations for a rare coincidence, expects a single row, and then reads them all where the newest ten are wanted.
    lead = stories.c.lead_entry_id
    return (
        select(
            entries,
            feeds.c.name.label("source"),
            feeds.c.kind.label("feed_kind"),
            findings.c.finding,
            findings.c.url.label("finding_url"),
            correction().label("correction"),
        )
        .select_from(stories)
        .join(entries, and_(entries.c.story_id == stories.c.id, entries.c.id >= lead, entries.c.id <= lead))
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .outerjoin(findings, findings.c.story_id == stories.c.id)
        .where(may_be_told(entries))
        .order_by(func.coalesce(entries.c.published_at, entries.c.first_seen_at).desc(), entries.c.id.desc())
    )


def correction() -> ScalarSelect[str]:
    """The note of the last correction to a story's alert that somebody approved."""
    return (
        select(amendments.c.note)
        .join(alerts, alerts.c.message_id == amendments.c.message_id)
        .where(
            alerts.c.story_id == stories.c.id,
            amendments.c.kind == AmendmentKind.CORRECT.value,
            amendments.c.decided_at.is_not(None),
            amendments.c.approver_id.is_not(None),
            amendments.c.state != AmendmentState.REJECTED.value,
        )
        .order_by(amendments.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def may_be_told(lead: FromClause) -> ColumnElement[bool]:
    """Whether a story with this lead may be told to anybody who asks.

    Published ones may, and those that were there before we listened if nobody had needed to look at them (rule 6).
    """
    unattended = and_(
        stories.c.state == StoryState.HISTORY.value,
        lead.c.outcome == Outcome.ALERT.value,
        lead.c.verdict["sensitive"].as_boolean().is_(False),
    )
    return or_(stories.c.state == StoryState.PUBLISHED.value, unattended)


async def fetch_told(connection: AsyncConnection, query: Select[Any]) -> Sequence[Told]:
    """The rows of `told_stories` as nouns."""
    return [as_told(row) for row in await connection.execute(query)]


def as_told(row: Row[Any]) -> Told:
    """A row as its noun. What was read of another entry's page is not told in the name of the one that leads now."""
    finding = load_finding(row.finding) if row.finding and row.finding_url in {None, row.url} else None
    return tell(
        as_entry(row),
        load_verdict(row.verdict),
        finding,
        first_seen_at=row.first_seen_at,
        correction=row.correction or "",
    )
