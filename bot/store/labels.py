"""Labels: what organisers said of entries, and of stories that may be one event."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.label import Label, LabelledEntry, Reason
from bot.model.story import Outcome
from bot.store.codec import load_verdict
from bot.store.entries import as_entry
from bot.store.schema import entries, feeds, labels, pairs, stories


async def put_label(connection: AsyncConnection, entry_row_id: int, reason: Reason, *, now: datetime) -> None:
    """Keep what an organiser said of an entry; a later word replaces an earlier one."""
    await connection.execute(delete(labels).where(labels.c.entry_id == entry_row_id))
    values = {"entry_id": entry_row_id, "label": reason.label.value, "reason": reason.value, "made_at": now}
    await connection.execute(insert(labels).values(values))


async def label_lead(connection: AsyncConnection, story_id: int, reason: Reason, *, now: datetime) -> None:
    """Keep what an organiser said of a story as a label of the entry that they were shown."""
    lead = (await connection.execute(select(stories.c.lead_entry_id).where(stories.c.id == story_id))).scalar()
    if lead is not None:
        await put_label(connection, lead, reason, now=now)


async def put_pair(connection: AsyncConnection, one: int, other: int, *, same: bool, now: datetime) -> None:
    """Keep that two stories (ids) are one event, or two; a later word replaces an earlier one."""
    first, second = sorted((one, other))
    await connection.execute(delete(pairs).where(pairs.c.first_id == first, pairs.c.second_id == second))
    await connection.execute(insert(pairs).values(first_id=first, second_id=second, same=same, made_at=now))


async def find_pair(connection: AsyncConnection, one: int, other: int) -> bool | None:
    """Whether an organiser said that two stories are one event; None where nobody said anything."""
    first, second = sorted((one, other))
    query = select(pairs.c.same).where(pairs.c.first_id == first, pairs.c.second_id == second)
    return (await connection.execute(query)).scalar_one_or_none()


async def list_labelled(connection: AsyncConnection) -> Sequence[LabelledEntry]:
    """Every entry that an organiser said something of, and those of the stories that they compared; the oldest first.

    An entry of a compared story that has no label of its own is a match where the matcher was certain of it.
    """
    compared = union(select(pairs.c.first_id), select(pairs.c.second_id)).subquery()
    ids = select(compared.c[0])
    query = (
        select(
            entries,
            feeds.c.name.label("source"),
            feeds.c.kind.label("feed_kind"),
            labels.c.label,
            labels.c.reason,
            entries.c.story_id.in_(ids).label("compared"),
        )
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .outerjoin(labels, labels.c.entry_id == entries.c.id)
        .where(or_(labels.c.id.is_not(None), entries.c.story_id.in_(ids)))
        .order_by(entries.c.id)
    )
    return [as_labelled(row) for row in await connection.execute(query)]


def as_labelled(row: Row[Any]) -> LabelledEntry:
    """A row as its noun."""
    certain = Label.MATCH if row.outcome == Outcome.ALERT.value else Label.BORDERLINE
    return LabelledEntry(
        row_id=row.id,
        entry=as_entry(row),
        verdict=load_verdict(row.verdict),
        label=Label(row.label) if row.label else certain,
        reason=Reason(row.reason) if row.reason else None,
        event=row.story_id if row.compared else None,
    )
