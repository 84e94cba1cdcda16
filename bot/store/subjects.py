"""What the entries of stories are about, by subject and day: so that the newest about a place are found at once.

A subject reads as in `subscriptions.follows`: "everything", "topic:x" or "institution:x".
"""

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.story import Verdict
from bot.model.subscriber import EVERYTHING
from bot.store.codec import load_verdict
from bot.store.schema import entries, entry_subjects


async def put_subjects(connection: AsyncConnection, this: ColumnElement[bool]) -> None:
    """Write down anew what the entries that `this` selects are about; those of no story are about nothing yet."""
    query = select(entries.c.id, entries.c.verdict, entries.c.published_at, entries.c.first_seen_at).where(
        this, entries.c.story_id.is_not(None)
    )
    kept = (await connection.execute(query)).all()
    await connection.execute(delete(entry_subjects).where(entry_subjects.c.entry_id.in_([row.id for row in kept])))
    rows = [
        {"entry_id": row.id, "subject": subject, "dated_at": row.published_at or row.first_seen_at}
        for row in kept
        for subject in subjects_of(load_verdict(row.verdict))
    ]
    if rows:
        await connection.execute(insert(entry_subjects), rows)


def subjects_of(verdict: Verdict) -> tuple[str, ...]:
    """Everything that an entry with this verdict is about, each once."""
    named = [f"institution:{one}" for one in verdict.institutions]
    return tuple(dict.fromkeys([EVERYTHING, *named, *(f"topic:{one}" for one in verdict.topics)]))
