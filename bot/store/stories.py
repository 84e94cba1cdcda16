"""Stories and their alerts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.finding import Finding
from bot.model.story import Story, StoryState, Verdict
from bot.store.codec import dump, load_finding, load_verdict
from bot.store.schema import alerts, entries, findings, identity, stories
from bot.store.subjects import put_subjects


async def add_story(
    connection: AsyncConnection,
    feed_id: int,
    *,
    state: StoryState,
    now: datetime,
    waiting_reason: str | None = None,
    follows: int | None = None,
) -> int:
    """Begin a story; its lead entry is named by `set_lead` once it is kept. Returns the story's id.

    `follows` is the story whose materially new turn this is.
    """
    values: dict[str, Any] = {"feed_id": feed_id, "state": state.value, "created_at": now}
    values |= {"waiting_reason": waiting_reason, "follows_story_id": follows}
    return int((await connection.execute(insert(stories).values(values).returning(stories.c.id))).scalar_one())


async def set_lead(connection: AsyncConnection, story_id: int, entry_row_id: int) -> None:
    """Name the entry whose words and verdict speak for the story."""
    await connection.execute(update(stories).where(stories.c.id == story_id).values(lead_entry_id=entry_row_id))


async def hold_story(connection: AsyncConnection, story_id: int, reason: str) -> None:
    """Make a story that is not published yet wait for a person; `sensitive` is never replaced by a lesser reason."""
    await connection.execute(
        update(stories)
        .where(stories.c.id == story_id, stories.c.state.in_([StoryState.TO_READ.value, StoryState.WAITING.value]))
        .where(func.coalesce(stories.c.waiting_reason, "") != "sensitive")
        .values(waiting_reason=reason),
    )


async def lock_story(connection: AsyncConnection, story_id: int) -> None:
    """Nobody else changes how this story stands before this transaction ends."""
    await connection.execute(select(stories.c.id).where(stories.c.id == story_id).with_for_update())


async def revive_history(connection: AsyncConnection, story_id: int, entry_row_id: int) -> bool:
    """News of an event that was history when we first listened, and that nobody was told of: it leads, to be read."""
    result = await connection.execute(
        update(stories)
        .where(stories.c.id == story_id, stories.c.state == StoryState.HISTORY.value)
        .values(state=StoryState.TO_READ.value, lead_entry_id=entry_row_id),
    )
    return result.rowcount == 1


async def release_doubt(connection: AsyncConnection, story_id: int, entry_row_id: int) -> bool:
    """A certain entry vouches for a story that waits only because its first one was doubtful: it leads now."""
    result = await connection.execute(
        update(stories)
        .where(
            stories.c.id == story_id,
            stories.c.state == StoryState.WAITING.value,
            stories.c.waiting_reason == "doubtful",
        )
        .values(state=StoryState.TO_READ.value, waiting_reason=None, lead_entry_id=entry_row_id),
    )
    return result.rowcount == 1


async def set_verdict(connection: AsyncConnection, story_id: int, verdict: Verdict) -> None:
    """Replace the lead's verdict: its page was read and told more."""
    lead = select(stories.c.lead_entry_id).where(stories.c.id == story_id).scalar_subquery()
    await connection.execute(
        update(entries)
        .where(entries.c.id == lead)
        .values(outcome=verdict.outcome.value, verdict=dump("verdict", verdict)),
    )
    await put_subjects(connection, entries.c.id == lead)


async def find_story(connection: AsyncConnection, story_id: int) -> Story | None:
    """One story, or None."""
    row = (await connection.execute(told().where(stories.c.id == story_id))).one_or_none()
    return as_story(row) if row else None


async def list_stories(connection: AsyncConnection, state: StoryState, limit: int = 50) -> Sequence[Story]:
    """Stories in this state, the oldest first."""
    query = told().where(stories.c.state == state.value).order_by(stories.c.created_at, stories.c.id).limit(limit)
    return [as_story(row) for row in await connection.execute(query)]


async def move_story(
    connection: AsyncConnection,
    story_id: int,
    *,
    sources: Sequence[StoryState],
    target: StoryState,
    now: datetime,
    by: int | None = None,
    reason: str | None = None,
) -> bool:
    """Move a story on if it still stands where the caller thinks; False when somebody else was first.

    `by` is the organiser who decided, `reason` why it waits or was dismissed.
    """
    values = {"state": target.value, "decided_at": now, "decided_by": by}
    if reason is not None:
        values["waiting_reason" if target is StoryState.WAITING else "dismissed_reason"] = reason
    result = await connection.execute(
        update(stories).where(stories.c.id == story_id, stories.c.state.in_([s.value for s in sources])).values(values),
    )
    return result.rowcount == 1


async def put_finding(
    connection: AsyncConnection,
    story_id: int,
    finding: Finding,
    *,
    url: str | None,
    from_page: bool,
    now: datetime,
) -> None:
    """Keep what a story's page says; a later reading replaces an earlier one."""
    values = {"read_at": now, "url": url, "from_page": from_page, "finding": dump("finding", finding)}
    result = await connection.execute(update(findings).where(findings.c.story_id == story_id).values(values))
    if result.rowcount == 0:
        await connection.execute(insert(findings).values(story_id=story_id, **values))


async def find_finding(connection: AsyncConnection, story_id: int) -> Finding | None:
    """What a story's page says, if it has been read."""
    row = (await connection.execute(select(findings.c.finding).where(findings.c.story_id == story_id))).one_or_none()
    return load_finding(row.finding) if row else None


async def set_reread_at(connection: AsyncConnection, story_id: int, at: datetime | None) -> None:
    """When a published story's page is to be read again; None: not any more."""
    await connection.execute(update(stories).where(stories.c.id == story_id).values(reread_at=at))


async def add_alert(
    connection: AsyncConnection, story_id: int, message_id: int, *, now: datetime, by: int | None
) -> None:
    """Record that a story was published, by whom (None: unattended) and as which message."""
    await connection.execute(
        insert(alerts).values(story_id=story_id, message_id=message_id, published_at=now, published_by=by)
    )


async def count_unattended_alerts(connection: AsyncConnection, since: datetime) -> int:
    """How many alerts went out with no person looking since then (the fuse counts them).

    Holds the one row of `identity` until the transaction ends: two stories decided at once must see each other's alert.
    """
    await connection.execute(select(identity.c.id).with_for_update())
    query = (
        select(func.count()).select_from(alerts).where(alerts.c.published_at >= since, alerts.c.published_by.is_(None))
    )
    return int((await connection.execute(query)).scalar_one())


async def count_alerts_of_poll(connection: AsyncConnection, story_id: int) -> int:
    """How many unattended alerts there are of stories that the same poll of the same feed began."""
    mine = select(stories.c.feed_id, stories.c.created_at).where(stories.c.id == story_id).subquery()
    query = (
        select(func.count())
        .select_from(alerts)
        .join(stories, stories.c.id == alerts.c.story_id)
        .join(mine, and_(stories.c.feed_id == mine.c.feed_id, stories.c.created_at == mine.c.created_at))
        .where(alerts.c.published_by.is_(None))
    )
    return int((await connection.execute(query)).scalar_one())


async def find_sensitive_reason(connection: AsyncConnection, story_id: int) -> str | None:
    """Why a story is sensitive, if any of its entries is, whichever leads (DESIGN.md rule 6)."""
    query = select(entries.c.verdict).where(
        entries.c.story_id == story_id,
        entries.c.verdict["sensitive"].as_boolean().is_(True),
    )
    row = (await connection.execute(query.order_by(entries.c.id).limit(1))).one_or_none()
    return (load_verdict(row.verdict).sensitive_reason or "") if row else None


def told() -> Select[*tuple[Any, ...]]:
    """Stories with their lead's verdict."""
    return select(stories, entries.c.verdict).join(entries, entries.c.id == stories.c.lead_entry_id)


def as_story(row: Row[*tuple[Any, ...]]) -> Story:
    """A row as its noun."""
    return Story(
        id=row.id,
        state=StoryState(row.state),
        lead_row_id=row.lead_entry_id,
        verdict=load_verdict(row.verdict),
        created_at=row.created_at,
        waiting_reason=row.waiting_reason,
    )
