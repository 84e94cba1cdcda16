"""The copies of a message that was sent: which an amendment has to go through, and whom it is to be told to."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, exists, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.amendment import Amendment, SentCopy
from bot.model.delivery import DeliveryState, MessageKind
from bot.model.subscriber import ChatKey
from bot.store.deliveries import is_claimed, is_pending
from bot.store.messages import URGENCY
from bot.store.schema import deliveries, messages, subscribers, subscriptions
from bot.store.turn import take_time

# Machines' clocks may differ by this much: what was sent so shortly after a correction is edited to be sure.
CLOCKS_DIFFER = timedelta(seconds=10)
is_sent = and_(deliveries.c.state == DeliveryState.SENT.value, deliveries.c.telegram_message_id.is_not(None))


async def lock_pending(connection: AsyncConnection, message_id: int) -> Sequence[int]:
    """Wait for claims that are being made of a message's copies, and let none be made before this transaction ends.

    Returns the deliveries that are in somebody's hands: they may leave as they were.
    """
    await take_time(connection)
    pending = select(deliveries.c.id).where(deliveries.c.message_id == message_id, is_pending).order_by(deliveries.c.id)
    await connection.execute(pending.with_for_update())
    taken = select(deliveries.c.id).where(deliveries.c.message_id == message_id, is_claimed).order_by(deliveries.c.id)
    return list((await connection.execute(taken)).scalars())


async def list_fresh(connection: AsyncConnection, amendment: Amendment, limit: int) -> Sequence[SentCopy]:
    """The next copies that were not gone through yet, by their ids."""
    return [as_copy(row) for row in await connection.execute(beyond(amendment).limit(limit))]


async def list_left(
    connection: AsyncConnection, amendment: Amendment, limit: int, resting: Collection[int]
) -> Sequence[SentCopy]:
    """Copies that were in somebody's hands or left for later, and have been sent; not those that are `resting`."""
    ids = [one for one in amendment.in_flight if one not in resting]
    if not ids:
        return []
    query = copies().where(deliveries.c.id.in_(ids), is_sent).order_by(deliveries.c.id).limit(limit)
    return [as_copy(row) for row in await connection.execute(query)]


async def has_left(connection: AsyncConnection, amendment: Amendment) -> bool:
    """Whether copies that can be changed are left for later."""
    if not amendment.in_flight:
        return False
    query = select(deliveries.c.id).where(deliveries.c.id.in_(amendment.in_flight), is_sent).limit(1)
    return (await connection.execute(query)).one_or_none() is not None


def beyond(amendment: Amendment) -> Select[Any]:
    """Copies that were sent before it was decided, after the last one that was gone through."""
    until = (amendment.decided_at or amendment.created_at) + CLOCKS_DIFFER
    return (
        copies()
        .where(
            deliveries.c.message_id == amendment.message_id,
            deliveries.c.id > amendment.position,
            deliveries.c.id.not_in(amendment.in_flight),
            is_sent,
            deliveries.c.settled_at <= until,
        )
        .order_by(deliveries.c.id)
    )


def copies() -> Select[Any]:
    """Deliveries with where they went and why, whether or not their reader has left meanwhile."""
    return (
        select(
            deliveries.c.id,
            deliveries.c.telegram_message_id,
            messages.c.kind,
            subscribers.c.chat_id,
            subscribers.c.thread_id,
            subscribers.c.language,
            subscriptions.c.follows,
        )
        .join(messages, messages.c.id == deliveries.c.message_id)
        .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
        .outerjoin(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
    )


async def list_still_claimed(connection: AsyncConnection, ids: Iterable[int]) -> Sequence[int]:
    """Those of these deliveries that are still in somebody's hands."""
    query = select(deliveries.c.id).where(deliveries.c.id.in_(list(ids)), is_claimed).order_by(deliveries.c.id)
    return list((await connection.execute(query)).scalars())


async def owe_note(
    connection: AsyncConnection, message_id: int, told_id: int, *, now: datetime, only: Sequence[int] | None = None
) -> int:
    """Owe a short message, once, to exactly those who have a copy (`only`: of these deliveries) and have not left.

    Returns how many.
    """
    await take_time(connection)
    told = deliveries.alias()
    which = [deliveries.c.message_id == message_id, is_sent, subscribers.c.blocked_at.is_(None)]
    which += [deliveries.c.id.in_(only)] if only is not None else []
    which.append(~exists().where(told.c.message_id == told_id, told.c.subscriber_id == deliveries.c.subscriber_id))
    owed = (
        select(
            literal(told_id),
            deliveries.c.subscriber_id,
            deliveries.c.subscription_id,
            literal(DeliveryState.PENDING.value),
            literal(URGENCY[MessageKind.CORRECTION]),
            literal(now, deliveries.c.due_at.type),
        )
        .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
        .join(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
        .where(*which, subscriptions.c.ended_at.is_(None))
    )
    columns = ["message_id", "subscriber_id", "subscription_id", "state", "urgency", "due_at"]
    kept = insert(deliveries).from_select(columns, owed).execution_options(preserve_rowcount=True)
    return (await connection.execute(kept)).rowcount


def as_copy(row: Row[Any]) -> SentCopy:
    """A row as its noun."""
    return SentCopy(
        delivery_id=row.id,
        key=ChatKey(row.chat_id, row.thread_id or None),
        telegram_message_id=row.telegram_message_id,
        kind=MessageKind(row.kind),
        follows=row.follows or "",
        language=row.language,
    )
