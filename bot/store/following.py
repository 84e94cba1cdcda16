"""One thing that a chat follows no more."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind
from bot.model.subscriber import EVERYTHING, EndedReason, Wants
from bot.store.deliveries import is_pending
from bot.store.schema import (
    alerts,
    deliveries,
    digest_items,
    digest_stories,
    entry_subjects,
    messages,
    stories,
    subscriptions,
)
from bot.store.subscribers import mark_left


async def end_subscription(connection: AsyncConnection, subscriber_id: int, follows: str, *, now: datetime) -> bool:
    """End alerts about this; False where it was not followed.

    What is owed because of it is not sent, unless they follow something else that it is about: then it is owed because
    of that. A reminder is owed as long as they follow anything.
    """
    theirs = and_(
        subscriptions.c.subscriber_id == subscriber_id,
        subscriptions.c.wants == Wants.ALERTS.value,
        subscriptions.c.ended_at.is_(None),
    )
    found = select(subscriptions.c.id).where(theirs, subscriptions.c.follows == follows)
    ending = (await connection.execute(found)).scalar_one_or_none()
    if ending is None:
        return False
    await release(connection, ending, and_(theirs, subscriptions.c.id != ending), now)
    stopped = {"ended_at": now, "ended_reason": EndedReason.STOPPED.value}
    await connection.execute(update(subscriptions).where(subscriptions.c.id == ending).values(stopped))
    await mark_left(connection, subscriber_id, now)
    return True


async def release(connection: AsyncConnection, ending: int, others: ColumnElement[bool], now: datetime) -> None:
    """Let what one subscription causes be caused by another of these, or by none: then it is not sent."""
    owed, waiting = and_(is_pending, deliveries.c.subscription_id == ending), digest_items.c.subscription_id == ending
    listed = (
        select(digest_stories.c.alert_message_id)
        .where(digest_stories.c.message_id == deliveries.c.message_id)
        .correlate(deliveries)
    )
    anything = select(func.min(subscriptions.c.id)).where(others).scalar_subquery()
    causes = [
        (MessageKind.ALERT, find_other(others, alerts.c.message_id == deliveries.c.message_id)),
        (MessageKind.DIGEST, find_other(others, alerts.c.message_id.in_(listed))),
        (MessageKind.REMINDER, anything),
        (MessageKind.CORRECTION, anything),
    ]
    for kind, cause in causes:
        of_kind = exists().where(messages.c.id == deliveries.c.message_id, messages.c.kind == kind.value)
        caused = update(deliveries).where(owed, of_kind, cause.is_not(None))
        await connection.execute(caused.values(subscription_id=cause))
    skipped = {"state": DeliveryState.SKIPPED.value, "reason": EndedReason.STOPPED.value, "settled_at": now}
    await connection.execute(update(deliveries).where(owed).values(skipped))
    other = find_other(others, alerts.c.message_id == digest_items.c.message_id)
    caused = update(digest_items).where(waiting, other.is_not(None))
    await connection.execute(caused.values(subscription_id=other, due_at=None))
    await connection.execute(delete(digest_items).where(waiting))


def find_other(others: ColumnElement[bool], which: ColumnElement[bool]) -> ColumnElement[Any]:
    """One of these subscriptions to which alerts are owed as well; NULL where there is none."""
    about = (
        select(func.min(subscriptions.c.id))
        .select_from(alerts)
        .join(stories, stories.c.id == alerts.c.story_id)
        .join(entry_subjects, entry_subjects.c.entry_id == stories.c.lead_entry_id)
        .join(subscriptions, subscriptions.c.follows == entry_subjects.c.subject)
        .where(others, which)
        .scalar_subquery()
    )
    everything = select(subscriptions.c.id).where(others, subscriptions.c.follows == EVERYTHING).scalar_subquery()
    return func.coalesce(about, everything)
