"""Stories as far as something can be done about them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.story import Told
from bot.model.subscriber import EVERYTHING
from bot.store.answers import as_told, told_stories
from bot.store.joining import find_root
from bot.store.schema import entries, entry_subjects, stories


async def list_recent(connection: AsyncConnection, since: datetime, limit: int) -> Sequence[tuple[int, Told]]:
    """The newest stories of the time from `since` on that may be told, with their ids; none about a death."""
    newest = entry_subjects.c.dated_at
    query = (
        told_stories()
        .join(entry_subjects, entry_subjects.c.entry_id == entries.c.id)
        .where(entry_subjects.c.subject == EVERYTHING, newest >= since)
        .order_by(None)
        .order_by(newest.desc(), entry_subjects.c.entry_id.desc())
    )
    found = await fetch(connection, query.limit(limit))
    return [(story_id, told) for story_id, told in found if not told.mourning]


async def find_asked(connection: AsyncConnection, story_id: int) -> tuple[int, Told] | None:
    """The story that this one belongs to by now, with its id; None where it may not be told, or is about a death."""
    root = await find_root(connection, story_id) or story_id
    found = await fetch(connection, told_stories().where(stories.c.id == root))
    return next(((number, told) for number, told in found if not told.mourning), None)


async def fetch(connection: AsyncConnection, query: Select[Any]) -> Sequence[tuple[int, Told]]:
    """The rows of `told_stories` with their stories' ids."""
    return [(row.story_id, as_told(row)) for row in await connection.execute(query)]
