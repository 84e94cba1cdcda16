"""Messages: stored once per language, owed to whoever follows, and stopped for all who have not got them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Subquery, case, exists, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind
from bot.model.message import Message, Picture
from bot.model.subscriber import Frequency, Wants
from bot.store.codec import dump
from bot.store.deliveries import is_doubted, is_pending
from bot.store.schema import deliveries, digest_items, message_texts, messages, subscribers, subscriptions
from bot.store.turn import take_time

DEFAULT_LANGUAGE = "en"
# What organisers are asked about is not looked at again for so long.
RESTS_FOR = timedelta(days=365)
URGENCY = {
    MessageKind.ALERT: 0,
    MessageKind.CALL: 1,
    MessageKind.CORRECTION: 1,
    MessageKind.REMINDER: 1,
    MessageKind.DIGEST: 2,
}


async def add_message(
    connection: AsyncConnection,
    kind: MessageKind,
    texts: Mapping[str, Message],
    *,
    now: datetime,
    expires_at: datetime,
) -> int:
    """Store a message once per language (`texts`: language -> Message); returns its id."""
    result = await connection.execute(
        insert(messages).values(kind=kind.value, created_at=now, expires_at=expires_at).returning(messages.c.id),
    )
    message_id = int(result.scalar_one())
    rows = [
        {
            "message_id": message_id,
            "language": language,
            "text": text.text,
            "buttons": dump("buttons", text.buttons),
            "picture": text.picture.content if text.picture else None,
            "attachment": dump("attachment", text.attachment) if text.attachment else None,
        }
        for language, text in texts.items()
    ]
    await connection.execute(insert(message_texts), rows)
    return message_id


async def find_picture(connection: AsyncConnection, message_id: int, language: str) -> Picture | None:
    """A text's picture whole, with Telegram's name for it if it was uploaded; None where it has none."""
    query = select(message_texts.c.picture, message_texts.c.picture_file_id).where(
        message_texts.c.message_id == message_id, message_texts.c.language == language
    )
    row = (await connection.execute(query)).one_or_none()
    return Picture(row.picture, row.picture_file_id) if row and row.picture is not None else None


async def put_file_id(connection: AsyncConnection, message_id: int, language: str, file_id: str) -> None:
    """Keep what Telegram calls a text's picture, so that it is uploaded once for all readers."""
    await connection.execute(
        update(message_texts)
        .where(message_texts.c.message_id == message_id, message_texts.c.language == language)
        .values(picture_file_id=file_id)
    )


async def enqueue(
    connection: AsyncConnection,
    message_id: int,
    kind: MessageKind,
    *,
    wants: Wants,
    follows: Sequence[str],
    now: datetime,
    urgent: bool = False,
) -> int:
    """Owe a message to every live subscriber to any of `follows`, once each; returns how many are owed it at once.

    An alert waits for the digest of who reads one; an `urgent` one does not where they said so. Of several
    subscriptions the one that tells soonest is the cause, and of those the first given in `follows`. Two statements,
    whatever the number.
    """
    await take_time(connection)
    soon = [] if kind is not MessageKind.ALERT else [at_once(urgent=urgent)]
    live = causes(wants, follows, *soon)
    owed = select(
        literal(message_id),
        live.c.subscriber_id,
        live.c.id,
        literal(DeliveryState.PENDING.value),
        literal(URGENCY[kind]),
        literal(now, deliveries.c.due_at.type),
    ).where(live.c.place == 1)
    columns = ["message_id", "subscriber_id", "subscription_id", "state", "urgency", "due_at"]
    # psycopg's cursor of an INSERT is closed before its count is asked for, unless it is kept.
    kept = insert(deliveries).from_select(columns, owed).execution_options(preserve_rowcount=True)
    result = await connection.execute(kept)
    if kind is MessageKind.ALERT:
        await put_into_digests(connection, message_id, wants, follows, now)
    return result.rowcount


async def put_into_digests(
    connection: AsyncConnection, message_id: int, wants: Wants, follows: Sequence[str], now: datetime
) -> None:
    """Let an alert wait for the digests of those to whom it is not owed at once."""
    live = causes(wants, follows, subscriptions.c.frequency != Frequency.NOW.value)
    owed = exists().where(deliveries.c.message_id == message_id, deliveries.c.subscriber_id == live.c.subscriber_id)
    waiting = select(
        literal(message_id), live.c.subscriber_id, live.c.id, literal(now, digest_items.c.held_at.type)
    ).where(live.c.place == 1, ~owed)
    columns = ["message_id", "subscriber_id", "subscription_id", "held_at"]
    await connection.execute(insert(digest_items).from_select(columns, waiting))


def at_once(*, urgent: bool) -> ColumnElement[bool]:
    """Whether a subscription's alerts come at once."""
    now = subscriptions.c.frequency == Frequency.NOW.value
    return or_(now, subscribers.c.urgent_at_once) if urgent else now


def causes(wants: Wants, follows: Sequence[str], *conditions: ColumnElement[bool]) -> Subquery:
    """Live subscriptions to any of `follows`, numbered for each subscriber (`place`, from 1 on).

    The one that tells soonest comes first, of those the most particular.
    """
    order = {name: place for place, name in enumerate(follows)}
    soonest = case(
        {frequency.value: place for place, frequency in enumerate(Frequency)}, value=subscriptions.c.frequency
    )
    return (
        select(
            subscriptions.c.subscriber_id,
            subscriptions.c.id,
            func.row_number()
            .over(
                partition_by=subscriptions.c.subscriber_id,
                order_by=(soonest, case(order, value=subscriptions.c.follows), subscriptions.c.id),
            )
            .label("place"),
        )
        .join(subscribers, subscribers.c.id == subscriptions.c.subscriber_id)
        .where(
            subscriptions.c.wants == wants.value,
            subscriptions.c.follows.in_(list(follows)),
            subscriptions.c.ended_at.is_(None),
            subscribers.c.blocked_at.is_(None),
            *conditions,
        )
        .subquery()
    )


async def worthless_alerts(connection: AsyncConnection, now: datetime) -> Sequence[tuple[int, int]]:
    """Alerts that are too late by now and that organisers were not asked about: id, and how many copies wait."""
    query = (
        select(messages.c.id, func.count(deliveries.c.id))
        .join(deliveries, deliveries.c.message_id == messages.c.id)
        .where(
            is_pending,
            messages.c.kind == MessageKind.ALERT.value,
            messages.c.expires_at <= now,
            messages.c.asked_at.is_(None),
        )
        .group_by(messages.c.id)
    )
    return [(message_id, number) for message_id, number in await connection.execute(query)]


async def mark_asked(connection: AsyncConnection, message_id: int, now: datetime) -> None:
    """Organisers have been asked about it; meanwhile its copies rest."""
    await connection.execute(update(messages).where(messages.c.id == message_id).values(asked_at=now))
    await put_off(connection, message_id, now + RESTS_FOR)


async def renew_message(connection: AsyncConnection, message_id: int, *, expires_at: datetime, now: datetime) -> None:
    """Give a message that is too late more time, and send what is left of it now."""
    await connection.execute(
        update(messages).where(messages.c.id == message_id).values(asked_at=None, expires_at=expires_at)
    )
    await put_off(connection, message_id, now)


async def put_off(connection: AsyncConnection, message_id: int, due_at: datetime) -> None:
    """Let what is pending of a message be due then."""
    which = [is_pending, deliveries.c.message_id == message_id]
    await take_time(connection)
    await connection.execute(update(deliveries).where(*which).values(due_at=due_at))


async def mark_stopped(connection: AsyncConnection, message_id: int, *, now: datetime) -> bool:
    """Let nothing more of a message be sent; False where it had been stopped before."""
    stopping = update(messages).where(messages.c.id == message_id, messages.c.stopped_at.is_(None))
    return (await connection.execute(stopping.values(stopped_at=now))).rowcount == 1


async def stop_message(connection: AsyncConnection, message_id: int, *, now: datetime, reason: str) -> int:
    """End every pending delivery of a message as skipped; what is claimed ends as it will. Returns how many.

    What may have arrived all the same is unknown.
    """
    await mark_stopped(connection, message_id, now=now)
    await take_time(connection)
    doubted = update(deliveries).where(deliveries.c.message_id == message_id, is_pending, is_doubted)
    await connection.execute(doubted.values(state=DeliveryState.UNKNOWN.value, settled_at=now))
    result = await connection.execute(
        update(deliveries)
        .where(deliveries.c.message_id == message_id, is_pending)
        .values(state=DeliveryState.SKIPPED.value, settled_at=now, reason=reason),
    )
    return result.rowcount
