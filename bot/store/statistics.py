"""Counts of people and of what messages did, never about one person. What may be told: bot.model.statistics."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import ceil
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, cast, delete, exists, extract, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.action import FEWEST
from bot.model.delivery import DeliveryState, MessageKind
from bot.model.statistics import Day, Times
from bot.model.subscriber import Wants
from bot.store.schema import (
    alerts,
    daily_figures,
    deliveries,
    entries,
    marks,
    messages,
    subscribers,
    subscriptions,
)
from bot.store.subscribers import is_live

SOURCES, LANGUAGES = "source", "language"
JOINED, LEFT = "joined-after", "left-after"
WANTED = {MessageKind.ALERT: Wants.ALERTS, MessageKind.CALL: Wants.CALLS}
"""What those follow who join or leave after a message of a kind."""


async def count_people(connection: AsyncConnection) -> Mapping[str, Mapping[str, int]]:
    """Live subscribers by the start link that brought them ("": none) and by language."""
    columns = {SOURCES: func.coalesce(subscribers.c.source, ""), LANGUAGES: subscribers.c.language}
    found = {}
    for name, column in columns.items():
        query = select(column, func.count()).where(is_live(), subscribers.c.blocked_at.is_(None)).group_by(column)
        found[name] = {str(key): int(number) for key, number in await connection.execute(query)}
    return found


async def put_day(connection: AsyncConnection, day: date, counts: Mapping[str, Mapping[str, int]]) -> None:
    """Keep a day's counts in the place of those that were there."""
    which = [daily_figures.c.day == day.isoformat(), daily_figures.c.figure.in_(list(counts))]
    await connection.execute(delete(daily_figures).where(*which))
    rows = [
        {"day": day.isoformat(), "figure": figure, "name": name, "number": number}
        for figure, named in counts.items()
        for name, number in named.items()
    ]
    if rows:
        await connection.execute(insert(daily_figures), rows)


async def list_days(connection: AsyncConnection, since: date) -> Sequence[Day]:
    """How many there were on each day from then on, by source; days that nobody counted are missing."""
    query = (
        select(daily_figures)
        .where(daily_figures.c.figure == SOURCES, daily_figures.c.day >= since.isoformat())
        .order_by(daily_figures.c.day)
    )
    found: dict[str, dict[str, int]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.day, {})[row.name] = row.number
    return [Day(date.fromisoformat(day), sources) for day, sources in found.items()]


async def count_joined(connection: AsyncConnection, kind: MessageKind, since: datetime, until: datetime) -> int:
    """How many said yes between two times who had not said so before, and still follow or have left since.

    Whoever followed something of the kind at that moment had joined earlier: they have only chosen anew.
    """
    before = subscriptions.alias()
    followed = exists().where(
        before.c.subscriber_id == subscriptions.c.subscriber_id,
        before.c.wants == subscriptions.c.wants,
        before.c.id != subscriptions.c.id,
        before.c.consented_at < subscriptions.c.consented_at,
        or_(before.c.ended_at.is_(None), before.c.ended_at >= subscriptions.c.consented_at),
    )
    return await count_moved(connection, subscriptions.c.consented_at, followed, kind, since, until)


async def count_left(connection: AsyncConnection, kind: MessageKind, since: datetime, until: datetime) -> int:
    """How many left between two times: nothing of the kind was followed after it.

    Who was forgotten at once is not among them: nothing is left of them.
    """
    after = subscriptions.alias()
    follows = exists().where(
        after.c.subscriber_id == subscriptions.c.subscriber_id,
        after.c.wants == subscriptions.c.wants,
        after.c.id != subscriptions.c.id,
        after.c.consented_at <= subscriptions.c.ended_at,
        or_(after.c.ended_at.is_(None), after.c.ended_at > subscriptions.c.ended_at),
    )
    return await count_moved(connection, subscriptions.c.ended_at, follows, kind, since, until)


async def count_moved(
    connection: AsyncConnection,
    moved_at: ColumnElement[Any],
    otherwise: ColumnElement[bool],
    kind: MessageKind,
    since: datetime,
    until: datetime,
) -> int:
    """Subscribers who did something at such a time, each once; not those for whom it was no move `otherwise`."""
    query = select(func.count(subscriptions.c.subscriber_id.distinct())).where(
        subscriptions.c.wants == WANTED[kind].value, moved_at >= since, moved_at < until, ~otherwise
    )
    return int((await connection.execute(query)).scalar_one())


async def put_moved(connection: AsyncConnection, message_id: int, day: date, *, joined: int, left: int) -> None:
    """Keep what a message's 48 hours came to, for people's rows do not last."""
    rows = [
        {"day": day.isoformat(), "figure": figure, "name": str(message_id), "number": number}
        for figure, number in ((JOINED, joined), (LEFT, left))
    ]
    await connection.execute(insert(daily_figures), rows)


async def find_moved(connection: AsyncConnection, message_id: int) -> tuple[int, int] | None:
    """How many joined and left after a message, if that was kept."""
    query = select(daily_figures.c.figure, daily_figures.c.number).where(
        daily_figures.c.figure.in_([JOINED, LEFT]), daily_figures.c.name == str(message_id)
    )
    kept = {figure: int(number) for figure, number in await connection.execute(query)}
    return (kept[JOINED], kept[LEFT]) if kept else None


async def list_unkept(connection: AsyncConnection, since: datetime, until: datetime) -> Sequence[Any]:
    """Alerts and broadcasts (id, kind, created_at) of a time whose 48 hours were not kept yet."""
    there = select(daily_figures.c.name).where(daily_figures.c.figure == JOINED)
    kept = set((await connection.execute(there)).scalars())
    query = select(messages.c.id, messages.c.kind, messages.c.created_at).where(
        messages.c.kind.in_([kind.value for kind in WANTED]),
        messages.c.created_at >= since,
        messages.c.created_at < until,
    )
    return [row for row in await connection.execute(query) if str(row.id) not in kept]


async def find_times(connection: AsyncConnection, message_ids: Sequence[int]) -> Times | None:
    """How long the copies of these messages took, all together; None where none is there (any more)."""
    took = taken(connection, message_ids).subquery()
    copies = int((await connection.execute(select(func.count()).select_from(took))).scalar_one())
    if not copies:
        return None
    found = []
    for percentile in (0.5, 0.95):
        place = max(ceil(copies * percentile) - 1, 0)
        query = select(took.c.seconds).order_by(took.c.seconds).offset(place).limit(1)
        found.append(max(0.0, float((await connection.execute(query)).scalar_one())))
    return Times(copies=copies, p50=found[0], p95=found[1])


def taken(connection: AsyncConnection, message_ids: Sequence[int]) -> Select[Any]:
    """The seconds that each copy took: from when the first of a story's entries was seen."""
    seen = (
        select(func.min(entries.c.first_seen_at))
        .join(alerts, alerts.c.story_id == entries.c.story_id)
        .where(alerts.c.message_id == messages.c.id)
        .scalar_subquery()
    )
    began = func.coalesce(seen, messages.c.created_at)
    return (
        select(seconds_between(connection, began, deliveries.c.settled_at).label("seconds"))
        .join(messages, messages.c.id == deliveries.c.message_id)
        .where(deliveries.c.message_id.in_(list(message_ids)), deliveries.c.state == DeliveryState.SENT.value)
        .where(deliveries.c.settled_at.is_not(None))
    )


def seconds_between(
    connection: AsyncConnection, start: ColumnElement[Any], end: ColumnElement[Any]
) -> ColumnElement[Any]:
    """The time from one to the other, on either database."""
    if connection.dialect.name == "postgresql":
        return cast(extract("epoch", end - start), Float)
    return (func.julianday(end) - func.julianday(start)) * 86_400.0


async def count_replies(connection: AsyncConnection, subject: str | None = None) -> int:
    """How many people said that their MP had answered: about a subject, or about any."""
    if subject is None:
        return await count_all(connection, marks.c.replied.is_(True))
    query = select(func.count(marks.c.subscriber_id.distinct())).where(marks.c.replied.is_(True))
    return int((await connection.execute(query.where(marks.c.subject == subject))).scalar_one())


async def count_doers(connection: AsyncConnection) -> int:
    """How many people have said of any ask that they did it."""
    return await count_all(connection, marks.c.mark == "done")


async def count_all(connection: AsyncConnection, which: ColumnElement[bool]) -> int:
    """People of whom this is so, each once, over all subjects.

    Subjects with too few to be told are left out where together they are too few as well: the whole would tell of them.
    """
    each = select(marks.c.subject, func.count(marks.c.subscriber_id.distinct())).where(which).group_by(marks.c.subject)
    few = {subject: int(number) for subject, number in await connection.execute(each) if number < FEWEST}
    left_out = list(few) if sum(few.values()) < FEWEST else []
    query = select(func.count(marks.c.subscriber_id.distinct())).where(which, marks.c.subject.not_in(left_out))
    return int((await connection.execute(query)).scalar_one())
