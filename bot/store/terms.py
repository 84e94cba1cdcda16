"""On whose terms a delivery leaves: what its reader has chosen is asked for when it is claimed, at the last moment."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind, SkipReason
from bot.schedule import is_quiet, quiet_ends
from bot.store.deliveries import is_pending
from bot.store.messages import RESTS_FOR, URGENCY
from bot.store.schema import deliveries, digest_items, messages, subscribers
from bot.store.subscribers import insert_new

# What is not to be sent now, for now: upkeep and organisers decide about it.
SET_ASIDE: Final = timedelta(minutes=1)
WEEK: Final = timedelta(days=7)
# So many rows of a message that organisers let wait are put off at once: a million take 200 claims and no long lock.
ROWS_AT_ONCE: Final = 5000
TERMS: Final = (
    messages.c.kind,
    messages.c.expires_at,
    messages.c.stopped_at,
    messages.c.paused_at,
    subscribers.c.paused_until,
    subscribers.c.quiet_from,
    subscribers.c.quiet_until,
    subscribers.c.calls_per_week,
    subscribers.c.silent,
)
"""What a due delivery is asked for beside its own."""

# What is in hand counts, or two workers would send one too many.
COUNTED = tuple(state.value for state in (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.CLAIMED))
left_at = func.coalesce(deliveries.c.settled_at, deliveries.c.claimed_at)
CALLS = (
    select(deliveries.c.subscriber_id, func.count())
    .join(messages, messages.c.id == deliveries.c.message_id)
    .where(
        deliveries.c.subscriber_id.in_(bindparam("readers", expanding=True)),
        deliveries.c.state.in_(COUNTED),
        messages.c.kind == MessageKind.CALL.value,
        left_at > bindparam("since"),
    )
    .group_by(deliveries.c.subscriber_id)
)
# Whom another claim is counting waits a moment; to wait for it could be to wait for somebody who waits for us.
CAPPED = (
    select(subscribers.c.id)
    .where(subscribers.c.id.in_(bindparam("readers", expanding=True)))
    .order_by(subscribers.c.id)
    .with_for_update(skip_locked=True)
)
due_of_urgency = (
    select(deliveries.c.id)
    .where(
        is_pending,
        deliveries.c.urgency == bindparam("lane"),
        deliveries.c.due_at <= bindparam("now"),
        # Said so that the index of what is due serves it, which what was put off has left.
        deliveries.c.message_id + 0 == bindparam("message"),
    )
    .limit(ROWS_AT_ONCE)
    .with_for_update(skip_locked=True)
)
PUT_OFF = (
    update(deliveries)
    .where(deliveries.c.id.in_(select(due_of_urgency.subquery().c.id)))
    .values(due_at=bindparam("until"))
)


@dataclass(slots=True)
class Ruling:
    """What is not to be sent now: what waits (id -> until when), what ends as skipped, and what a digest will tell."""

    waits: dict[int, datetime] = field(default_factory=dict)
    skips: dict[int, SkipReason] = field(default_factory=dict)
    held: list[dict[str, Any]] = field(default_factory=list)

    def allows(self, row: Row[Any]) -> bool:
        """Whether nothing speaks against sending this delivery now."""
        return row.id not in self.waits and row.id not in self.skips


async def rule_on(connection: AsyncConnection, owed: Sequence[Row[Any]], now: datetime, zone: tzinfo) -> Ruling:
    """What becomes of due deliveries; hours are those of `zone`. Who chose nothing costs no question."""
    ruling = Ruling()
    for row in owed:
        decided = decide(row, now, zone)
        if isinstance(decided, SkipReason):
            ruling.skips[row.id] = decided
        elif decided is not None:
            ruling.waits[row.id] = decided
        if decided is SkipReason.QUIET and row.kind == MessageKind.ALERT.value:
            ruling.held.append(as_item(row, now, zone))
    capped = [row for row in owed if row.calls_per_week and row.kind == MessageKind.CALL.value and ruling.allows(row)]
    if capped:
        await count_calls(connection, capped, ruling, now)
    await put_off_paused(connection, {(row.message_id, row.kind) for row in owed if row.paused_at is not None}, now)
    return ruling


def decide(row: Row[Any], now: datetime, zone: tzinfo) -> SkipReason | datetime | None:
    """Why a delivery ends as skipped, until when it waits, or None: it may be sent."""
    if row.stopped_at is not None or row.ended_at is not None:
        return SkipReason.STOPPED
    if row.paused_at is not None:
        return now + RESTS_FOR
    if row.expires_at <= now or row.gone_at is not None:
        return now + SET_ASIDE
    if row.paused_until is not None and row.paused_until > now:
        return wait(row, row.paused_until, SkipReason.PAUSED) if outlasts_pauses(row) else SkipReason.PAUSED
    if is_quiet(row.quiet_from, row.quiet_until, now, zone):
        ends = quiet_ends(row.quiet_until, now, zone)
        return SkipReason.QUIET if goes_into_digest(row) else wait(row, ends, SkipReason.QUIET)
    return None


def outlasts_pauses(row: Row[Any]) -> bool:
    """Whether it waits for the end of a pause: nothing else tells of it, or its reader asked for it."""
    return row.kind in {MessageKind.DIGEST.value, MessageKind.REMINDER.value}


def goes_into_digest(row: Row[Any]) -> bool:
    """Whether a digest tells of it instead. What was tried may have arrived, and no other message tells of it."""
    return bool(row.kind == MessageKind.ALERT.value and row.tries == 0)


def wait(row: Row[Any], until: datetime, why: SkipReason) -> SkipReason | datetime:
    """Until then, unless it is worth nothing by then."""
    return until if until < row.expires_at else why


def as_item(row: Row[Any], now: datetime, zone: tzinfo) -> dict[str, Any]:
    """What waits for the end of quiet hours."""
    return {
        "subscriber_id": row.subscriber_id,
        "message_id": row.message_id,
        "subscription_id": row.subscription_id,
        "held_at": now,
        "due_at": quiet_ends(row.quiet_until, now, zone),
    }


async def count_calls(connection: AsyncConnection, capped: Sequence[Row[Any]], ruling: Ruling, now: datetime) -> None:
    """Skip what would be more calls to action in seven days than its reader allows."""
    asked = {"readers": list({row.subscriber_id for row in capped})}
    ours = set((await connection.execute(CAPPED, asked)).scalars())
    counts: Counter[int] = Counter(dict((await connection.execute(CALLS, {**asked, "since": now - WEEK})).all()))
    for row in capped:
        if row.subscriber_id not in ours:
            ruling.waits[row.id] = now + timedelta(seconds=1)
        elif counts[row.subscriber_id] >= row.calls_per_week:
            ruling.skips[row.id] = SkipReason.CAP
        else:
            counts[row.subscriber_id] += 1


async def put_off_paused(connection: AsyncConnection, paused: Collection[tuple[int, str]], now: datetime) -> None:
    """Put off more of what organisers let wait (ids and kinds of messages), so that it is not looked at again."""
    for message_id, kind in sorted(paused):
        urgency = URGENCY[MessageKind(kind)]
        await connection.execute(
            PUT_OFF, {"message": message_id, "lane": urgency, "now": now, "until": now + RESTS_FOR}
        )


async def put_items(connection: AsyncConnection, held: Sequence[dict[str, Any]]) -> None:
    """Let alerts wait for their readers' digests."""
    for values in held:
        await connection.execute(insert_new(connection, digest_items, values))
