"""When things are due: facts and now in, a moment out. No clock, no chance: both are passed in."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.model.feed import FeedState
from bot.model.subscriber import Frequency

FLOOR = timedelta(seconds=60)
CEILING = timedelta(hours=1)
# A feed that changed nothing for this long is asked half as often, one for twice as long a third as often.
QUIET = timedelta(days=10)
MOST_STRETCH = 3
# What a publisher asks for (ttl, Cache-Control) is honoured up to so many times our own pace: news within minutes.
MOST_PATIENCE = 2
LONGEST_BACKOFF = timedelta(hours=4)
LONGEST_WAIT = timedelta(hours=24)
MOST_DOUBLINGS = 10
# Up to a tenth is added by chance, so that feeds do not march in step.
SPREAD = 0.1
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
# Pages of the inspectorates are read again so long after their alert.
REREAD = frozenset({"inspection", "progress_review", "scrutiny_visit", "ofsted", "thematic", "annual_report", "digest"})
REREAD_AFTER = (DAY, WEEK, 4 * WEEK)
URGENT_FOR = 17 * WEEK
# The second ear is slower than the first, and much dearer for the site.
LOOK_EVERY = 36
LOOK_EVERY_EXACT = 6
SOONEST_LOOK = timedelta(minutes=30)
# A group or channel takes so many messages in so long (Bots FAQ).
GROUP_LIMIT = 20
GROUP_WINDOW = timedelta(minutes=1)


def after_success(
    feed: FeedState, now: datetime, *, ttl: timedelta | None = None, exact: bool = False, roll: float = 0.0
) -> datetime:
    """When a feed that answered is polled next.

    `every` is its pace and at least a minute; a long quiet or the publisher's `ttl` stretches it to an hour at most.
    `exact` (a host of fetch.allow_hosts) keeps `every` to the second. `roll` in [0, 1) is chance.
    """
    if exact:
        return now + feed.spec.every
    floor = max(feed.spec.every, FLOOR)
    patient = min(ttl or floor, floor * MOST_PATIENCE)
    return now + spread(max(floor, min(max(habit(feed, floor, now), patient), CEILING)), roll)


def habit(feed: FeedState, floor: timedelta, now: datetime) -> timedelta:
    """The pace that a feed's own rhythm suggests: slower the longer it has been quiet."""
    quiet = now - (feed.last_change_at or now)
    return floor * min(1 + max(quiet / QUIET, 0.0), MOST_STRETCH)


def after_failure(
    feed: FeedState,
    now: datetime,
    *,
    retry_after: timedelta | None = None,
    exact: bool = False,
    roll: float = 0.0,
) -> datetime:
    """When a feed that failed is tried next: its pace, doubled with each failure in a row up to four hours.

    `feed.failures` counts those before this one. Never before `retry_after`, which is believed up to a day. `exact`
    neither doubles nor spreads.
    """
    asked = min(retry_after or timedelta(0), LONGEST_WAIT)
    if exact:
        return now + max(feed.spec.every, asked)
    floor = max(feed.spec.every, FLOOR)
    doubled = min(floor * 2 ** min(feed.failures, MOST_DOUBLINGS), max(floor, LONGEST_BACKOFF))
    return now + spread(max(doubled, asked), roll)


def after_look(
    feed: FeedState, now: datetime, *, failures: int = 0, exact: bool = False, roll: float = 0.0
) -> datetime:
    """When a feed's listing page is looked at next: after as many polls as make six hours at a pace of ten minutes.

    At least half an hour and at most a day lie between two looks, more after `failures` in a row. `exact` is six polls.
    """
    if exact:
        return now + feed.spec.every * LOOK_EVERY_EXACT
    wait = min(max(feed.spec.every * LOOK_EVERY, SOONEST_LOOK), LONGEST_WAIT)
    return now + spread(min(wait * 2 ** min(failures, MOST_DOUBLINGS), LONGEST_WAIT), roll)


def next_rereading(kind: str, published_at: datetime, now: datetime) -> datetime | None:
    """When the page of a report that was told at `published_at` is read again after `now`; None: not by itself.

    An inspectorate's page is corrected in its first weeks, if ever; an urgent notification's grows for months.
    """
    if kind == "urgent_notification":
        weekly = published_at + ((now - published_at) // WEEK + 1) * WEEK
        return weekly if weekly <= published_at + URGENT_FOR else None
    waits = REREAD_AFTER if kind in REREAD else ()
    return next((at for wait in waits if (at := published_at + wait) > now), None)


def spread(wait: timedelta, roll: float) -> timedelta:
    """A wait made up to a tenth longer by chance, never shorter."""
    return wait * (1 + SPREAD * roll)


def backoff(
    tries: int,
    *,
    first: timedelta = timedelta(seconds=2),
    most: timedelta = timedelta(minutes=10),
    roll: float = 0.0,
) -> timedelta:
    """How long to wait after so many tries that failed: `first`, doubled each time, `most` at most."""
    return spread(min(first * 2 ** min(max(tries - 1, 0), MOST_DOUBLINGS), most), roll)


def next_turn(sends: Sequence[datetime], now: datetime, *, every: timedelta, group: bool) -> datetime:
    """When a chat may get its next message: `now`, or later; `sends` are its last minute's, with those to come."""
    if not sends:
        return now
    turn = max(now, max(sends) + every)
    if group and len(sends) >= GROUP_LIMIT:
        turn = max(turn, sorted(sends)[-GROUP_LIMIT] + GROUP_WINDOW)
    return turn


def may_be_conditional(feed: FeedState, now: datetime) -> bool:
    """Whether this poll may ask only for what changed.

    Once a day, at a time of its own, each feed is asked for everything: some servers say "nothing new" for ever.
    """
    if feed.last_polled_at is None:
        return True
    offset = timedelta(minutes=feed.id * 37 % (24 * 60))
    epoch = datetime(2000, 1, 1, tzinfo=now.tzinfo)
    return (now - offset - epoch) // DAY == (feed.last_polled_at - offset - epoch) // DAY


def next_hour(now: datetime, hour: int, zone: tzinfo) -> datetime:
    """The next moment after `now` at which a day's hour (0 to 23) begins in this time zone, as UTC."""
    return next_digest(hour, 0, Frequency.DAILY, now, zone)


def next_digest(hour: int, day: int, frequency: Frequency, now: datetime, zone: tzinfo) -> datetime:
    """The first moment after `now` at which somebody's digest is due: at that hour, if weekly on that day, as UTC.

    An hour that the clocks skip begins when they have; of one that comes twice the first counts.
    """
    today = now.astimezone(zone).date()
    ahead = (day - today.weekday()) % 7 if frequency is Frequency.WEEKLY else 0
    step = WEEK if frequency is Frequency.WEEKLY else DAY
    first = at_hour(today + timedelta(days=ahead), hour, zone)
    return first if first > now else at_hour(today + timedelta(days=ahead) + step, hour, zone)


def at_hour(day: date, hour: int, zone: tzinfo) -> datetime:
    """When an hour of a day begins in this time zone, as UTC."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def is_quiet(quiet_from: int | None, quiet_until: int | None, now: datetime, zone: tzinfo) -> bool:
    """Whether `now` is in somebody's quiet hours, which may pass midnight; None: they have none."""
    if quiet_from is None or quiet_until is None:
        return False
    hour = now.astimezone(zone).hour
    if quiet_from < quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until


def quiet_ends(quiet_until: int, now: datetime, zone: tzinfo) -> datetime:
    """When quiet hours that last at `now` are over, as UTC."""
    return next_hour(now, quiet_until, zone)
