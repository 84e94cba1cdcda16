"""When feeds are polled, as sentences and as properties."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.feed import FeedState
from bot.schedule import (
    after_failure,
    after_look,
    after_success,
    backoff,
    may_be_conditional,
    next_rereading,
    next_turn,
)
from tests.builders import a_feed, a_feed_spec

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
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
