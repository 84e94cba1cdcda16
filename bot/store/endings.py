"""Whom Telegram calls gone, until that is believed; and how many of its last answers said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState
from bot.model.subscriber import ChatKey, EndedReason
from bot.store.choices import away_since
from bot.store.schema import deliveries, endings, identity, subscribers, subscriptions
from bot.store.subscribers import end_subscriptions, forget_subscriber, insert_new
from bot.store.turn import ADVISORY_KEY

JUDGING_KEY = ADVISORY_KEY + 5
ANSWERED = (DeliveryState.SENT.value, DeliveryState.GONE.value)


@dataclass(frozen=True, slots=True)
class Ending:
    """Somebody whom Telegram called gone, why, and when."""

    subscriber_id: int
    key: ChatKey
    reason: EndedReason
    at: datetime


async def add_ending(connection: AsyncConnection, subscriber_id: int, reason: EndedReason, now: datetime) -> None:
    """Remember that Telegram called somebody gone; nothing is sent to them until it is decided."""
    values = {"subscriber_id": subscriber_id, "reason": reason.value, "at": now}
    await connection.execute(insert_new(connection, endings, values))


async def list_endings(connection: AsyncConnection) -> Sequence[Ending]:
    """Those that are not decided, the oldest first."""
    query = (
        select(endings, subscribers.c.chat_id, subscribers.c.thread_id)
        .join(subscribers, subscribers.c.id == endings.c.subscriber_id)
        .order_by(endings.c.at)
    )
    return [
        Ending(row.subscriber_id, ChatKey(row.chat_id, row.thread_id or None), EndedReason(row.reason), row.at)
        for row in await connection.execute(query)
    ]


async def apply_ending(connection: AsyncConnection, ending: Ending, now: datetime) -> None:
    """End what they followed, and erase them where their account is deleted; unless they have said yes since."""
    since = exists().where(
        subscriptions.c.subscriber_id == ending.subscriber_id,
        subscriptions.c.ended_at.is_(None),
        subscriptions.c.consented_at > ending.at,
    )
    await connection.execute(delete(endings).where(endings.c.subscriber_id == ending.subscriber_id))
    if (await connection.execute(select(since))).scalar():
        return
    await end_subscriptions(connection, ending.subscriber_id, reason=ending.reason, now=now)
    if ending.reason is EndedReason.BLOCKED:
        await note_block(connection, ending)
    if ending.reason is EndedReason.DEACTIVATED:
        await forget_subscriber(connection, ending.key)


async def note_block(connection: AsyncConnection, ending: Ending) -> None:
    """Nothing reaches them since that answer, be there no other word of it; unless they let us in again since."""
    unknown = [
        subscribers.c.id == ending.subscriber_id,
        subscribers.c.blocked_at.is_(None),
        or_(subscribers.c.away_until.is_(None), subscribers.c.away_until <= ending.at),
    ]
    values = {"blocked_at": ending.at, "away_from": away_since(ending.at), "away_until": None}
    await connection.execute(update(subscribers).where(*unknown).values(values))


async def drop_endings(connection: AsyncConnection) -> None:
    """Believe none of them."""
    await connection.execute(delete(endings))


async def list_answers(connection: AsyncConnection, limit: int) -> Sequence[tuple[datetime, bool]]:
    """The last answers that are to be judged, the newest first: when each came, and whether it said "gone"."""
    judged = select(identity.c.gone_judged_at).scalar_subquery()
    query = (
        select(deliveries.c.settled_at, deliveries.c.state)
        .where(
            deliveries.c.settled_at.is_not(None),
            deliveries.c.state.in_(ANSWERED),
            deliveries.c.reason.is_distinct_from(EndedReason.MERGED.value),
            or_(judged.is_(None), deliveries.c.settled_at > judged),
        )
        .order_by(deliveries.c.settled_at.desc())
        .limit(limit)
    )
    return [(at, state == DeliveryState.GONE.value) for at, state in await connection.execute(query)]


async def take_judging(connection: AsyncConnection, *, patiently: bool) -> bool:
    """Let no other process judge until the transaction ends; False where one does. SQLite has one writer anyway.

    It is a lock of its own: who judges waits for deliveries that a claim has, and that claim for the pace's row.
    Patience is for who has changed nothing yet: anybody else might wait for one that waits for them.
    """
    if connection.dialect.name != "postgresql":
        return True
    if patiently:
        await connection.execute(select(func.pg_advisory_xact_lock(JUDGING_KEY)))
        return True
    return bool((await connection.execute(select(func.pg_try_advisory_xact_lock(JUDGING_KEY)))).scalar())


async def find_holding_card(connection: AsyncConnection) -> int | None:
    """The card that holds all sending until it is decided, if there is one."""
    card_id: int | None = (await connection.execute(select(identity.c.gone_card_id))).scalar_one()
    return card_id


async def hold_for(connection: AsyncConnection, card_id: int | None, now: datetime) -> None:
    """Hold all sending until this card is decided; None lets it go on, and judges no earlier answer again."""
    judged = {"gone_judged_at": now} if card_id is None else {}
    await connection.execute(update(identity).values(gone_card_id=card_id, **judged))
