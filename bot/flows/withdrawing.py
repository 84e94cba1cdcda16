"""Withdrawing: what taking a message back means in the ledger and for its story; bot.flows.amending does the rest."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.amendment import AmendmentKind, AmendmentState, SentMessage, Step
from bot.model.organiser import CardKind
from bot.store.amendments import (
    add_amendment,
    advance,
    find_amendment,
    list_open_of,
    list_told,
    mark_amended,
    mark_broadcast_stopped,
    move_amendment,
)
from bot.store.cards import decide_card, find_card_of
from bot.store.copies import lock_pending
from bot.store.messages import stop_message
from bot.store.sent import withdraw_story


async def take_back(connection: AsyncConnection, message: SentMessage, made: int, *, by: int, now: datetime) -> None:
    """Send nothing more of it, nor of what told of its corrections; tell its story to nobody any more."""
    await supersede_others(connection, message.id, made, now)
    in_flight = await lock_pending(connection, message.id)
    await stop_message(connection, message.id, now=now, reason="withdrawn")
    for told in await list_told(connection, message.id):
        await take_back_note(connection, told, by=by, now=now)
    await mark_amended(connection, message.id, now=now, withdrawn=True)
    await mark_broadcast_stopped(connection, message.id, by=by)
    if message.story_id is not None:
        await withdraw_story(connection, message.story_id, by=by, now=now)
    working = await find_amendment(connection, made)
    assert working is not None  # noqa: S101 - it was added just now
    await advance(connection, working, in_flight=in_flight)


async def take_back_note(connection: AsyncConnection, told_id: int, *, by: int, now: datetime) -> None:
    """Take back what told of a correction: it says what was wrong. It has no card and no line in the log of its own."""
    made = await add_amendment(connection, told_id, AmendmentKind.WITHDRAW, by=by, now=now)
    in_flight = await lock_pending(connection, told_id)
    await stop_message(connection, told_id, now=now, reason="withdrawn")
    working = await find_amendment(connection, made)
    assert working is not None  # noqa: S101 - it was added just now
    await advance(connection, working, in_flight=in_flight)


async def supersede_others(
    connection: AsyncConnection, message_id: int, kept: int, now: datetime, *, written_only: bool = False
) -> None:
    """End what else is being prepared or done about a message, with its cards.

    `written_only`: not what awaits its note. What was written stands on words that are not the message's any more.
    """
    for other in await list_open_of(connection, message_id):
        if other.id == kept or (written_only and other.state is AmendmentState.AWAITING_NOTE):
            continue
        await move_amendment(connection, other, Step.SUPERSEDE, ended_at=now)
        card = await find_card_of(connection, CardKind.AMENDMENT, other.id)
        if card is not None:
            await decide_card(connection, card.id, "superseded", by=None, now=now)
