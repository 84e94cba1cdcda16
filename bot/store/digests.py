"""Digests: what waits for one, when it is due, and who is owed which."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind
from bot.model.story import StoryState, Told
from bot.model.subscriber import Frequency
from bot.store.answers import as_told, told_stories
from bot.store.choices import REACHES, is_told
from bot.store.messages import URGENCY
from bot.store.schema import (
    alerts,
    deliveries,
    digest_items,
    digest_stories,
    messages,
    stories,
    subscribers,
    subscriptions,
)

PENDING: Final = DeliveryState.PENDING.value
SET_DUE = (
    update(digest_items)
    .where(
        digest_items.c.message_id == bindparam("message"),
        digest_items.c.subscriber_id.in_(bindparam("readers", expanding=True)),
        digest_items.c.due_at.is_(None),
    )
    .values(due_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscheduled:
    """An alert that waits for a digest whose time is not worked out yet, and what its reader has chosen."""

    subscriber_id: int
    message_id: int
    held_at: datetime
    frequency: Frequency
    digest_hour: int
    digest_day: int
    quiet_from: int | None
    quiet_until: int | None
    paused_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An alert that somebody's digest is to tell, and the subscription that it is owed to."""

    subscriber_id: int
    message_id: int
    subscription_id: int
    follows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A story as a digest lists it, and when its alert was published."""

    told: Told
    published_at: datetime


async def list_unscheduled(connection: AsyncConnection, limit: int) -> Sequence[Unscheduled]:
    """Up to `limit` of them."""
    query = (
        select(
            digest_items.c.subscriber_id,
            digest_items.c.message_id,
            digest_items.c.held_at,
            subscriptions.c.frequency,
            subscribers.c.digest_hour,
            subscribers.c.digest_day,
            subscribers.c.quiet_from,
            subscribers.c.quiet_until,
            subscribers.c.paused_until,
        )
        .join(subscribers, subscribers.c.id == digest_items.c.subscriber_id)
        .outerjoin(subscriptions, subscriptions.c.id == digest_items.c.subscription_id)
        .where(digest_items.c.due_at.is_(None))
        .limit(limit)
    )
    rows = await connection.execute(query)
    return [
        Unscheduled(**{**row, "frequency": Frequency(row["frequency"] or Frequency.NOW)}) for row in rows.mappings()
    ]


async def set_due(connection: AsyncConnection, dues: Sequence[tuple[Unscheduled, datetime]]) -> None:
    """Say when they are due, in a statement for all that the same message has due at the same time."""
    readers: defaultdict[tuple[int, datetime], list[int]] = defaultdict(list)
    for one, at in dues:
        readers[one.message_id, at].append(one.subscriber_id)
    for (message_id, at), ids in readers.items():
        await connection.execute(SET_DUE, {"message": message_id, "at": at, "readers": ids})


async def take_due(connection: AsyncConnection, now: datetime, readers: int) -> tuple[Sequence[Item], int]:
    """Remove what is due by `now` for up to so many readers; returns what is to be told, and how many were removed.

    Left out is what its reader has been told, or follows no more, and whoever blocks us.
    """
    ids = await take_readers(connection, now, readers)
    waiting = (digest_items.c.subscriber_id, digest_items.c.message_id, digest_items.c.subscription_id)
    theirs = [digest_items.c.subscriber_id.in_(ids), digest_items.c.due_at <= now]
    rows = (await connection.execute(delete(digest_items).where(*theirs).returning(*waiting))).all()
    follows = await list_follows(connection, {row.subscription_id for row in rows})
    told = await list_told(connection, ids, {row.message_id for row in rows})
    items = [
        Item(
            subscriber_id=row.subscriber_id,
            message_id=row.message_id,
            subscription_id=row.subscription_id,
            follows=follows[row.subscription_id],
        )
        for row in sorted(rows, key=lambda row: (row.subscriber_id, -row.message_id))
        if row.subscription_id in follows and (row.subscriber_id, row.message_id) not in told
    ]
    return items, len(rows)


async def take_readers(connection: AsyncConnection, now: datetime, limit: int) -> Sequence[int]:
    """Ids of subscribers for whom something is due. Nobody erases them meanwhile; whom somebody does is passed over.

    So this waits for nobody who waits for it.
    """
    due = digest_items.c.due_at
    first = select(digest_items.c.subscriber_id).where(due <= now).order_by(due).limit(limit).subquery()
    ids = set((await connection.execute(select(first.c.subscriber_id))).scalars())
    held = select(subscribers.c.id).where(subscribers.c.id.in_(ids)).order_by(subscribers.c.id)
    return (await connection.execute(held.with_for_update(read=True, key_share=True, skip_locked=True))).scalars().all()


async def list_follows(connection: AsyncConnection, subscription_ids: Collection[int | None]) -> dict[int, str]:
    """What these subscriptions follow, as far as they are live and their subscribers let us in."""
    query = (
        select(subscriptions.c.id, subscriptions.c.follows)
        .join(subscribers, subscribers.c.id == subscriptions.c.subscriber_id)
        .where(
            subscriptions.c.id.in_([one for one in subscription_ids if one is not None]),
            subscriptions.c.ended_at.is_(None),
            subscribers.c.blocked_at.is_(None),
        )
    )
    return {row.id: row.follows for row in await connection.execute(query)}


async def list_told(
    connection: AsyncConnection, subscriber_ids: Collection[int], message_ids: Collection[int]
) -> set[tuple[int, int]]:
    """Which of these alerts reached whom of these (subscriber, alert), or are about to, alone or in a digest."""
    reached = [deliveries.c.subscriber_id.in_(subscriber_ids), deliveries.c.state.in_(REACHES)]
    alone = select(deliveries.c.subscriber_id, deliveries.c.message_id).where(
        deliveries.c.message_id.in_(message_ids), *reached
    )
    listed = (
        select(deliveries.c.subscriber_id, digest_stories.c.alert_message_id)
        .join(deliveries, deliveries.c.message_id == digest_stories.c.message_id)
        .where(digest_stories.c.alert_message_id.in_(message_ids), *reached)
    )
    return {(reader, alert) for reader, alert in await connection.execute(union_all(alone, listed))}


async def list_listed(connection: AsyncConnection, message_ids: Collection[int]) -> dict[int, Listed]:
    """The stories of these alerts, by message; one that was merged, stopped or withdrawn meanwhile is left out."""
    query = (
        told_stories()
        .add_columns(alerts.c.message_id.label("alert_message_id"), alerts.c.published_at.label("alerted_at"))
        .join(alerts, alerts.c.story_id == stories.c.id)
        .join(messages, messages.c.id == alerts.c.message_id)
        .where(
            alerts.c.message_id.in_(list(message_ids)),
            stories.c.state == StoryState.PUBLISHED.value,
            messages.c.stopped_at.is_(None),
            messages.c.withdrawn_at.is_(None),
        )
    )
    rows = await connection.execute(query)
    return {row.alert_message_id: Listed(told=as_told(row), published_at=row.alerted_at) for row in rows}


async def move_items(connection: AsyncConnection, story_id: int, into: int) -> None:
    """Who waits for the digest of a story that was put into another is told of that, unless they know it already."""
    alert, other = [
        (await connection.execute(select(alerts.c.message_id).where(alerts.c.story_id == one))).scalar_one_or_none()
        for one in (story_id, into)
    ]
    if alert is None or other is None:
        return
    others = digest_items.alias()
    waiting = select(others.c.subscriber_id).where(others.c.message_id == other)
    known = or_(digest_items.c.subscriber_id.in_(waiting), is_told(digest_items.c.subscriber_id, other))
    moved = update(digest_items).where(digest_items.c.message_id == alert, ~known)
    await connection.execute(moved.values(message_id=other))


async def put_stories(connection: AsyncConnection, message_id: int, alert_message_ids: Collection[int]) -> None:
    """Write down which alerts a digest lists."""
    rows = [{"message_id": message_id, "alert_message_id": one} for one in alert_message_ids]
    await connection.execute(insert(digest_stories), rows)


async def owe_digests(connection: AsyncConnection, owed: Sequence[tuple[int, Item]], now: datetime) -> None:
    """Owe digests: message ids, each with the first item of a reader, whose subscription is the cause."""
    row: dict[str, Any] = {"state": PENDING, "urgency": URGENCY[MessageKind.DIGEST], "due_at": now}
    rows = [
        {**row, "message_id": message_id, "subscriber_id": item.subscriber_id, "subscription_id": item.subscription_id}
        for message_id, item in owed
    ]
    await connection.execute(insert(deliveries), rows)
