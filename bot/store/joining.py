"""Stories that turn out to be one, or two: whose entries, alert and finding go where."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import KeptEntry
from bot.model.story import Prior, Story, StoryState
from bot.store.answers import fetch_told, told_stories
from bot.store.digests import move_items
from bot.store.entries import as_kept_entry
from bot.store.marks import move_marks
from bot.store.schema import alerts, entries, feeds, findings, stories


async def find_root(connection: AsyncConnection, story_id: int) -> int | None:
    """The story that this one was put into, itself where it was put into none; None where there is no such story."""
    root: int | None = None
    following: int | None = story_id
    while following is not None:
        query = select(stories.c.id, stories.c.merged_into).where(stories.c.id == following)
        row = (await connection.execute(query)).one_or_none()
        if row is None:
            break
        root, following = row.id, row.merged_into
    return root


async def find_lead(connection: AsyncConnection, story_id: int) -> KeptEntry | None:
    """The entry that speaks for a story, wherever its entries are now; None where there is no such story."""
    query = kept().join(stories, stories.c.lead_entry_id == entries.c.id).where(stories.c.id == story_id)
    row = (await connection.execute(query)).one_or_none()
    return as_kept_entry(row) if row else None


async def find_entry(connection: AsyncConnection, row_id: int) -> KeptEntry | None:
    """One kept entry, or None."""
    row = (await connection.execute(kept().where(entries.c.id == row_id))).one_or_none()
    return as_kept_entry(row) if row else None


async def find_prior(connection: AsyncConnection, story_id: int) -> Prior | None:
    """The story whose materially new turn this is, where it may be told (bot.store.answers); else None."""
    query = select(stories.c.follows_story_id).where(stories.c.id == story_id)
    followed = (await connection.execute(query)).scalar()
    root = await find_root(connection, followed) if followed is not None else None
    told = await fetch_told(connection, told_stories().where(stories.c.id == root)) if root is not None else []
    return Prior(title=told[0].title, url=told[0].url, dated_at=told[0].dated_at) if told else None


def kept() -> Any:
    """Kept entries with their feed's name and kind."""
    return select(entries, feeds.c.name.label("source"), feeds.c.kind.label("feed_kind")).join(
        feeds, feeds.c.id == entries.c.feed_id
    )


async def take_lead(connection: AsyncConnection, story_id: int, entry_row_id: int) -> bool:
    """Let a better source speak for a story; one that waits is read again from it, for the reason it waits for.

    A dismissed or merged story stays as it is. True where it waited, so that its card does not hold any more.
    """
    named = [stories.c.id == story_id]
    again = await connection.execute(
        update(stories)
        .where(*named, stories.c.state == StoryState.WAITING.value)
        .values(lead_entry_id=entry_row_id, state=StoryState.TO_READ.value),
    )
    others = [state.value for state in (StoryState.TO_READ, StoryState.PUBLISHED, StoryState.HISTORY)]
    await connection.execute(
        update(stories).where(*named, stories.c.state.in_(others)).values(lead_entry_id=entry_row_id)
    )
    return again.rowcount == 1


async def absorb_story(
    connection: AsyncConnection, first: Story, second: Story, *, as_second: bool, by: int, now: datetime
) -> None:
    """Put the second story into the first, which then stands as the second stood if `as_second`, else as it is.

    All entries go to the first, and so does what people pressed under the second. An alert already sent stays with its
    own story if the first has one too, else the first takes it; both findings are kept, each with the lead that it was
    read from.
    """
    await connection.execute(update(entries).where(entries.c.story_id == second.id).values(story_id=first.id))
    has_alert = exists().where(alerts.alias().c.story_id == first.id)
    await connection.execute(update(alerts).where(alerts.c.story_id == second.id, ~has_alert).values(story_id=first.id))
    other = stories.alias()
    if as_second:
        standing: dict[str, Any] = {
            "state": second.state.value,
            "waiting_reason": second.waiting_reason,
            "lead_entry_id": second.lead_row_id,
            "reread_at": select(other.c.reread_at).where(other.c.id == second.id).scalar_subquery(),
        }
        await connection.execute(update(stories).where(stories.c.id == first.id).values(standing))
        await swap_findings(connection, first.id, second.id)
    merged: dict[str, Any] = {"state": StoryState.MERGED.value, "merged_into": first.id, "reread_at": None}
    merged |= {"decided_at": now, "decided_by": by}
    await connection.execute(update(stories).where(stories.c.id == second.id).values(merged))
    await relink_turns(connection, first.id, second.id)
    await move_items(connection, second.id, first.id)
    await move_marks(connection, f"story:{second.id}", f"story:{first.id}")


async def swap_findings(connection: AsyncConnection, one: int, other: int) -> None:
    """Give each of two stories what was read of the other."""
    rows = {
        row.story_id: row
        for row in await connection.execute(select(findings).where(findings.c.story_id.in_([one, other])))
    }
    values = [column for column in findings.c if column.name not in {"id", "story_id"}]
    for story_id, swapped in ((one, other), (other, one)):
        if swapped in rows and story_id in rows:
            given = {column: getattr(rows[swapped], column.name) for column in values}
            await connection.execute(update(findings).where(findings.c.story_id == story_id).values(given))
        elif swapped in rows:
            await connection.execute(
                update(findings).where(findings.c.id == rows[swapped].id).values(story_id=story_id)
            )


async def relink_turns(connection: AsyncConnection, first: int, second: int) -> None:
    """New turns of the second are turns of the first now; no story is a turn of itself."""
    await connection.execute(update(stories).where(stories.c.follows_story_id == second).values(follows_story_id=first))
    own = and_(stories.c.id == first, stories.c.follows_story_id == first)
    await connection.execute(update(stories).where(own).values(follows_story_id=None))


async def move_entry(connection: AsyncConnection, row_id: int, story_id: int) -> None:
    """Move an entry to another story."""
    await connection.execute(update(entries).where(entries.c.id == row_id).values(story_id=story_id))


async def revive_told(connection: AsyncConnection, row_id: int, story_id: int) -> int | None:
    """Take the story that this entry led, and readers were told of, out of the one it was put into; returns its id.

    None where there is none: then nobody was told of the entry by a story of its own.
    """
    told = exists().where(alerts.c.story_id == stories.c.id)
    led = [stories.c.lead_entry_id == row_id, stories.c.merged_into == story_id]
    found: int | None = (await connection.execute(select(stories.c.id).where(*led, told))).scalar()
    if found is not None:
        standing = {"state": StoryState.PUBLISHED.value, "merged_into": None}
        await connection.execute(update(stories).where(stories.c.id == found).values(standing))
    return found
