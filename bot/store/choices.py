"""What people choose about how messages reach them, and what that means for what waits for them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState
from bot.model.story import Told
from bot.model.subscriber import EndedReason, Frequency, Subscriber, Subscription, Wants
from bot.store.answers import fetch_told, may_be_told, told_stories
from bot.store.schema import (
    alerts,
    deliveries,
    digest_items,
    digest_stories,
    entries,
    entry_subjects,
    stories,
    subscribers,
    subscriptions,
)

YEAR: Final = timedelta(days=365)
LONGEST_WAIT: Final = timedelta(days=7)
"""What waits for a digest waits at most so long."""
MOST_CALLS: Final = 50
MISSED_SHOWN: Final = 50
NAME_LIMIT: Final = 128
HOURS: Final = range(24)
DAYS: Final = range(7)
SWITCHES: Final = ("silent", "urgent_at_once", "language_chosen")
HOURLY: Final = frozenset({"digest_hour", "digest_day", "quiet_from", "quiet_until"})
"""What decides when a digest is due."""
SETTABLE: Final = frozenset({*HOURLY, "calls_per_week", "constituency", *SWITCHES})
# What left for somebody, or is about to.
REACHES: Final = tuple(
    state.value for state in (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENT, DeliveryState.UNKNOWN)
)


async def set_choices(connection: AsyncConnection, subscriber_id: int, **changes: Any) -> bool:
    """Change some of somebody's Choices (bot.model.subscriber), by name; False where there is no such subscriber.

    Hours are 0 to 23, the day 0 to 6, the cap 1 to 50 calls or None. Quiet hours are set together, both None for
    none. Raises ValueError on anything else, and then nothing is changed. What waits for a digest follows new hours.
    """
    check(changes)
    changing = update(subscribers).where(subscribers.c.id == subscriber_id).values(changes)
    found = (await connection.execute(changing)).rowcount == 1
    if not HOURLY.isdisjoint(changes):
        await reschedule(connection, digest_items.c.subscriber_id == subscriber_id)
    return found


def check(changes: dict[str, Any]) -> None:
    """Raises ValueError on a choice that there is not."""
    faults = [name for name, value in changes.items() if name not in SETTABLE or not is_choice(name, value)]
    if faults or not changes or ("quiet_from" in changes) != ("quiet_until" in changes):
        raise ValueError(f"no such choice: {', '.join(sorted(faults or changes)) or 'nothing'}")
    begins, ends = changes.get("quiet_from"), changes.get("quiet_until")
    if (begins is None) != (ends is None) or (begins is not None and begins == ends):
        raise ValueError("quiet hours need a beginning and another end")


def is_choice(name: str, value: Any) -> bool:
    """Whether this can be chosen."""
    if name in SWITCHES:
        return isinstance(value, bool)
    if name == "constituency":
        return value is None or (isinstance(value, str) and 0 < len(value) <= NAME_LIMIT)
    if value is None:
        return name in {"quiet_from", "quiet_until", "calls_per_week"}
    allowed = {"digest_day": DAYS, "calls_per_week": range(1, MOST_CALLS + 1)}.get(name, HOURS)
    return type(value) is int and value in allowed


async def set_frequency(connection: AsyncConnection, subscriber_id: int, follows: str, frequency: Frequency) -> bool:
    """How often they are told of what they follow ("everything", "topic:x", "institution:x"); False if they do not.

    What waits for a digest already comes by the new rhythm.
    """
    which = and_(
        subscriptions.c.subscriber_id == subscriber_id,
        subscriptions.c.wants == Wants.ALERTS.value,
        subscriptions.c.follows == follows,
        subscriptions.c.ended_at.is_(None),
    )
    found = (await connection.execute(update(subscriptions).where(which).values(frequency=frequency.value))).rowcount
    await reschedule(connection, digest_items.c.subscription_id.in_(select(subscriptions.c.id).where(which)))
    return found == 1


async def pause_subscriber(connection: AsyncConnection, subscriber_id: int, until: datetime, *, now: datetime) -> bool:
    """Send them nothing before `until`; digests wait until after it. False where there is no such subscriber.

    Another pause takes the place of the first. Raises ValueError where `until` is past.
    """
    if until <= now:
        raise ValueError("a pause ends in the future")
    # Whoever blocks us stays away until they let us in again.
    ends = case((subscribers.c.blocked_at.is_(None), moment(until)), else_=None)
    values = {"paused_until": until, "away_from": away_since(now), "away_until": ends}
    found = await connection.execute(update(subscribers).where(subscribers.c.id == subscriber_id).values(values))
    await reschedule(connection, digest_items.c.subscriber_id == subscriber_id)
    return found.rowcount == 1


async def resume_subscriber(connection: AsyncConnection, subscriber_id: int, *, now: datetime) -> bool:
    """End a pause before its time; False where there was none."""
    paused = and_(subscribers.c.id == subscriber_id, subscribers.c.paused_until > now)
    ends = case((subscribers.c.blocked_at.is_(None), moment(now)), else_=None)
    found = await connection.execute(update(subscribers).where(paused).values(paused_until=None, away_until=ends))
    await reschedule(connection, digest_items.c.subscriber_id == subscriber_id)
    return found.rowcount == 1


def away_since(now: datetime) -> Any:
    """Since when nothing reaches them: now, or before where they are away already."""
    away = and_(
        subscribers.c.away_from.is_not(None), or_(subscribers.c.away_until.is_(None), subscribers.c.away_until > now)
    )
    return case((away, subscribers.c.away_from), else_=moment(now))


def back_at(now: datetime) -> Any:
    """Until when they are away who let us in again at `now`: until then, or to the end of their pause."""
    paused = subscribers.c.paused_until > now
    blocked = subscribers.c.blocked_at.is_not(None)
    return case(
        (and_(blocked, paused), subscribers.c.paused_until),
        (blocked, moment(now)),
        else_=subscribers.c.away_until,
    )


def moment(at: datetime) -> Any:
    """A moment as a value of a statement."""
    return literal(at, subscribers.c.away_from.type)


async def reschedule(connection: AsyncConnection, which: ColumnElement[bool]) -> None:
    """Let it be worked out anew when these items' digests are due."""
    await connection.execute(update(digest_items).where(which).values(due_at=None))


async def count_expected_each(connection: AsyncConnection, follows: Sequence[str], now: datetime) -> dict[str, int]:
    """How many alerts of the last 365 days anybody who follows each of these would have got; all are there.

    What was published before the bot first listened counts, too, where nobody would have needed to look at it.
    """
    subject = entry_subjects.c.subject
    query = year_of(follows, now).with_only_columns(subject, func.count()).group_by(subject)
    counts: dict[str, int] = dict((await connection.execute(query)).all())
    return {name: counts.get(name, 0) for name in follows}


def year_of(follows: Sequence[str], now: datetime) -> Select[Any]:
    """The last year's stories that may be told about any of these; a story has a row for each of its subjects."""
    # By keys from a subject's year to its entries and stories, as `told_stories` goes: the other way is all stories.
    lead = stories.c.lead_entry_id
    return (
        select(stories.c.id)
        .select_from(entry_subjects)
        .join(entries, entries.c.id == entry_subjects.c.entry_id)
        .join(stories, and_(stories.c.id == entries.c.story_id, lead >= entries.c.id, lead <= entries.c.id))
        .where(
            entry_subjects.c.subject.in_(list(follows)),
            entry_subjects.c.dated_at > now - YEAR,
            entry_subjects.c.dated_at <= now,
            may_be_told(entries),
        )
    )


async def list_missed(
    connection: AsyncConnection, subscriber: Subscriber, now: datetime, *, limit: int = MISSED_SHOWN
) -> Sequence[Told]:
    """Alerts of the last time that they were away which they follow and did not get, the newest first.

    Whoever blocked us followed until then what ended by that, and what waited for a digest then was lost with it.
    """
    followed = [one for one in subscriber.subscriptions if one.wants is Wants.ALERTS and may_miss(one)]
    begins = subscriber.choices.away_from
    if begins is None or not followed:
        return []
    ends = min(subscriber.choices.away_until or now, now)
    meanwhile = and_(alerts.c.published_at.between(begins, ends), or_(*(is_about(one.follows) for one in followed)))
    before = or_(*(and_(alerts.c.published_at >= one.consented_at, is_about(one.follows)) for one in followed))
    lost = and_(alerts.c.published_at.between(begins - LONGEST_WAIT, begins), before, ~waits(subscriber.id))
    query = (
        told_stories()
        .join(alerts, alerts.c.story_id == stories.c.id)
        .where(or_(meanwhile, lost), ~is_told(subscriber.id, alerts.c.message_id))
        .order_by(None)
        .order_by(alerts.c.published_at.desc(), alerts.c.id.desc())
    )
    return await fetch_told(connection, query.limit(limit))


def is_about(follows: str) -> ColumnElement[bool]:
    """Whether a story is told to who follows this."""
    return exists().where(entry_subjects.c.entry_id == stories.c.lead_entry_id, entry_subjects.c.subject == follows)


def waits(subscriber_id: int) -> ColumnElement[bool]:
    """Whether an alert waits for somebody's digest."""
    theirs = digest_items.c.subscriber_id == subscriber_id
    return exists().where(theirs, digest_items.c.message_id == alerts.c.message_id)


def may_miss(one: Subscription) -> bool:
    """Whether alerts because of this subscription can be missed."""
    return one.ended_at is None or one.ended_reason is EndedReason.BLOCKED


def is_told(subscriber_id: Any, alert_message_id: Any) -> ColumnElement[bool]:
    """Whether an alert reached somebody or is about to, by itself or in a digest."""
    listed = digest_stories.alias()
    told = select(listed.c.message_id).where(listed.c.alert_message_id == alert_message_id)
    return exists().where(
        deliveries.c.subscriber_id == subscriber_id,
        or_(deliveries.c.message_id == alert_message_id, deliveries.c.message_id.in_(told)),
        deliveries.c.state.in_(REACHES),
    )
