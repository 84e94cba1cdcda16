"""Signs of life: when each stage last did its work, and since when something is overdue. Cheap however long the tables.

All of it is read out of the rows, so that every process, on whatever machine, says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind
from bot.model.story import StoryState
from bot.store.feeds import live
from bot.store.figures import CLAIMED, PENDING
from bot.store.identity import find_freeze, find_paused_until
from bot.store.messages import URGENCY
from bot.store.schema import alerts, deliveries, entries, stories

SENT = deliveries.c.state == DeliveryState.SENT.value
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """Times are None where there is nothing of the kind.

    `poll_due_at`, `story_waits_since`, `claimed_at` and `due_at` (by kind of message) are of the oldest that has not
    been done; `poll_due_at` and `due_at` may lie ahead. `sent_lately` counts the minute before `now`;
    `frozen_at` is when an organiser stopped everything.
    """

    polled_at: datetime | None
    poll_due_at: datetime | None
    story_waits_since: datetime | None
    alert_at: datetime | None
    due_at: Mapping[MessageKind, datetime]
    claimed_at: datetime | None
    settled_at: datetime | None
    sent_lately: int
    paused_until: datetime | None
    frozen_at: datetime | None = None


async def get_vitals(connection: AsyncConnection, now: datetime) -> Vitals:
    """Each by a question that an index answers."""
    polled = live().subquery()
    lately = and_(deliveries.c.settled_at > now - MINUTE, deliveries.c.settled_at <= now, SENT)
    waiting = stories.c.state == StoryState.TO_READ.value
    return Vitals(
        polled_at=await find_last_poll(connection),
        poll_due_at=await scalar(connection, select(func.min(polled.c.next_poll_at))),
        story_waits_since=await scalar(connection, select(func.min(stories.c.created_at)).where(waiting)),
        alert_at=await scalar(connection, select(func.max(alerts.c.published_at))),
        due_at=await oldest_due(connection),
        claimed_at=await scalar(connection, select(func.min(deliveries.c.claimed_at)).where(CLAIMED)),
        settled_at=await scalar(connection, select(func.max(deliveries.c.settled_at))),
        sent_lately=await scalar(connection, select(func.count()).select_from(deliveries).where(lately)),
        paused_until=await find_paused_until(connection),
        frozen_at=freeze.at if (freeze := await find_freeze(connection)) else None,
    )


async def oldest_due(connection: AsyncConnection) -> dict[MessageKind, datetime]:
    """When the longest waiting delivery of each kind is or was due; a kind of which nothing waits is left out."""
    found: dict[MessageKind, datetime] = {}
    for kind, urgency in URGENCY.items():
        # These share their urgency, and so their question, with calls to action.
        if kind in {MessageKind.CORRECTION, MessageKind.REMINDER}:
            continue
        due = select(func.min(deliveries.c.due_at)).where(PENDING, deliveries.c.urgency == urgency)
        if due_at := await scalar(connection, due):
            found[kind] = due_at
    return found


async def find_last_poll(connection: AsyncConnection) -> datetime | None:
    """When a feed last answered and could be read."""
    found: datetime | None = await scalar(connection, select(func.max(live().subquery().c.last_success_at)))
    return found


async def find_last_delivery(connection: AsyncConnection) -> datetime | None:
    """When Telegram last accepted a message that was owed to somebody."""
    query = select(deliveries.c.settled_at).where(SENT, deliveries.c.settled_at.is_not(None))
    found: datetime | None = await scalar(connection, query.order_by(deliveries.c.settled_at.desc()).limit(1))
    return found


@dataclass(frozen=True, slots=True)
class Arrival:
    """An alert's copy that Telegram accepted."""

    delivery_id: int
    message_id: int
    settled_at: datetime


async def list_arrivals(
    connection: AsyncConnection, after: tuple[datetime, int], until: datetime, limit: int
) -> Sequence[Arrival]:
    """Copies of alerts that arrived later than `after` (a time, and the last delivery's id at it), the oldest first."""
    query = (
        select(deliveries.c.id, deliveries.c.message_id, deliveries.c.settled_at)
        .where(
            or_(
                deliveries.c.settled_at > after[0],
                and_(deliveries.c.settled_at == after[0], deliveries.c.id > after[1]),
            ),
            deliveries.c.settled_at >= after[0],
            deliveries.c.settled_at <= until,
            deliveries.c.urgency == URGENCY[MessageKind.ALERT],
            SENT,
        )
        .order_by(deliveries.c.settled_at, deliveries.c.id)
        .limit(limit)
    )
    return [Arrival(row.id, row.message_id, row.settled_at) for row in await connection.execute(query)]


@dataclass(frozen=True, slots=True)
class Detection:
    """When an alert's story was first seen, whether a person let it out, and when its first copy arrived."""

    seen_at: datetime
    by_person: bool
    arrived_at: datetime | None


async def find_detection(connection: AsyncConnection, message_id: int) -> Detection | None:
    """The beginning of an alert, by its message; None where there is none."""
    first = select(func.min(deliveries.c.settled_at)).where(deliveries.c.message_id == message_id, SENT)
    query = (
        select(func.min(entries.c.first_seen_at), alerts.c.published_by.is_not(None), first.scalar_subquery())
        .select_from(alerts)
        .join(entries, entries.c.story_id == alerts.c.story_id)
        .where(alerts.c.message_id == message_id)
        .group_by(alerts.c.published_by)
    )
    row = (await connection.execute(query)).one_or_none()
    return Detection(row[0], bool(row[1]), row[2]) if row else None


async def scalar(connection: AsyncConnection, query: Select[Any]) -> Any:
    """The one value of an answer, or None."""
    return (await connection.execute(query)).scalar()
