"""What somebody pressed under an ask: one row for a person and a subject ("story:12", "broadcast:3")."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import marks, subscribers
from bot.store.subscribers import insert_new


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMark:
    """What somebody said of a subject: the mark (bot.model.action, or an option of a question) and what is to come."""

    id: int
    subject: str
    action: str
    mark: str
    made_at: datetime
    remind_at: datetime | None = None
    follow_up_at: datetime | None = None
    replied: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMark:
    """A mark whose reminder (or, where `asks_reply`, whose question after a reply) is due to somebody."""

    subscriber_id: int
    subject: str
    action: str
    asks_reply: bool


async def put_mark(
    connection: AsyncConnection,
    subscriber_id: int,
    subject: str,
    mark: str,
    *,
    now: datetime,
    action: str = "",
    remind_at: datetime | None = None,
    follow_up_at: datetime | None = None,
) -> bool:
    """Keep what they pressed, instead of what they pressed before; False where that is what is kept already."""
    when = {"made_at": now, "remind_at": remind_at, "follow_up_at": follow_up_at}
    kept = {"action": action, "mark": mark, **when, "replied": None}
    whose = {"subscriber_id": subscriber_id, "subject": subject}
    added = insert_new(connection, marks, {**whose, **kept}).returning(marks.c.id)
    if (await connection.execute(added)).one_or_none() is not None:
        return True
    # A reminder that is asked for anew is a new answer, even where the mark is the same.
    other = or_(marks.c.mark != mark, marks.c.remind_at.is_distinct_from(remind_at))
    changed = update(marks).where(marks.c.subscriber_id == subscriber_id, marks.c.subject == subject, other)
    return (await connection.execute(changed.values(kept))).rowcount == 1


async def drop_mark(connection: AsyncConnection, subscriber_id: int, subject: str) -> bool:
    """They take back what they pressed, and its reminder; False where there was nothing."""
    theirs = delete(marks).where(marks.c.subscriber_id == subscriber_id, marks.c.subject == subject)
    return (await connection.execute(theirs)).rowcount == 1


async def move_marks(connection: AsyncConnection, subject: str, to: str) -> None:
    """What was pressed under a subject stands under another; where somebody pressed there too, that stays."""
    there = select(marks.c.subscriber_id).where(marks.c.subject == to)
    await connection.execute(delete(marks).where(marks.c.subject == subject, marks.c.subscriber_id.in_(there)))
    await connection.execute(update(marks).where(marks.c.subject == subject).values(subject=to))


async def list_marks(connection: AsyncConnection, subscriber_id: int) -> Sequence[KeptMark]:
    """Everything that they pressed, the oldest first."""
    query = select(marks).where(marks.c.subscriber_id == subscriber_id).order_by(marks.c.id)
    return [as_mark(row) for row in await connection.execute(query)]


async def count_marks(connection: AsyncConnection, subject: str) -> dict[str, int]:
    """How many pressed what under a subject. Shown to anybody only as bot.model.action.shown_count allows."""
    query = select(marks.c.mark, func.count()).where(marks.c.subject == subject).group_by(marks.c.mark)
    return {row[0]: row[1] for row in await connection.execute(query)}


async def set_replied(connection: AsyncConnection, subscriber_id: int, subject: str, *, replied: bool) -> bool:
    """Keep whether they had an answer; the question is not asked again. False where there is no such mark."""
    theirs = update(marks).where(marks.c.subscriber_id == subscriber_id, marks.c.subject == subject)
    return (await connection.execute(theirs.values(replied=replied, follow_up_at=None))).rowcount == 1


async def take_due_marks(connection: AsyncConnection, now: datetime, limit: int) -> Sequence[DueMark]:
    """Marks that are due, whose time is taken away in this transaction, so that nobody takes them again.

    Who blocked us or paused is passed over for the time being; who left after they pressed is asked nothing more.
    """
    here = [
        subscribers.c.blocked_at.is_(None),
        or_(subscribers.c.left_at.is_(None), subscribers.c.left_at <= marks.c.made_at),
    ]
    awake = or_(subscribers.c.paused_until.is_(None), subscribers.c.paused_until <= now)
    due = or_(marks.c.remind_at <= now, marks.c.follow_up_at <= now)
    query = (
        select(marks)
        .join(subscribers, subscribers.c.id == marks.c.subscriber_id)
        .where(due, awake, *here)
        .order_by(marks.c.id)
        .limit(limit)
        .with_for_update(of=marks, skip_locked=True)
    )
    rows = (await connection.execute(query)).all()
    if rows:
        taken = update(marks).where(marks.c.id.in_([row.id for row in rows]))
        await connection.execute(taken.values(remind_at=None, follow_up_at=None))
    return [as_due(row, now) for row in rows]


def as_mark(row: Row[Any]) -> KeptMark:
    """A row as its noun."""
    return KeptMark(
        id=row.id,
        subject=row.subject,
        action=row.action,
        mark=row.mark,
        made_at=row.made_at,
        remind_at=row.remind_at,
        follow_up_at=row.follow_up_at,
        replied=row.replied,
    )


def as_due(row: Row[Any], now: datetime) -> DueMark:
    """A row as its noun."""
    return DueMark(
        subscriber_id=row.subscriber_id,
        subject=row.subject,
        action=row.action,
        asks_reply=row.follow_up_at is not None and row.follow_up_at <= now,
    )
