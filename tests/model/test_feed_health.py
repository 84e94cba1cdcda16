from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.model.feed import FeedState, Rhythm
from bot.model.health import DAYS_LOOKED_AT, LEAST_GAPS, Trouble, find_notices, find_rhythm, find_troubles
from tests.builders import NOON, a_feed, a_feed_spec

DAY = timedelta(days=1)
WEEKLY = Rhythm(usual=7 * DAY, long=10 * DAY)
DAILY = Rhythm(usual=DAY, long=DAY)


def heard(**changes: object) -> FeedState:
    """A weekly feed that is well."""
    values = {
        "last_polled_at": NOON,
        "last_success_at": NOON,
        "last_change_at": NOON - DAY,
        "last_entry_at": NOON - DAY,
        "rhythm": WEEKLY,
    }
    return a_feed(**{**values, **changes})


def failing(hours: float, **changes: object) -> FeedState:
    """A feed that has failed from so long before noon until noon."""
    values = {"failing_since": NOON - timedelta(hours=hours), "failures": 9, "failure": "no answer"}
    return heard(**{**values, "last_success_at": NOON - timedelta(hours=hours), **changes})


def told(feed: FeedState, now: datetime = NOON) -> tuple[list[tuple[Trouble, bool]], Mapping[str, str]]:
    """What organisers are told now, and what is remembered."""
    notices, remembered = find_notices(feed, now)
    return [(one.trouble, one.over) for one in notices], remembered


def test_a_habit_is_the_usual_and_the_long_gap_between_days() -> None:
    weeks = [NOON - n * 7 * DAY for n in range(10)]
    assert find_rhythm(weeks) == Rhythm(usual=7 * DAY, long=7 * DAY)
    holidays = [*weeks, NOON - (9 * 7 + 30) * DAY]
    assert find_rhythm(holidays) == Rhythm(usual=7 * DAY, long=30 * DAY)


def test_ten_entries_of_one_day_are_one_day() -> None:
    times = [NOON - n * 30 * DAY - timedelta(minutes=m) for n in range(8) for m in range(10)]
    assert find_rhythm(times) == Rhythm(usual=30 * DAY, long=30 * DAY)


def test_one_long_gap_among_many_does_not_make_the_habit() -> None:
    times = [NOON - n * DAY for n in range(DAYS_LOOKED_AT)]
    assert find_rhythm([*times[:20], *(one - 40 * DAY for one in times[20:])]) == DAILY


def test_a_feed_that_has_hardly_spoken_has_no_habit() -> None:
    assert find_rhythm([]) is None
    assert find_rhythm([NOON - n * DAY for n in range(LEAST_GAPS)]) is None
    assert find_rhythm([NOON - n * DAY for n in range(LEAST_GAPS + 1)]) == DAILY


@pytest.mark.parametrize(
    ("feed", "trouble"),
    [
        (heard(), None),
        (heard(last_entry_at=NOON - 20 * DAY + timedelta(hours=1)), None),
        (heard(last_entry_at=NOON - 21 * DAY), Trouble.SILENT),
        (heard(last_entry_at=NOON - 21 * DAY, last_change_at=NOON - 21 * DAY), Trouble.STUCK),
        (heard(last_entry_at=NOON - 21 * DAY, last_change_at=None), Trouble.STUCK),
        (heard(rhythm=None, last_entry_at=NOON - 400 * DAY), None),
        (heard(last_entry_at=None), None),
        # A long weekend is never unusual.
        (heard(rhythm=DAILY, last_entry_at=NOON - 4 * DAY), None),
        (heard(rhythm=DAILY, last_entry_at=NOON - 6 * DAY), Trouble.SILENT),
        # Its site shows what it does not bring.
        (heard(missed_at=NOON - 2 * DAY, last_change_at=NOON - 3 * DAY), Trouble.STUCK),
        (heard(missed_at=NOON - 2 * DAY, last_change_at=NOON - DAY), None),
        (heard(missed_at=NOON - DAY / 2, last_change_at=NOON - 3 * DAY), None),
        (failing(23), None),
        (failing(24), Trouble.FAILING),
        (failing(24, last_polled_at=NOON - 2 * DAY), None),
        (failing(24, last_polled_at=None), None),
        (failing(1, gone=True, failures=2), Trouble.ENDED),
        (failing(1, gone=True, failures=1), None),
        (failing(48, gone=True), Trouble.ENDED),
        (heard(fetch_url="https://new.example/feed"), Trouble.MOVED),
        (heard(fetch_url="http://www.inspectorate.example/feed"), None),
    ],
)
def test_what_is_wrong_with_a_feed(feed: FeedState, trouble: Trouble | None) -> None:
    assert list(find_troubles(feed, NOON)) == ([trouble] if trouble else [])
    paused = replace(feed, spec=a_feed_spec(enabled=False))
    assert find_troubles(paused, NOON) == {}


def test_a_trouble_is_told_once_and_once_more_when_it_is_over() -> None:
    for ill in (failing(30), heard(last_entry_at=NOON - 30 * DAY), failing(30, gone=True)):
        ((trouble, over),), remembered = told(ill)
        assert not over
        assert told(replace(ill, told=remembered)) == ([], remembered)
        assert told(heard(told=remembered)) == ([(trouble, True)], {})
        assert told(heard()) == ([], {})


def test_a_failure_is_over_with_an_answer_and_not_before() -> None:
    assert told(failing(2, told={"failing": ""})) == ([], {"failing": ""})
    assert told(failing(30, told={"ended": ""})) == ([], {"ended": ""})
    assert told(failing(30, gone=True, told={"failing": ""})) == ([(Trouble.ENDED, False)], {"ended": ""})


def test_a_silence_neither_begins_nor_ends_while_the_feed_does_not_answer() -> None:
    quiet = {"last_entry_at": NOON - 30 * DAY}
    assert told(failing(2, **quiet)) == ([], {})
    assert told(failing(2, told={"silent": ""})) == ([], {"silent": ""})
    # After the bot was off for a month, it has to listen first.
    assert told(heard(last_success_at=NOON - 30 * DAY, **quiet)) == ([], {})
    assert told(heard(last_success_at=None, **quiet)) == ([], {})


def test_a_silence_that_turns_into_another_is_not_told_again() -> None:
    stuck = heard(last_entry_at=NOON - 30 * DAY, last_change_at=NOON - 30 * DAY)
    assert told(replace(stuck, told={"silent": ""})) == ([], {"silent": ""})


def test_a_second_move_is_told_and_a_return_is_not() -> None:
    moved = heard(fetch_url="https://new.example/feed")
    assert told(moved) == ([(Trouble.MOVED, False)], {"moved": "https://new.example/feed"})
    assert told(replace(moved, told={"moved": "https://new.example/feed"}))[0] == []
    assert told(replace(moved, told={"moved": "https://old.example/feed"}))[0] == [(Trouble.MOVED, False)]
    assert told(heard(told={"moved": "https://new.example/feed"})) == ([], {})


def test_several_troubles_are_told_side_by_side() -> None:
    feed = heard(last_entry_at=NOON - 30 * DAY, fetch_url="https://new.example/feed")
    assert told(feed)[0] == [(Trouble.SILENT, False), (Trouble.MOVED, False)]


def test_a_pause_forgets_what_was_told_without_a_word() -> None:
    assert told(failing(30, spec=a_feed_spec(enabled=False), told={"failing": ""})) == ([], {})
