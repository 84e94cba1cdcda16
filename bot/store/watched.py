"""Alerts while they are young: whether each has reached anybody, and what organisers were told of those that have not.

A notice to organisers is all the memory there is: what it says was told, and it is kept as long as the alerts are.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Exists, and_, case, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState
from bot.model.organiser import CardKind
from bot.model.subscriber import Frequency, Wants
from bot.store.messages import causes
from bot.store.schema import alerts, cards, deliveries, entries, stories, subscriptions

# Who has these is a reader, or may be one: neither the reader's own doing (skipped, gone) nor an arrival.
OWED = (
    DeliveryState.CLAIMED.value,
    DeliveryState.FAILED.value,
    DeliveryState.EXPIRED.value,
    DeliveryState.UNKNOWN.value,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A young alert: whether a copy has arrived; if none, whether anybody who neither paused nor left waits for one."""

    alert_id: int
    title: str
    published_at: datetime
    arrived: bool
    owed: bool


async def list_watched(
    connection: AsyncConnection, *, since: datetime, until: datetime, now: datetime
) -> Sequence[Watched]:
    """Alerts published between `since` and `until`, the oldest first. What is due after `now` is owed to nobody yet.

    Where an alert is owed to nobody at all, but somebody who follows everything was there before it, it is owed.
    """
    query = (
        select(
            alerts.c.id,
            entries.c.title,
            alerts.c.published_at,
            arrived().label("arrived"),
            case((arrived(), False), else_=or_(*owed(now), and_(~enqueued(), somebody_there()))).label("owed"),
        )
        .select_from(alerts)
        .join(stories, stories.c.id == alerts.c.story_id)
        .join(entries, entries.c.id == stories.c.lead_entry_id)
        .where(alerts.c.published_at > since, alerts.c.published_at <= until)
        .order_by(alerts.c.published_at, alerts.c.id)
    )
    return [
        Watched(
            alert_id=row.id,
            title=row.title,
            published_at=row.published_at,
            arrived=bool(row.arrived),
            owed=bool(row.owed),
        )
        for row in await connection.execute(query)
    ]


def arrived() -> Exists:
    """A copy of the alert was accepted by Telegram."""
    return exists().where(*of_alert(), deliveries.c.state == DeliveryState.SENT.value)


def owed(now: datetime) -> tuple[Exists, Exists]:
    """A copy should be with its reader by `now`, and is not. Two questions, for each of which there is an index."""
    due = or_(deliveries.c.due_at <= now, deliveries.c.tries > 0)
    return (
        exists().where(*of_alert(), deliveries.c.state == DeliveryState.PENDING.value, due),
        exists().where(*of_alert(), deliveries.c.state.in_(OWED)),
    )


def enqueued() -> Exists:
    """The alert is in the ledger at all."""
    return exists().where(*of_alert())


def somebody_there() -> Exists:
    """Somebody had followed everything before the alert, and does; not by digests alone."""
    live = causes(Wants.ALERTS, ["everything"], subscriptions.c.frequency == Frequency.NOW.value)
    return exists().where(live.c.id == subscriptions.c.id, subscriptions.c.consented_at < alerts.c.published_at)


def of_alert() -> tuple[ColumnElement[bool]]:
    """The deliveries of the alert that is asked about."""
    return (deliveries.c.message_id == alerts.c.message_id,)


async def list_told(connection: AsyncConnection, key: str, *, since: datetime) -> frozenset[int]:
    """The ids of the alerts that notices of this key have named since then."""
    query = select(cards.c.text).where(
        cards.c.kind == CardKind.NOTICE.value,
        cards.c.created_at >= since,
        cards.c.text.startswith(json.dumps({"key": key})[:-1], autoescape=True),
    )
    told = [json.loads(text)["alerts"] for text in (await connection.execute(query)).scalars()]
    return frozenset(int(one) for text in told for one in text.split())
