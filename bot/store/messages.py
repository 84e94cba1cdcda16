"""Messages: stored once per language, and stopped for all who have not got them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind
from bot.model.message import Message
from bot.store.codec import dump
from bot.store.schema import deliveries, message_texts, messages


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
        {"message_id": message_id, "language": language, "text": text.text, "buttons": dump("buttons", text.buttons)}
        for language, text in texts.items()
    ]
    await connection.execute(insert(message_texts), rows)
    return message_id


async def mark_stopped(connection: AsyncConnection, message_id: int, *, now: datetime) -> bool:
    """Let nothing more of a message be sent; False where it had been stopped before."""
    stopping = update(messages).where(messages.c.id == message_id, messages.c.stopped_at.is_(None))
    return (await connection.execute(stopping.values(stopped_at=now))).rowcount == 1


async def stop_message(connection: AsyncConnection, message_id: int, *, now: datetime, reason: str) -> int:
    """End every pending delivery of a message as skipped; what is claimed ends as it will. Returns how many."""
    await mark_stopped(connection, message_id, now=now)
    result = await connection.execute(
        update(deliveries)
        .where(deliveries.c.message_id == message_id, deliveries.c.state == DeliveryState.PENDING.value)
        .values(state=DeliveryState.SKIPPED.value, settled_at=now, reason=reason),
    )
    return result.rowcount
