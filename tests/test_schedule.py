"""When feeds are polled, as sentences and as properties."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.feed import FeedState
from bot.model.subscriber import Frequency
from bot.schedule import (
    after_failure,
    after_look,
    after_success,
    backoff,
    is_quiet,
    may_be_conditional,
    next_digest,
    next_rereading,
    next_turn,
    quiet_ends,
)
from tests.builders import a_feed, a_feed_spec

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONDON = ZoneInfo("Europe/London")
# A whole year to the second, both nights of changing clocks in it; and zones whose clocks change at odd times.
moments = st.integers(0, 366 * 86_400).map(lambda second: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=second))
# The hours around the changes themselves, which chance would seldom find.
changes = st.tuples(
    st.sampled_from([datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]),
    st.integers(-5 * 3600, 5 * 3600),
).map(lambda near: near[0] + timedelta(seconds=near[1]))
zones = st.sampled_from([LONDON, LONDON, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("America/Havana")])
hours, days = st.integers(0, 23), st.integers(0, 6)
waits = st.timedeltas(timedelta(0), timedelta(days=400))
rolls = st.floats(0, 1, exclude_max=True)


def every(wait: timedelta, **changes: object) -> FeedState:
    return a_feed(spec=a_feed_spec(every=wait), **changes)


def test_a_lively_feed_keeps_its_pace() -> None:
    assert after_success(every(10 * MINUTE, last_change_at=NOW), NOW) == NOW + 10 * MINUTE
    assert after_success(every(10 * MINUTE), NOW) == NOW + 10 * MINUTE


def test_a_public_host_is_asked_once_a_minute_at_most() -> None:
    assert after_success(every(timedelta(seconds=1)), NOW) == NOW + MINUTE
    assert after_failure(every(timedelta(seconds=1)), NOW) == NOW + MINUTE


def test_a_host_of_ours_is_polled_to_the_second_even_when_it_fails() -> None:
    feed = every(timedelta(seconds=1), failures=9, last_change_at=NOW - 99 * DAY)
    assert after_success(feed, NOW, ttl=DAY, exact=True, roll=0.9) == NOW + timedelta(seconds=1)
    assert after_failure(feed, NOW, exact=True, roll=0.9) == NOW + timedelta(seconds=1)
    assert after_failure(feed, NOW, exact=True, retry_after=MINUTE) == NOW + MINUTE


@pytest.mark.parametrize(("quiet", "minutes"), [(0, 10), (10, 20), (20, 30), (400, 30)])
def test_a_quiet_feed_is_asked_less_often(quiet: int, minutes: int) -> None:
    feed = every(10 * MINUTE, last_change_at=NOW - quiet * DAY)
    assert after_success(feed, NOW) == NOW + minutes * MINUTE


def test_a_publishers_wish_is_honoured_up_to_twice_our_pace() -> None:
    assert after_success(every(10 * MINUTE), NOW, ttl=15 * MINUTE) == NOW + 15 * MINUTE
    assert after_success(every(10 * MINUTE), NOW, ttl=365 * DAY) == NOW + 20 * MINUTE
    assert after_success(every(10 * MINUTE), NOW, ttl=MINUTE) == NOW + 10 * MINUTE


def test_failures_double_the_wait_up_to_four_hours() -> None:
    found = [after_failure(every(10 * MINUTE, failures=n), NOW) - NOW for n in (0, 1, 2, 50)]
    assert found == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE, 4 * HOUR]


def test_a_feed_slower_than_the_longest_backoff_keeps_its_own_pace() -> None:
    assert after_failure(every(DAY, failures=3), NOW) == NOW + DAY


def test_retry_after_is_believed_up_to_a_day() -> None:
    assert after_failure(every(10 * MINUTE), NOW, retry_after=HOUR) == NOW + HOUR
    assert after_failure(every(10 * MINUTE), NOW, retry_after=9 * DAY) == NOW + DAY
    assert after_failure(every(10 * MINUTE), NOW, retry_after=timedelta(0)) == NOW + 10 * MINUTE


@given(pace=waits, quiet=waits, ttl=st.none() | waits, roll=rolls)
def test_a_good_poll_is_never_followed_too_soon_nor_forgotten(
    pace: timedelta, quiet: timedelta, ttl: timedelta | None, roll: float
) -> None:
    wait = after_success(every(pace, last_change_at=NOW - quiet), NOW, ttl=ttl, roll=roll) - NOW
    assert max(pace, MINUTE) <= wait <= max(pace, HOUR) * 1.1


@given(failures=st.integers(0, 10_000), asked=st.none() | waits, roll=rolls)
def test_a_failed_poll_waits_as_asked_and_a_day_at_most(failures: int, asked: timedelta | None, roll: float) -> None:
    wait = after_failure(every(10 * MINUTE, failures=failures), NOW, retry_after=asked, roll=roll) - NOW
    assert max(10 * MINUTE, min(asked or MINUTE, DAY)) <= wait <= DAY * 1.1


def test_backoff_doubles_from_two_seconds_to_ten_minutes() -> None:
    assert [backoff(tries).total_seconds() for tries in (0, 1, 2, 3, 100)] == [2, 2, 4, 8, 600]
    assert backoff(1, roll=0.5) > backoff(1)


def test_a_feed_is_asked_for_everything_once_a_day() -> None:
    moments = [NOW + n * 10 * MINUTE for n in range(6 * 24 * 3)]
    polls = [may_be_conditional(a_feed(id=7, last_polled_at=before), now) for before, now in pairwise(moments)]
    assert polls.count(False) == 3
    assert may_be_conditional(a_feed(), NOW)


@pytest.mark.parametrize(
    ("pace", "failures", "wait"), [(10 * MINUTE, 0, 6 * HOUR), (MINUTE, 0, 36 * MINUTE), (DAY, 0, DAY), (HOUR, 2, DAY)]
)
def test_a_listing_page_is_looked_at_every_36_polls(pace: timedelta, failures: int, wait: timedelta) -> None:
    assert after_look(every(pace), NOW, failures=failures) == NOW + wait


def test_a_listing_page_is_left_half_an_hour_and_one_of_ours_six_polls() -> None:
    assert after_look(every(timedelta(seconds=1)), NOW) == NOW + 30 * MINUTE
    assert after_look(every(timedelta(seconds=1)), NOW, failures=3, exact=True) == NOW + timedelta(seconds=6)


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("inspection", [1, 7, 28]),
        ("digest", [1, 7, 28]),
        ("urgent_notification", list(range(7, 120, 7))),
        ("news", []),
        ("", []),
    ],
)
def test_a_reports_page_is_read_again_while_it_may_still_change(kind: str, days: list[int]) -> None:
    due, now = [], NOW
    while (at := next_rereading(kind, NOW, now)) is not None:
        assert at > now
        due.append((at - NOW) / DAY)
        now = at
    assert due == days


def test_a_chats_next_message_comes_a_second_after_the_last_and_a_groups_21st_a_minute_after_its_first() -> None:
    second = timedelta(seconds=1)
    assert next_turn([], NOW, every=second, group=True) == NOW
    assert next_turn([NOW - 2 * second], NOW, every=second, group=False) == NOW
    assert next_turn([NOW, NOW - 5 * second], NOW, every=second, group=False) == NOW + second
    busy = [NOW - number * second for number in range(1, 21)]
    assert next_turn(busy, NOW, every=second, group=False) == NOW
    assert next_turn(busy, NOW, every=second, group=True) == NOW + 40 * second
    assert next_turn(busy[:19], NOW, every=second, group=True) == NOW


def at(text: str) -> datetime:
    """A moment of UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "now", "due"),
    [
        (8, "2026-11-25T07:59:59", "2026-11-25T08:00"),
        (8, "2026-11-25T08:00:00", "2026-11-26T08:00"),
        (8, "2026-07-01T06:00:00", "2026-07-01T07:00"),
        # In the night to 29 March 2026 the hour from one is left out.
        (1, "2026-03-28T23:00:00", "2026-03-29T01:00"),
        (1, "2026-03-29T01:00:00", "2026-03-30T00:00"),
        (8, "2026-03-28T20:00:00", "2026-03-29T07:00"),
        # In the night to 25 October 2026 it comes twice.
        (1, "2026-10-24T22:00:00", "2026-10-25T00:00"),
        (1, "2026-10-25T00:00:00", "2026-10-26T01:00"),
        (8, "2026-10-24T20:00:00", "2026-10-25T08:00"),
    ],
)
def test_a_daily_digest_comes_once_a_day_at_its_hour_on_nights_of_changing_clocks_too(
    hour: int, now: str, due: str
) -> None:
    assert next_digest(hour, 0, Frequency.DAILY, at(now), LONDON) == at(due)


def test_a_weekly_digest_comes_on_its_day() -> None:
    monday = at("2026-11-30T08:00")
    assert next_digest(8, 0, Frequency.WEEKLY, NOW, LONDON) == monday
    assert next_digest(8, 0, Frequency.WEEKLY, monday, LONDON) == monday + 7 * DAY
    assert next_digest(8, 2, Frequency.WEEKLY, NOW, LONDON) == at("2026-12-02T08:00")


@given(hour=hours, day=days, frequency=st.sampled_from(["daily", "weekly"]), now=moments | changes, zone=zones)
def test_a_digest_is_due_at_the_first_such_moment_and_then_at_each(
    hour: int, day: int, frequency: str, now: datetime, zone: ZoneInfo
) -> None:
    rhythm, step = Frequency(frequency), DAY if frequency == "daily" else 7 * DAY
    first = next_digest(hour, day, rhythm, now, zone)
    second = next_digest(hour, day, rhythm, first, zone)
    assert now < first <= now + step + HOUR
    assert step - HOUR <= second - first <= step + HOUR
    for due in (first, second):
        local = due.astimezone(zone)
        before = (due - timedelta(seconds=1)).astimezone(zone)
        assert local.hour == hour or (local.hour == hour + 1 and before.hour == (hour - 1) % 24)
        assert frequency == "daily" or local.weekday() == day


@pytest.mark.parametrize(
    ("begins", "ends", "hour", "quiet"),
    [(22, 7, 22, True), (22, 7, 3, True), (22, 7, 7, False), (22, 7, 21, False), (1, 5, 1, True), (1, 5, 5, False)],
)
def test_quiet_hours_may_pass_midnight(begins: int, ends: int, hour: int, quiet: bool) -> None:
    assert is_quiet(begins, ends, NOW.replace(hour=hour), LONDON) is quiet


def test_who_chose_no_quiet_hours_has_none() -> None:
    assert not is_quiet(None, None, NOW, LONDON)


@given(begins=hours, ends=hours, now=moments | changes, zone=zones)
def test_quiet_hours_end_at_the_first_moment_that_is_not_quiet(
    begins: int, ends: int, now: datetime, zone: ZoneInfo
) -> None:
    if begins == ends or not is_quiet(begins, ends, now, zone):
        return
    over = quiet_ends(ends, now, zone)
    assert now < over <= now + DAY + HOUR
    assert not is_quiet(begins, ends, over, zone)
    between = [now + (over - now) * step / 60 for step in range(60)]
    assert all(is_quiet(begins, ends, moment, zone) for moment in [*between, over - timedelta(seconds=1)])
