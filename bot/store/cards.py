"""Cards: what asks organisers for a decision or tells them something, and the copies of it in their chats."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.organiser import Card, CardKind
from bot.store.schema import card_copies, cards

AGED = "aged"
"""The stage of an undecided card that says that it is old."""
UNREACHED = 0
"""Stands for a message id where a chat could not be written to: its owner never started the bot, or blocked it."""


@dataclass(frozen=True, slots=True)
class CardCopy:
    """A card's message in one chat; `message_id` is UNREACHED where there is none."""

    card_id: int
    chat_id: int
    message_id: int


async def add_card(
    connection: AsyncConnection,
    kind: CardKind,
    subject_ids: Sequence[int],
    text: str,
    *,
    now: datetime,
    similar: Sequence[int] = (),
) -> int:
    """A new card, still in nobody's chat; returns its id."""
    values: dict[str, Any] = {"kind": kind.value, "subject_ids": list(subject_ids), "text": text, "created_at": now}
    values["similar"] = list(similar)
    return int((await connection.execute(insert(cards).values(values).returning(cards.c.id))).scalar_one())


async def add_notice(
    connection: AsyncConnection, key: str, arguments: Mapping[str, str | int], *, now: datetime
) -> int:
    """Tell organisers something that asks for nothing; its words are `told-<key>` of the wording, given `arguments`."""
    return await add_card(connection, CardKind.NOTICE, [], json.dumps({"key": key, **arguments}), now=now)


async def find_card(connection: AsyncConnection, card_id: int) -> Card | None:
    """One card, or None."""
    row = (await connection.execute(select(cards).where(cards.c.id == card_id))).one_or_none()
    return as_card(row) if row else None


async def list_open_cards(connection: AsyncConnection) -> Sequence[Card]:
    """Cards that are not decided, the oldest first."""
    query = select(cards).where(cards.c.decided_at.is_(None)).order_by(cards.c.id)
    return [as_card(row) for row in await connection.execute(query)]


async def list_missing(connection: AsyncConnection, chats: Sequence[int]) -> Sequence[tuple[Card, int]]:
    """Undecided cards with each of these chats that has no copy yet, the oldest card first."""
    missing = []
    for chat in chats:
        there = exists().where(card_copies.c.card_id == cards.c.id, card_copies.c.chat_id == chat)
        query = select(cards).where(cards.c.decided_at.is_(None), ~there)
        missing += [(as_card(row), chat) for row in await connection.execute(query)]
    return sorted(missing, key=lambda one: one[0].id)


async def put_copy(connection: AsyncConnection, card_id: int, chat_id: int, message_id: int) -> None:
    """Remember where a card is in a chat; a newer message of the same card replaces an older one."""
    at = [card_copies.c.card_id == card_id, card_copies.c.chat_id == chat_id]
    await connection.execute(delete(card_copies).where(*at))
    await connection.execute(
        insert(card_copies).values(card_id=card_id, chat_id=chat_id, telegram_message_id=message_id)
    )


async def list_copies(connection: AsyncConnection, card_id: int) -> Sequence[CardCopy]:
    """A card's messages; chats that it did not reach are left out."""
    query = (
        select(card_copies)
        .where(card_copies.c.card_id == card_id, card_copies.c.telegram_message_id != UNREACHED)
        .order_by(card_copies.c.chat_id)
    )
    return [CardCopy(row.card_id, row.chat_id, row.telegram_message_id) for row in await connection.execute(query)]


async def list_unreached(connection: AsyncConnection) -> Sequence[int]:
    """Chats that the last card for them did not reach."""
    later = card_copies.alias()
    newer = exists().where(later.c.chat_id == card_copies.c.chat_id, later.c.card_id > card_copies.c.card_id)
    query = (
        select(card_copies.c.chat_id)
        .where(card_copies.c.telegram_message_id == UNREACHED, ~newer)
        .order_by(card_copies.c.chat_id)
    )
    return list((await connection.execute(query)).scalars())


async def forget_unreached(connection: AsyncConnection, chat_id: int) -> int:
    """They have written to us, so cards that did not reach them may be sent again; returns how many."""
    unreached = [card_copies.c.chat_id == chat_id, card_copies.c.telegram_message_id == UNREACHED]
    return (await connection.execute(delete(card_copies).where(*unreached))).rowcount


async def forget_copies(connection: AsyncConnection, chat_id: int) -> None:
    """This chat is shown no card any more, and is not told what becomes of those that it has."""
    await connection.execute(delete(card_copies).where(card_copies.c.chat_id == chat_id))


async def decide_card(
    connection: AsyncConnection, card_id: int, decision: str, *, by: int | None, now: datetime
) -> bool:
    """End a card, by an organiser (their user id) or by itself; False where somebody was first."""
    result = await connection.execute(
        update(cards)
        .where(cards.c.id == card_id, cards.c.decided_at.is_(None))
        .values(decision=decision, decided_by=by, decided_at=now, copies_edited_at=None)
    )
    return result.rowcount == 1


async def end_cards_of(connection: AsyncConnection, story_id: int, *, now: datetime) -> None:
    """End the open cards about this story alone: what they say of it does not hold any more, and a new one is due."""
    for card in await list_open_cards(connection):
        if card.kind is CardKind.STORY and card.subject_ids == (story_id,):
            await decide_card(connection, card.id, "moved", by=None, now=now)


async def touch_card(connection: AsyncConnection, card_id: int, stage: str) -> None:
    """What the card shows has changed and it is still open: its copies are to be edited."""
    await connection.execute(
        update(cards)
        .where(cards.c.id == card_id, cards.c.decided_at.is_(None))
        .values(decision=stage, copies_edited_at=None)
    )


async def mark_reminded(
    connection: AsyncConnection, card_ids: Sequence[int], now: datetime, *, escalated: bool = False
) -> None:
    """Organisers are reminded of these cards; where that is `escalated`, owners get them in private, too."""
    values = {"reminded_at": now, "escalated_at": now} if escalated else {"reminded_at": now}
    await connection.execute(update(cards).where(cards.c.id.in_(card_ids)).values(values))


async def touch_aged(connection: AsyncConnection, *, now: datetime, after: timedelta, kinds: Sequence[CardKind]) -> int:
    """Let copies of undecided cards that have become this old be edited once, to say so; returns how many cards."""
    edited = cards.c.copies_edited_at
    aged = [cards.c.kind.in_([kind.value for kind in kinds]), cards.c.decided_at.is_(None)]
    query = select(cards.c.id, cards.c.created_at, edited, cards.c.decision).where(
        *aged, cards.c.created_at <= now - after
    )
    found = [
        row
        for row in await connection.execute(query)
        if row.copies_edited_at is None or row.copies_edited_at < row.created_at + after
    ]
    fresh = [row for row in found if row.copies_edited_at is not None or row.decision is None]
    for row in fresh:
        await touch_card(connection, row.id, row.decision or AGED)
    return len(fresh)


async def list_stale_cards(connection: AsyncConnection) -> Sequence[Card]:
    """Cards whose copies do not show yet what became of them; a notice never changes."""
    changed = [cards.c.decision.is_not(None), cards.c.copies_edited_at.is_(None), cards.c.kind != CardKind.NOTICE.value]
    return [as_card(row) for row in await connection.execute(select(cards).where(*changed).order_by(cards.c.id))]


async def mark_copies_edited(connection: AsyncConnection, card: Card, now: datetime) -> None:
    """Every copy shows what `card` says; where it has changed meanwhile, they are to be edited once more."""
    await connection.execute(
        update(cards)
        .where(cards.c.id == card.id, cards.c.decision == card.decision)
        .where(cards.c.decided_at.is_(None) if card.decided_at is None else cards.c.decided_at.is_not(None))
        .values(copies_edited_at=now)
    )


async def find_card_of(connection: AsyncConnection, kind: CardKind, subject_id: int) -> Card | None:
    """The newest card about this story or broadcast, or None."""
    rows = await connection.execute(select(cards).where(cards.c.kind == kind.value).order_by(cards.c.id.desc()))
    return next((as_card(row) for row in rows if subject_id in row.subject_ids), None)


def as_card(row: Row[*tuple[Any, ...]]) -> Card:
    """A row as its noun."""
    return Card(
        id=row.id,
        kind=CardKind(row.kind),
        subject_ids=tuple(row.subject_ids),
        text=row.text,
        created_at=row.created_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        decision=row.decision,
        reminded_at=row.reminded_at,
        escalated_at=row.escalated_at,
        similar=tuple(row.similar),
    )
