"""Who opted in, and to what. A chat that has only said /start follows nothing yet, and counts as having left."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, Row, and_, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import NotFoundError
from bot.model.delivery import DeliveryState
from bot.model.subscriber import ChatKey, Choices, EndedReason, Frequency, Subscriber, Subscription, Wants
from bot.store.choices import away_since, back_at
from bot.store.deliveries import is_pending, keep_totals
from bot.store.schema import deliveries, digest_items, subscribers, subscriptions


async def add_subscriber(
    connection: AsyncConnection,
    key: ChatKey,
    *,
    language: str,
    source: str | None,
    now: datetime,
) -> Subscriber:
    """Know this chat, subscribed to nothing yet. Who speaks to us has not blocked us; the first `source` stays."""
    values = {"chat_id": key.chat_id, "thread_id": key.thread_id or 0, "language": language, "source": source}
    await connection.execute(insert_new(connection, subscribers, {**values, "created_at": now, "left_at": now}))
    await connection.execute(
        update(subscribers)
        .where(is_at(key))
        .values(
            language=language,
            source=func.coalesce(subscribers.c.source, source),
            blocked_at=None,
            away_until=back_at(now),
        ),
    )
    return await get_subscriber(connection, key)


async def find_subscriber(connection: AsyncConnection, key: ChatKey) -> Subscriber | None:
    """The subscriber of this chat (and topic) with all its subscriptions, ended ones too; or None."""
    row = (await connection.execute(select(subscribers).where(is_at(key)))).one_or_none()
    return await with_subscriptions(connection, row) if row else None


async def get_subscriber(connection: AsyncConnection, key: ChatKey) -> Subscriber:
    """As find_subscriber; raises NotFoundError."""
    found = await find_subscriber(connection, key)
    if found is None:
        raise NotFoundError("There is no such subscriber.")
    return found


async def list_subscribers_of(connection: AsyncConnection, chat_id: int) -> Sequence[Subscriber]:
    """The subscribers of one chat: itself, and the topics of it that follow something of their own."""
    rows = await connection.execute(
        select(subscribers).where(subscribers.c.chat_id == chat_id).order_by(subscribers.c.id)
    )
    return [await with_subscriptions(connection, row) for row in rows.all()]


async def add_subscription(
    connection: AsyncConnection,
    subscriber_id: int,
    wants: Wants,
    follows: str,
    *,
    consent_version: str,
    now: datetime,
) -> bool:
    """Record that they said yes to this, with the wording's version and the time; False if it was live already.

    One that had ended is live again, by the new consent.
    """
    consent = {"consent_version": consent_version, "consented_at": now, "ended_at": None, "ended_reason": None}
    which = {"subscriber_id": subscriber_id, "wants": wants.value, "follows": follows}
    added = await connection.execute(insert_new(connection, subscriptions, {**which, **consent}))
    changed = added.rowcount == 1
    if not changed:
        same = [subscriptions.c[name] == value for name, value in which.items()]
        revived = update(subscriptions).where(*same, subscriptions.c.ended_at.is_not(None)).values(consent)
        changed = (await connection.execute(revived)).rowcount == 1
    await connection.execute(update(subscribers).where(subscribers.c.id == subscriber_id).values(left_at=None))
    return changed


async def end_subscriptions(
    connection: AsyncConnection,
    subscriber_id: int,
    *,
    reason: EndedReason,
    now: datetime,
    wants: Wants | None = None,
) -> int:
    """End what is live, of one kind or of both, and what is owed because of it; returns how many ended."""
    live = [subscriptions.c.subscriber_id == subscriber_id, subscriptions.c.ended_at.is_(None)]
    if wants is not None:
        live.append(subscriptions.c.wants == wants.value)
    await connection.execute(
        update(deliveries)
        .where(
            is_pending,
            deliveries.c.subscription_id.in_(select(subscriptions.c.id).where(*live)),
        )
        .values(state=DeliveryState.SKIPPED.value, reason=reason.value, settled_at=now),
    )
    await connection.execute(
        delete(digest_items).where(
            digest_items.c.subscriber_id == subscriber_id,
            digest_items.c.subscription_id.in_(select(subscriptions.c.id).where(*live)),
        )
    )
    ended = await connection.execute(
        update(subscriptions).where(*live).values(ended_at=now, ended_reason=reason.value),
    )
    await mark_left(connection, subscriber_id, now)
    return ended.rowcount


async def mark_left(connection: AsyncConnection, subscriber_id: int, now: datetime) -> None:
    """Start the clock of erasure where nothing is live any more; one that runs already goes on."""
    await connection.execute(
        update(subscribers)
        .where(subscribers.c.id == subscriber_id, subscribers.c.left_at.is_(None), ~is_live())
        .values(left_at=now),
    )


async def set_blocked(connection: AsyncConnection, subscriber_id: int, *, blocked: bool, now: datetime) -> None:
    """Record that they blocked the bot, or let it in again, and how long nothing reached them.

    It changes no subscription.
    """
    values = {"away_from": away_since(now), "away_until": None} if blocked else {"away_until": back_at(now)}
    values |= {"blocked_at": now if blocked else None}
    await connection.execute(update(subscribers).where(subscribers.c.id == subscriber_id).values(values))


async def forget_subscriber(connection: AsyncConnection, key: ChatKey) -> bool:
    """Delete the chat with its subscriptions and deliveries, so that nothing is left; False if there was nothing.

    Messages' totals stay what they were: numbers, and nobody in them.
    """
    theirs = select(subscribers.c.id).where(is_at(key))
    await keep_totals(connection, deliveries.c.subscriber_id.in_(theirs))
    return (await connection.execute(delete(subscribers).where(is_at(key)))).rowcount == 1


async def count_subscribers(connection: AsyncConnection, wants: Wants | None = None) -> int:
    """How many chats have something live, of one kind or of any, and have not blocked us."""
    live = is_live() if wants is None else is_live(subscriptions.c.wants == wants.value)
    query = select(func.count()).select_from(subscribers).where(live, subscribers.c.blocked_at.is_(None))
    return int((await connection.execute(query)).scalar_one())


def is_at(key: ChatKey) -> Any:
    """The condition that a subscriber is this chat and topic."""
    return and_(subscribers.c.chat_id == key.chat_id, subscribers.c.thread_id == (key.thread_id or 0))


def is_live(*conditions: Any) -> Any:
    """The condition that a subscriber has a live subscription."""
    return exists().where(
        subscriptions.c.subscriber_id == subscribers.c.id, subscriptions.c.ended_at.is_(None), *conditions
    )


def insert_new(connection: AsyncConnection, table: Any, values: dict[str, Any]) -> Insert:
    """An insert that does nothing where the row is there already, on either database."""
    # psycopg's cursor of an INSERT is closed before its count is asked for, unless it is kept.
    kept = {"preserve_rowcount": True}
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).values(values).on_conflict_do_nothing().execution_options(**kept)
    return postgresql.insert(table).values(values).on_conflict_do_nothing().execution_options(**kept)


async def with_subscriptions(connection: AsyncConnection, row: Row[Any]) -> Subscriber:
    """A row as its noun, with its subscriptions in the order they were made."""
    query = select(subscriptions).where(subscriptions.c.subscriber_id == row.id).order_by(subscriptions.c.id)
    return Subscriber(
        id=row.id,
        key=ChatKey(row.chat_id, row.thread_id or None),
        language=row.language,
        source=row.source,
        created_at=row.created_at,
        subscriptions=tuple(as_subscription(one) for one in await connection.execute(query)),
        blocked=row.blocked_at is not None,
        choices=Choices(**{field.name: getattr(row, field.name) for field in fields(Choices)}),
    )


def as_subscription(row: Row[Any]) -> Subscription:
    """A row as its noun."""
    return Subscription(
        id=row.id,
        wants=Wants(row.wants),
        follows=row.follows,
        consent_version=row.consent_version,
        consented_at=row.consented_at,
        frequency=Frequency(row.frequency),
        ended_at=row.ended_at,
        ended_reason=EndedReason(row.ended_reason) if row.ended_reason else None,
    )
