"""Everything that is kept about one chat, row by row, for whoever is in it to see."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.subscriber import ChatKey
from bot.store.schema import (
    amendments,
    audit,
    broadcasts,
    card_copies,
    cards,
    deliveries,
    digest_items,
    edits,
    endings,
    feed_drafts,
    invites,
    marks,
    organisers,
    subscribers,
    subscriptions,
)
from bot.store.subscribers import is_at

THEIRS: Final = (subscriptions, deliveries, digest_items, marks, endings)
"""Every table whose rows are about a subscriber; their column is `subscriber_id`."""
ORGANISERS: Final[tuple[tuple[Column[Any], ...], ...]] = (
    (organisers.c.user_id, organisers.c.invited_by, organisers.c.removed_by),
    (invites.c.inviter_id, invites.c.used_by),
    (broadcasts.c.author_id, broadcasts.c.editor_id, broadcasts.c.approver_id, broadcasts.c.ended_by),
    (amendments.c.author_id, amendments.c.approver_id),
    (feed_drafts.c.author_id,),
    (edits.c.editor_id,),
    (cards.c.decided_by,),
    (card_copies.c.chat_id,),
    (audit.c.user_id,),
)
"""Where an organiser's number may stand, a table at a time."""
SECRET: Final = frozenset({"secret_digest"})

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by their table's name; times are ISO 8601 in UTC."""


async def gather_held(connection: AsyncConnection, key: ChatKey) -> Rows:
    """What is kept about this chat (and topic): all its rows of every table; nothing where it is not known."""
    whose = select(subscribers).where(is_at(key))
    known = [shown(row) for row in (await connection.execute(whose)).mappings()]
    if not known:
        return {}
    held = {subscribers.name: known}
    for table in THEIRS:
        query = select(table).where(table.c.subscriber_id == known[0]["id"])
        held[table.name] = [shown(row) for row in (await connection.execute(query)).mappings()]
    return held


async def gather_organised(connection: AsyncConnection, user_id: int) -> Rows:
    """What is kept with this user's number because they are or were an organiser; only tables that have any."""
    held = {}
    for columns in ORGANISERS:
        query = select(columns[0].table).where(or_(*(column == user_id for column in columns)))
        rows = [shown(row) for row in (await connection.execute(query)).mappings()]
        if rows:
            held[columns[0].table.name] = rows
    return held


def shown(row: Mapping[Any, Any]) -> Mapping[str, Any]:
    """A row as JSON can say it, without the hashes of secrets."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.items()
        if name not in SECRET
    }
