"""Who gets a broadcast: one rule in SQL, by which they are counted, and owed it.

A rehearsal reaches organisers alone: the rule itself says so, whatever else was chosen.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, insert, literal, null, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState, MessageKind
from bot.model.draft import Audience
from bot.model.subscriber import EVERYTHING, Wants
from bot.schedule import next_hour
from bot.store.deliveries import is_pending
from bot.store.messages import URGENCY
from bot.store.schema import broadcasts, deliveries, subscribers, subscriptions
from bot.store.subscribers import insert_new
from bot.store.turn import take_time

DAY_BEGINS, DAY_ENDS = 8, 21
"""The waking hours of who has chosen no quiet ones, in the campaign's time zone."""
HOURS = range(24)
# What waits for longer than this was put off by a pause (bot.store.terms): nobody's night is so long.
RESTED_FOR = timedelta(days=60)
ROWS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who gets it. `organisers` are their Telegram user ids, which are their private chats', too.

    Of a rehearsal it is they alone; of a retry, those whom `retry_of` (a broadcast's id) failed to reach.
    """

    audience: Audience
    organisers: Collection[int] = ()
    training: bool = False
    retry_of: int | None = None


async def count_audience(connection: AsyncConnection, rule: Rule, now: datetime) -> int:
    """How many would be owed it now."""
    chosen = choose(rule, now).subquery()
    return int((await connection.execute(select(func.count()).select_from(chosen))).scalar_one())


async def enqueue_call(
    connection: AsyncConnection, message_id: int, rule: Rule, *, now: datetime, zone: ZoneInfo | None = None
) -> int:
    """Owe a message to everybody whom the rule chooses, once each; returns how many. One statement.

    With `zone` each gets it in their waking hours: at once, or when their quiet ones end.
    """
    await take_time(connection)
    chosen = choose(rule, now).add_columns(
        literal(message_id),
        literal(DeliveryState.PENDING.value),
        literal(URGENCY[MessageKind.CALL]),
        wakes_at(now, zone) if zone else literal(now, deliveries.c.due_at.type),
    )
    columns = ["subscriber_id", "subscription_id", "message_id", "state", "urgency", "due_at"]
    # psycopg's cursor of an INSERT is closed before its count is asked for, unless it is kept.
    kept = insert(deliveries).from_select(columns, chosen).execution_options(preserve_rowcount=True)
    return (await connection.execute(kept)).rowcount


def choose(rule: Rule, now: datetime) -> Select[Any]:
    """Ids of subscribers and of the consent that is the cause; a rehearsal needs none, and reaches organisers alone."""
    if rule.training:
        return select(subscribers.c.id, null()).where(is_organiser(rule))
    filters = [
        subscriptions.c.wants == Wants.CALLS.value,
        subscriptions.c.follows == EVERYTHING,
        subscriptions.c.ended_at.is_(None),
        subscribers.c.blocked_at.is_(None),
        *narrowed(rule, now),
    ]
    consents = select(subscribers.c.id, subscriptions.c.id)
    return consents.join(subscriptions, subscriptions.c.subscriber_id == subscribers.c.id).where(*filters)


def narrowed(rule: Rule, now: datetime) -> list[ColumnElement[bool]]:
    """The filters that were set."""
    audience = rule.audience
    filters: list[ColumnElement[bool]] = []
    if audience.follows:
        filters.append(follows_any(audience.follows))
    if audience.languages:
        filters.append(subscribers.c.language.in_(audience.languages))
    if audience.rested_days is not None:
        filters.append(~reached_since(now - timedelta(days=audience.rested_days)))
    if audience.test_group:
        filters.append(is_organiser(rule))
    if rule.retry_of is not None:
        filters.append(failed_in(rule.retry_of))
    return filters


def is_organiser(rule: Rule) -> ColumnElement[bool]:
    """An organiser's private chat."""
    return and_(subscribers.c.chat_id.in_(sorted(rule.organisers)), subscribers.c.thread_id == 0)


def follows_any(follows: Collection[str]) -> ColumnElement[bool]:
    """Whoever follows any of these, for alerts."""
    other = subscriptions.alias()
    return exists().where(
        other.c.subscriber_id == subscribers.c.id,
        other.c.wants == Wants.ALERTS.value,
        other.c.follows.in_(sorted(follows)),
        other.c.ended_at.is_(None),
    )


def reached_since(since: datetime) -> ColumnElement[bool]:
    """Whom a message of ours reached since then."""
    return exists().where(
        deliveries.c.subscriber_id == subscribers.c.id,
        deliveries.c.state == DeliveryState.SENT.value,
        deliveries.c.settled_at > since,
    )


def failed_in(broadcast_id: int) -> ColumnElement[bool]:
    """To whom an earlier broadcast was owed and failed. What may have arrived is not tried again (DESIGN.md rule 3)."""
    return exists().where(
        broadcasts.c.id == broadcast_id,
        deliveries.c.message_id == broadcasts.c.message_id,
        deliveries.c.subscriber_id == subscribers.c.id,
        deliveries.c.state == DeliveryState.FAILED.value,
    )


def wakes_at(now: datetime, zone: ZoneInfo) -> ColumnElement[datetime]:
    """When each is awake: now, or at the end of their quiet hours, or of the night where they have chosen none."""
    hour = now.astimezone(zone).hour
    sleeps = func.coalesce(subscribers.c.quiet_from, DAY_ENDS)
    wakes = func.coalesce(subscribers.c.quiet_until, DAY_BEGINS)
    within_day = and_(sleeps < wakes, sleeps <= hour, literal(hour) < wakes)
    past_midnight = and_(sleeps > wakes, or_(sleeps <= hour, literal(hour) < wakes))
    kind = deliveries.c.due_at.type
    later = case(*[(wakes == each, literal(next_hour(now, each, zone), kind)) for each in HOURS])
    return case((or_(within_day, past_midnight), later), (true(), literal(now, kind)))


def rule_of(audience: Audience, organisers: Collection[int], *, training: bool, retry_of: int | None) -> Rule:
    """The rule of a broadcast; the audience of a rehearsal is what it is, whatever the draft says."""
    chosen = Audience() if training else audience
    return replace(Rule(audience=chosen, training=training, retry_of=retry_of), organisers=frozenset(organisers))


async def seat_organisers(connection: AsyncConnection, organisers: Collection[int], now: datetime) -> None:
    """Know organisers' private chats, so that a rehearsal can be owed to them; it subscribes nobody to anything."""
    for user_id in sorted(organisers):
        values = {"chat_id": user_id, "thread_id": 0, "language": "en", "created_at": now, "left_at": now}
        await connection.execute(insert_new(connection, subscribers, values))


async def was_owed(connection: AsyncConnection, message_id: int, subscriber_id: int) -> bool:
    """Whether a message was meant for this subscriber."""
    theirs = [deliveries.c.message_id == message_id, deliveries.c.subscriber_id == subscriber_id]
    return bool((await connection.execute(select(exists().where(*theirs)))).scalar())


async def wake_rested(
    connection: AsyncConnection, message_id: int, *, now: datetime, zone: ZoneInfo | None = None
) -> int:
    """Let rows that a pause put off be due again, so many at once; returns how many. `zone` as in enqueue_call."""
    rested = (
        select(deliveries.c.id)
        .where(
            is_pending,
            deliveries.c.urgency == URGENCY[MessageKind.CALL],
            deliveries.c.due_at > now + RESTED_FOR,
            deliveries.c.message_id == message_id,
        )
        .limit(ROWS_AT_ONCE)
    )
    due_at: Any = now
    if zone is not None:
        due_at = select(wakes_at(now, zone)).where(subscribers.c.id == deliveries.c.subscriber_id).scalar_subquery()
    again = update(deliveries).where(deliveries.c.id.in_(rested)).values(due_at=due_at)
    return (await connection.execute(again)).rowcount
