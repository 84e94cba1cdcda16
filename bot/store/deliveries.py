"""The ledger: one row per message and subscriber, from owed to its end. Totals always add up to the number targeted."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Integer,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import CUT_SHORT, NO_ANSWER, DeliveryState, MessageKind, Settled
from bot.store.schema import deliveries, message_totals, messages
from bot.store.turn import take_time

OPEN = (DeliveryState.PENDING.value, DeliveryState.CLAIMED.value)
# In these very words, or SQLite does not take the index of open rows.
is_pending = deliveries.c.state == literal_column("'pending'")
is_claimed = deliveries.c.state == literal_column("'claimed'")

# An earlier try of these may have arrived, and nobody knows under which number.
is_doubted = or_(deliveries.c.reason.startswith(NO_ANSWER), deliveries.c.reason == CUT_SHORT)

# Whatever the row says by now, a message that arrived has arrived. That an earlier try may have, too, stays known.
SENT = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("row"))
    .values(
        state=DeliveryState.SENT.value,
        telegram_message_id=bindparam("telegram_message"),
        settled_at=bindparam("at"),
        reason=case((is_doubted, deliveries.c.reason), else_=None),
        claimed_by=None,
        claimed_at=None,
    )
)
SETTLED = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("row"),
        is_claimed,
        deliveries.c.tries == bindparam("claim"),
    )
    .values(
        state=bindparam("becomes"),
        reason=bindparam("why"),
        settled_at=bindparam("at"),
        due_at=func.coalesce(bindparam("due", type_=deliveries.c.due_at.type), deliveries.c.due_at),
        tries=deliveries.c.tries - bindparam("untried", type_=Integer),
        claimed_by=None,
        claimed_at=None,
    )
)


async def settle(connection: AsyncConnection, results: Sequence[Settled], now: datetime) -> None:
    """Write down what became of deliveries in our hands. A `sent` always wins, whatever the row says by now.

    Anything else counts only while the row is in the claim that it is about: who was frozen settles nobody else's.
    """
    sent = [
        {"row": result.delivery_id, "telegram_message": result.telegram_message_id, "at": now}
        for result in results
        if result.state is DeliveryState.SENT
    ]
    others = [
        {
            "row": result.delivery_id,
            "claim": result.tries,
            "becomes": result.state.value,
            "why": result.reason or None,
            "at": None if result.state is DeliveryState.PENDING else now,
            "due": result.due_at,
            "untried": int(result.untried),
        }
        for result in results
        if result.state is not DeliveryState.SENT
    ]
    if sent:
        await connection.execute(SENT, sent)
    if others:
        await connection.execute(SETTLED, others)


async def list_abandoned(
    connection: AsyncConnection,
    *,
    claimed_before: datetime,
) -> Sequence[tuple[int, MessageKind, int]]:
    """Deliveries claimed before then and never settled: (id, kind, tries). Whoever held them died or froze."""
    query = (
        select(deliveries.c.id, messages.c.kind, deliveries.c.tries)
        .join(messages, messages.c.id == deliveries.c.message_id)
        .where(is_claimed, deliveries.c.claimed_at < claimed_before)
    )
    return [(row.id, MessageKind(row.kind), row.tries) for row in await connection.execute(query)]


async def expire_overdue(connection: AsyncConnection, now: datetime) -> int:
    """End pending deliveries whose message is worthless by now; returns how many. Of alerts organisers are asked."""
    worthless = select(messages.c.id).where(messages.c.expires_at <= now, messages.c.kind != MessageKind.ALERT.value)
    return await expire(connection, deliveries.c.message_id.in_(worthless), now)


async def expire_message(connection: AsyncConnection, message_id: int, now: datetime) -> int:
    """End a message's pending deliveries as too late; returns how many."""
    return await expire(connection, deliveries.c.message_id == message_id, now)


async def expire(connection: AsyncConnection, which: ColumnElement[bool], now: datetime) -> int:
    """End pending deliveries as too late; returns how many."""
    await take_time(connection)
    result = await connection.execute(
        update(deliveries)
        .where(is_pending, which)
        .values(state=DeliveryState.EXPIRED.value, settled_at=now, reason="too late to be of use"),
    )
    return result.rowcount


async def is_open(connection: AsyncConnection, message_id: int) -> bool:
    """Whether any of a message's deliveries is still to come to its end; asked often, and cheap at any length."""
    there = exists().where(deliveries.c.message_id == message_id, deliveries.c.state.in_(OPEN))
    return bool((await connection.execute(select(there))).scalar())


async def count_states(connection: AsyncConnection, message_id: int) -> dict[DeliveryState, int]:
    """How a message's deliveries stand, those whose rows are erased by now among them; every state is there."""
    there = (
        select(deliveries.c.state, func.count())
        .where(deliveries.c.message_id == message_id)
        .group_by(deliveries.c.state)
    )
    erased = select(message_totals.c.state, message_totals.c.number).where(message_totals.c.message_id == message_id)
    counts = dict.fromkeys(DeliveryState, 0)
    for state, number in [*await connection.execute(there), *await connection.execute(erased)]:
        counts[DeliveryState(state)] += number
    return counts


async def count_doubted(connection: AsyncConnection, message_id: int) -> int:
    """How many copies of a message may be with readers of which Telegram told no number: they cannot be changed."""
    known = deliveries.c.state == DeliveryState.UNKNOWN.value
    twice = and_(deliveries.c.state == DeliveryState.SENT.value, is_doubted)
    query = select(func.count()).where(deliveries.c.message_id == message_id, or_(known, twice))
    return int((await connection.execute(query)).scalar_one())


async def keep_totals(connection: AsyncConnection, erased: ColumnElement[bool]) -> None:
    """Count rows that are to be erased (`erased`: which) into their messages' totals; what was open as skipped.

    In one order for all: of two who erase at once the second waits for the first, and the first for nobody.
    """
    which = (deliveries.c.message_id, deliveries.c.state)
    totals: Counter[tuple[int, str]] = Counter()
    for message_id, state, number in await connection.execute(
        select(*which, func.count()).where(erased).group_by(*which)
    ):
        totals[message_id, DeliveryState.SKIPPED.value if state in OPEN else state] += number
    if totals:
        rows = [{"message": key[0], "final": key[1], "more": number} for key, number in sorted(totals.items())]
        await connection.execute(add_total(connection), rows)


def add_total(connection: AsyncConnection) -> Insert:
    """Adds to a total whether it is there already or not, on either database."""
    values: dict[str, Any] = {
        "message_id": bindparam("message"),
        "state": bindparam("final"),
        "number": bindparam("more"),
    }
    same = [message_totals.c.message_id, message_totals.c.state]
    sum_of = {"number": message_totals.c.number + bindparam("more")}
    if connection.dialect.name == "sqlite":
        return sqlite.insert(message_totals).values(values).on_conflict_do_update(index_elements=same, set_=sum_of)
    return postgresql.insert(message_totals).values(values).on_conflict_do_update(index_elements=same, set_=sum_of)
