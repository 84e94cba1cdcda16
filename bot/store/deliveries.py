"""The ledger: one row per message and subscriber, from owed to its end. Totals always add up to the number targeted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, case, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import ClaimedDelivery, DeliveryState, MessageKind, Settled
from bot.model.message import Message, Picture
from bot.model.subscriber import ChatKey
from bot.store.codec import load_buttons
from bot.store.schema import deliveries, message_texts, messages, subscribers, subscriptions

DEFAULT_LANGUAGE = "en"


async def claim_deliveries(
    connection: AsyncConnection,
    *,
    worker: str,
    now: datetime,
    limit: int,
) -> Sequence[ClaimedDelivery]:
    """Take up to `limit` due deliveries into our hands, urgent ones first, and say what each is.

    The row keeps who claimed it and when; until it is settled nobody else takes it. What was stopped while it was in
    flight, or is owed to somebody who has left since, ends here as skipped.
    """
    due = (
        select(deliveries.c.id)
        .where(deliveries.c.state == DeliveryState.PENDING.value, deliveries.c.due_at <= now)
        .order_by(deliveries.c.urgency, deliveries.c.due_at, deliveries.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = await connection.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(due))
        .values(state=DeliveryState.CLAIMED.value, claimed_by=worker, claimed_at=now, tries=deliveries.c.tries + 1)
        .returning(deliveries.c.id),
    )
    ids = list(claimed.scalars())
    if not ids:
        return []
    await skip_unwanted(connection, ids, now)
    return await list_claimed(connection, ids)


async def skip_unwanted(connection: AsyncConnection, ids: Sequence[int], now: datetime) -> None:
    """End claimed rows whose message was stopped or whose subscription has ended."""
    stopped = exists().where(messages.c.id == deliveries.c.message_id, messages.c.stopped_at.is_not(None))
    ended = exists().where(subscriptions.c.id == deliveries.c.subscription_id, subscriptions.c.ended_at.is_not(None))
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(ids), or_(stopped, ended))
        .values(
            state=DeliveryState.SKIPPED.value,
            reason="stopped meanwhile",
            claimed_by=None,
            claimed_at=None,
            settled_at=now,
        ),
    )


async def put_back(connection: AsyncConnection, delivery_id: int, *, due_at: datetime) -> None:
    """Give back a claim that was not tried, due then."""
    await connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, deliveries.c.state == DeliveryState.CLAIMED.value)
        .values(
            state=DeliveryState.PENDING.value,
            due_at=due_at,
            claimed_by=None,
            claimed_at=None,
            tries=deliveries.c.tries - 1,
        ),
    )


async def list_claimed(connection: AsyncConnection, ids: Sequence[int]) -> Sequence[ClaimedDelivery]:
    """Claimed rows with chat and text, in the reader's language or else in English."""
    own, fallback = message_texts.alias(), message_texts.alias()
    query = (
        select(
            deliveries.c.id,
            deliveries.c.message_id,
            deliveries.c.subscriber_id,
            deliveries.c.tries,
            messages.c.kind,
            subscribers.c.chat_id,
            subscribers.c.thread_id,
            func.coalesce(own.c.text, fallback.c.text).label("text"),
            case((own.c.text.is_not(None), own.c.buttons), else_=fallback.c.buttons).label("buttons"),
            subscriptions.c.follows,
            func.coalesce(own.c.language, fallback.c.language).label("language"),
            # The bytes stay where they are: most readers need only the name of what was uploaded before.
            case((own.c.text.is_not(None), own.c.picture.is_not(None)), else_=fallback.c.picture.is_not(None)).label(
                "pictured"
            ),
            case((own.c.text.is_not(None), own.c.picture_file_id), else_=fallback.c.picture_file_id).label("file_id"),
        )
        .join(messages, messages.c.id == deliveries.c.message_id)
        .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
        .outerjoin(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
        .outerjoin(own, and_(own.c.message_id == messages.c.id, own.c.language == subscribers.c.language))
        .join(fallback, and_(fallback.c.message_id == messages.c.id, fallback.c.language == DEFAULT_LANGUAGE))
        .where(deliveries.c.id.in_(ids), deliveries.c.state == DeliveryState.CLAIMED.value)
        .order_by(deliveries.c.urgency, deliveries.c.due_at, deliveries.c.id)
    )
    return [as_claimed(row) for row in await connection.execute(query)]


async def settle(connection: AsyncConnection, results: Sequence[Settled], now: datetime) -> None:
    """Write down what became of deliveries in our hands. A `sent` always wins, whatever the row says by now.

    Anything else counts only while the row is in the claim that it is about: who was frozen settles nobody else's.
    """
    for result in results:
        settled = result.state is not DeliveryState.PENDING
        where = [deliveries.c.id == result.delivery_id]
        if result.state is not DeliveryState.SENT:
            where += [deliveries.c.state == DeliveryState.CLAIMED.value, deliveries.c.tries == result.tries]
        values: dict[str, Any] = {
            "state": result.state.value,
            "reason": result.reason or None,
            "claimed_by": None,
            "claimed_at": None,
            "settled_at": now if settled else None,
        }
        if result.telegram_message_id is not None:
            values["telegram_message_id"] = result.telegram_message_id
        if result.due_at is not None:
            values["due_at"] = result.due_at
        await connection.execute(update(deliveries).where(*where).values(values))


async def list_abandoned(
    connection: AsyncConnection,
    *,
    claimed_before: datetime,
) -> Sequence[tuple[int, MessageKind, int]]:
    """Deliveries claimed before then and never settled: (id, kind, tries). Whoever held them died or froze."""
    query = (
        select(deliveries.c.id, messages.c.kind, deliveries.c.tries)
        .join(messages, messages.c.id == deliveries.c.message_id)
        .where(deliveries.c.state == DeliveryState.CLAIMED.value, deliveries.c.claimed_at < claimed_before)
    )
    return [(row.id, MessageKind(row.kind), row.tries) for row in await connection.execute(query)]


async def expire_overdue(connection: AsyncConnection, now: datetime) -> int:
    """End pending deliveries whose message is worthless by now; returns how many."""
    worthless = select(messages.c.id).where(messages.c.expires_at <= now)
    result = await connection.execute(
        update(deliveries)
        .where(deliveries.c.state == DeliveryState.PENDING.value, deliveries.c.message_id.in_(worthless))
        .values(state=DeliveryState.EXPIRED.value, settled_at=now, reason="too late to be of use"),
    )
    return result.rowcount


async def skip_deliveries_of(connection: AsyncConnection, subscriber_id: int, *, now: datetime, reason: str) -> int:
    """End what is still owed to somebody who left; returns how many."""
    result = await connection.execute(
        update(deliveries)
        .where(deliveries.c.subscriber_id == subscriber_id, deliveries.c.state == DeliveryState.PENDING.value)
        .values(state=DeliveryState.SKIPPED.value, settled_at=now, reason=reason),
    )
    return result.rowcount


async def count_states(connection: AsyncConnection, message_id: int) -> dict[DeliveryState, int]:
    """How a message's deliveries stand; every state is there, zeros too."""
    query = (
        select(deliveries.c.state, func.count())
        .where(deliveries.c.message_id == message_id)
        .group_by(deliveries.c.state)
    )
    counts = {DeliveryState(state): number for state, number in await connection.execute(query)}
    return {state: counts.get(state, 0) for state in DeliveryState}


async def has_due(connection: AsyncConnection, now: datetime) -> bool:
    """Whether any delivery waits to be sent now."""
    due = exists().where(deliveries.c.state == DeliveryState.PENDING.value, deliveries.c.due_at <= now)
    return bool((await connection.execute(select(due))).scalar())


def as_claimed(row: Row[*tuple[Any, ...]]) -> ClaimedDelivery:
    """A row as its noun."""
    return ClaimedDelivery(
        id=row.id,
        message_id=row.message_id,
        kind=MessageKind(row.kind),
        subscriber_id=row.subscriber_id,
        key=ChatKey(row.chat_id, row.thread_id or None),
        message=Message(
            row.text, load_buttons(row.buttons), picture=Picture(file_id=row.file_id) if row.pictured else None
        ),
        follows=row.follows or "",
        language=row.language,
        tries=row.tries,
    )
