"""Claims: due deliveries taken into a worker's hands. A claim costs the same however long the ledger is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, exists, func, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import NO_ANSWER, TOO_MANY, ClaimedDelivery, DeliveryState, MessageKind
from bot.model.message import Message, Picture
from bot.model.subscriber import ChatKey
from bot.schedule import GROUP_WINDOW, next_turn
from bot.store.codec import load_attachment, load_buttons
from bot.store.deliveries import is_doubted, is_pending
from bot.store.messages import DEFAULT_LANGUAGE
from bot.store.schema import deliveries, endings, message_texts, messages, subscribers, subscriptions
from bot.store.terms import TERMS, Ruling, put_items, rule_on

URGENCIES = (0, 1, 2)
# So many are looked at where some of those that were due are not to be sent now.
LOOK_AHEAD = 500
WAITS = (DeliveryState.PENDING.value,)
NEVER_SENT = (*WAITS, DeliveryState.SKIPPED.value, DeliveryState.EXPIRED.value)


def due_from(end: Any) -> Any:
    """Ids of due deliveries of an urgency from one end of the queue; what another claim is taking is passed over."""
    due = (
        select(deliveries.c.id)
        .where(is_pending, deliveries.c.urgency == bindparam("urgency"), deliveries.c.due_at <= bindparam("now"))
        .order_by(end)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True)
    )
    return select(due.subquery().c.id)


# Half from each end, so that of two messages on their way at once neither waits for the other.
DUE = union_all(due_from(deliveries.c.due_at), due_from(deliveries.c.due_at.desc()))
OWED = (
    select(
        deliveries.c.id,
        deliveries.c.message_id,
        deliveries.c.subscriber_id,
        deliveries.c.subscription_id,
        deliveries.c.tries,
        deliveries.c.reason,
        *TERMS,
        subscribers.c.chat_id,
        subscribers.c.thread_id,
        subscribers.c.language,
        subscriptions.c.follows,
        subscriptions.c.ended_at,
        endings.c.at.label("gone_at"),
    )
    .join(messages, messages.c.id == deliveries.c.message_id)
    .join(subscribers, subscribers.c.id == deliveries.c.subscriber_id)
    .outerjoin(subscriptions, subscriptions.c.id == deliveries.c.subscription_id)
    .outerjoin(endings, endings.c.subscriber_id == deliveries.c.subscriber_id)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(deliveries.c.due_at, deliveries.c.id)
)
# Said so that no index of times serves it: a database that took one would look at all that was sent in a minute.
last_at = func.coalesce(deliveries.c.settled_at, deliveries.c.claimed_at, deliveries.c.due_at)
ASKED = (TOO_MANY, f"{NO_ANSWER}{TOO_MANY}")
BUSY = (
    select(subscribers.c.chat_id, deliveries.c.settled_at, deliveries.c.claimed_at, deliveries.c.due_at)
    .join(deliveries, deliveries.c.subscriber_id == subscribers.c.id)
    .where(
        subscribers.c.chat_id.in_(bindparam("chats", expanding=True)),
        or_(
            and_(deliveries.c.state.not_in(NEVER_SENT), last_at > bindparam("since")),
            and_(deliveries.c.state.in_(WAITS), deliveries.c.reason.in_(ASKED), last_at > bindparam("now")),
        ),
    )
)
TAKE = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state=DeliveryState.CLAIMED.value,
        claimed_by=bindparam("worker"),
        claimed_at=bindparam("now"),
        tries=deliveries.c.tries + 1,
    )
)
SKIP = (
    update(deliveries)
    .where(deliveries.c.id.in_(bindparam("ids", expanding=True)))
    .values(
        state=case((is_doubted, DeliveryState.UNKNOWN.value), else_=DeliveryState.SKIPPED.value),
        reason=case((is_doubted, deliveries.c.reason), else_=bindparam("why", type_=deliveries.c.reason.type)),
        settled_at=bindparam("now"),
    )
)
WAIT = update(deliveries).where(deliveries.c.id == bindparam("row")).values(due_at=bindparam("until"))
TEXTS = select(
    message_texts.c.message_id,
    message_texts.c.language,
    message_texts.c.text,
    message_texts.c.buttons,
    message_texts.c.picture_file_id,
    message_texts.c.attachment,
    # The bytes stay where they are: most readers need only the name of what was uploaded before.
    message_texts.c.picture.is_not(None).label("pictured"),
).where(message_texts.c.message_id.in_(bindparam("ids", expanding=True)))
HAS_DUE = select(
    or_(
        *(
            exists().where(is_pending, deliveries.c.urgency == urgency, deliveries.c.due_at <= bindparam("now"))
            for urgency in URGENCIES
        )
    )
)


async def has_due(connection: AsyncConnection, now: datetime) -> bool:
    """Whether any delivery waits to be sent now."""
    return bool((await connection.execute(HAS_DUE, {"now": now})).scalar())


async def claim_deliveries(
    connection: AsyncConnection,
    *,
    worker: str,
    now: datetime,
    limit: int,
    per_chat_seconds: float = 0.0,
    zone: tzinfo = UTC,
) -> Sequence[ClaimedDelivery]:
    """Take up to `limit` due deliveries into our hands, urgent ones first, and say what each is.

    The row keeps who claimed it and when; until it is settled nobody else takes it. What was stopped, or is owed to
    somebody who has left or wants none now (bot.store.terms; hours are those of `zone`), ends here as skipped
    (as unknown where an earlier try may have arrived); what comes too late, or whose chat's turn has not come, waits.
    """
    wanted, others = await look(connection, now, limit, zone)
    if others:
        # In the night most readers may want nothing now. Those who do must not wait until each has been looked at.
        wanted = (await look(connection, now, max(limit, LOOK_AHEAD), zone))[0][:limit]
    waits = await find_turns(connection, wanted, now, per_chat_seconds)
    if waits:
        await connection.execute(WAIT, [{"row": row, "until": until} for row, until in waits.items()])
    return await take(connection, [row for row in wanted if row.id not in waits], worker, now)


async def look(connection: AsyncConnection, now: datetime, limit: int, zone: tzinfo) -> tuple[Sequence[Row[Any]], bool]:
    """Of up to `limit` due deliveries those that may be sent, and whether there were others; of these it is settled."""
    owed = [row for urgency in await list_due(connection, now, limit) for row in urgency]
    ruling = await rule_on(connection, owed, now, zone)
    await follow(connection, ruling, now)
    wanted = [row for row in owed if ruling.allows(row)]
    return wanted, len(wanted) < len(owed)


async def follow(connection: AsyncConnection, ruling: Ruling, now: datetime) -> None:
    """Write down what is not sent now."""
    if ruling.waits:
        await connection.execute(WAIT, [{"row": row, "until": until} for row, until in ruling.waits.items()])
    for why in set(ruling.skips.values()):
        ids = [row for row, reason in ruling.skips.items() if reason is why]
        await connection.execute(SKIP, {"ids": ids, "why": why.value, "now": now})
    await put_items(connection, ruling.held)


async def list_due(connection: AsyncConnection, now: datetime, limit: int) -> Sequence[Sequence[Any]]:
    """Up to `limit` due deliveries with all that decides about them, by urgency."""
    owed: list[Sequence[Any]] = []
    for urgency in URGENCIES:
        half = {"urgency": urgency, "now": now, "limit": (limit + 1) // 2}
        ids = list(dict.fromkeys((await connection.execute(DUE, half)).scalars()))[:limit]
        if ids:
            owed.append((await connection.execute(OWED, {"ids": ids})).all())
            limit -= len(ids)
        if limit <= 0:
            break
    return owed


async def find_turns(
    connection: AsyncConnection, wanted: Sequence[Row[Any]], now: datetime, per_chat_seconds: float
) -> dict[int, datetime]:
    """The deliveries whose chat must wait, and until when. The ledger tells, so that all workers keep to it."""
    chats = list({row.chat_id for row in wanted})
    if not chats:
        return {}
    sends: defaultdict[int, list[datetime]] = defaultdict(list)
    busy = {"chats": chats, "since": now - GROUP_WINDOW, "now": now}
    for send in await connection.execute(BUSY, busy):
        sends[send.chat_id].append(send.settled_at or send.claimed_at or send.due_at)
    waits = {}
    for row in wanted:
        turn = next_turn(sends[row.chat_id], now, every=timedelta(seconds=per_chat_seconds), group=row.chat_id < 0)
        if turn > now:
            waits[row.id] = turn
        # Another to the same chat comes after this one.
        sends[row.chat_id].append(max(turn, now))
    return waits


async def take(
    connection: AsyncConnection, wanted: Sequence[Row[Any]], worker: str, now: datetime
) -> Sequence[ClaimedDelivery]:
    """Mark rows as claimed, and give them as nouns with chat and text, in the reader's language or else in English."""
    if not wanted:
        return []
    await connection.execute(TAKE, {"ids": [row.id for row in wanted], "worker": worker, "now": now})
    texts = await list_texts(connection, list({row.message_id for row in wanted}))
    return [as_claimed(row, texts) for row in wanted]


async def list_texts(
    connection: AsyncConnection, message_ids: Sequence[int]
) -> dict[tuple[int, str], tuple[str, Message]]:
    """Messages by id and language, with the language: once for all who get them."""
    texts = {}
    for row in await connection.execute(TEXTS, {"ids": list(message_ids)}):
        picture = Picture(file_id=row.picture_file_id) if row.pictured else None
        text = Message(row.text, load_buttons(row.buttons), picture=picture, attachment=load_attachment(row.attachment))
        texts[row.message_id, row.language] = (row.language, text)
    return texts


def as_claimed(row: Row[Any], texts: dict[tuple[int, str], tuple[str, Message]]) -> ClaimedDelivery:
    """A row as its noun."""
    language, message = texts.get((row.message_id, row.language)) or texts[row.message_id, DEFAULT_LANGUAGE]
    if row.silent and not message.silent:
        message = replace(message, silent=True)
    return ClaimedDelivery(
        id=row.id,
        message_id=row.message_id,
        kind=MessageKind(row.kind),
        subscriber_id=row.subscriber_id,
        key=ChatKey(row.chat_id, row.thread_id or None),
        message=message,
        follows=row.follows or "",
        language=language,
        tries=row.tries + 1,
        doubted=(row.reason or "").startswith(NO_ANSWER),
    )
