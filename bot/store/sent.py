"""Messages that went out, as organisers name them: alerts by their headline, broadcasts by their first words."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.amendment import SentMessage
from bot.model.delivery import DeliveryState, MessageKind
from bot.model.finding import Finding
from bot.model.message import Message
from bot.model.story import StoryState
from bot.store.codec import dump, load_buttons
from bot.store.deliveries import OPEN, count_states
from bot.store.messages import DEFAULT_LANGUAGE
from bot.store.schema import (
    alerts,
    amendments,
    broadcasts,
    deliveries,
    entries,
    findings,
    message_texts,
    messages,
    stories,
    subscribers,
)

AMENDABLE = (MessageKind.ALERT.value, MessageKind.CALL.value)


async def find_sent_message(connection: AsyncConnection, message_id: int) -> SentMessage | None:
    """An alert or a broadcast that was given to the ledger, with its totals; None where there is none."""
    row = (await connection.execute(sent_messages().where(messages.c.id == message_id))).one_or_none()
    if row is None:
        return None
    states = await count_states(connection, message_id)
    waiting = sum(states[DeliveryState(state)] for state in OPEN)
    return as_sent(row, sent=states[DeliveryState.SENT], waiting=waiting)


async def list_sent_messages(
    connection: AsyncConnection, limit: int, *, offset: int = 0, kind: MessageKind | None = None
) -> Sequence[SentMessage]:
    """Alerts and broadcasts, the newest first, without their totals."""
    query = sent_messages().order_by(messages.c.id.desc()).limit(limit).offset(offset)
    if kind is not None:
        query = query.where(messages.c.kind == kind.value)
    return [as_sent(row) for row in await connection.execute(query)]


async def find_message_of(connection: AsyncConnection, subject: str, number: int) -> int | None:
    """The message that a story or a broadcast became; `subject` is "story", "broadcast" or "message"."""
    tables = {
        "story": select(alerts.c.message_id).where(alerts.c.story_id == number),
        "broadcast": select(broadcasts.c.message_id).where(broadcasts.c.id == number),
        "message": select(messages.c.id).where(messages.c.id == number, messages.c.kind.in_(AMENDABLE)),
    }
    found: int | None = (await connection.execute(tables[subject])).scalar_one_or_none()
    return found


async def find_message_of_copy(connection: AsyncConnection, chat_id: int, telegram_message_id: int) -> int | None:
    """The message whose copy this is in a chat, or None."""
    query = (
        select(deliveries.c.message_id)
        .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
        .where(subscribers.c.chat_id == chat_id, deliveries.c.telegram_message_id == telegram_message_id)
        .order_by(deliveries.c.id.desc())
        .limit(1)
    )
    found: int | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def get_texts(connection: AsyncConnection, message_id: int) -> Mapping[str, Message]:
    """A message's words and buttons by language."""
    query = select(message_texts.c.language, message_texts.c.text, message_texts.c.buttons)
    rows = await connection.execute(query.where(message_texts.c.message_id == message_id))
    return {row.language: Message(row.text, load_buttons(row.buttons)) for row in rows}


async def put_corrected_finding(connection: AsyncConnection, story_id: int, finding: Finding) -> None:
    """What is told of a story from now on."""
    await connection.execute(
        update(findings).where(findings.c.story_id == story_id).values(finding=dump("finding", finding))
    )


async def withdraw_story(connection: AsyncConnection, story_id: int, *, by: int, now: datetime) -> None:
    """Tell a story to nobody any more: it stands like one that an organiser dismissed."""
    await connection.execute(
        update(stories)
        .where(stories.c.id == story_id)
        .values(
            state=StoryState.DISMISSED.value,
            decided_at=now,
            decided_by=by,
            dismissed_reason="withdrawn",
            reread_at=None,
        )
    )


def sent_messages() -> Select[Any]:
    """Alerts and broadcasts with what names them."""
    pictured = exists().where(
        message_texts.c.message_id == messages.c.id,
        message_texts.c.picture.is_not(None) | message_texts.c.attachment.is_not(None),
    )
    # Copies that were sent before it lost its picture have a caption all the same.
    bared = exists().where(amendments.c.message_id == messages.c.id, amendments.c.body["bare"].as_boolean())
    words = select(message_texts.c.text).where(
        message_texts.c.message_id == messages.c.id, message_texts.c.language == DEFAULT_LANGUAGE
    )
    return (
        select(
            messages,
            alerts.c.story_id,
            broadcasts.c.id.label("broadcast_id"),
            func.coalesce(entries.c.title, literal("")).label("title"),
            words.scalar_subquery().label("words"),
            or_(pictured, bared).label("pictured"),
        )
        .outerjoin(alerts, alerts.c.message_id == messages.c.id)
        .outerjoin(stories, stories.c.id == alerts.c.story_id)
        .outerjoin(entries, entries.c.id == stories.c.lead_entry_id)
        .outerjoin(broadcasts, broadcasts.c.message_id == messages.c.id)
        .where(messages.c.kind.in_(AMENDABLE))
    )


def as_sent(row: Row[Any], *, sent: int = 0, waiting: int = 0) -> SentMessage:
    """A row as its noun; a broadcast's title is its text, which is Telegram HTML."""
    return SentMessage(
        id=row.id,
        kind=MessageKind(row.kind),
        title=row.title,
        words=row.words or "",
        created_at=row.created_at,
        story_id=row.story_id,
        broadcast_id=row.broadcast_id,
        pictured=bool(row.pictured),
        sent=sent,
        waiting=waiting,
        withdrawn_at=row.withdrawn_at,
        corrected_at=row.corrected_at,
    )
