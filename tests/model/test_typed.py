from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.draft import Link
from bot.model.typed import read_link, read_moment, read_options

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Friday 18:00", datetime(2026, 11, 27, 18, tzinfo=UTC)),
        ("after fri, 18.00", datetime(2026, 11, 27, 18, tzinfo=UTC)),
        ("wednesday 11:00", datetime(2026, 12, 2, 11, tzinfo=UTC)),
        ("27 Nov 18:00", datetime(2026, 11, 27, 18, tzinfo=UTC)),
        ("1st January at 9:30", datetime(2027, 1, 1, 9, 30, tzinfo=UTC)),
        ("1 July 2027, 18:00", datetime(2027, 7, 1, 17, tzinfo=UTC)),
        ("2026-11-27 18:00", datetime(2026, 11, 27, 18, tzinfo=UTC)),
        ("18:00", datetime(2026, 11, 25, 18, tzinfo=UTC)),
        ("11:00", datetime(2026, 11, 26, 11, tzinfo=UTC)),
        ("tomorrow 9:30", datetime(2026, 11, 26, 9, 30, tzinfo=UTC)),
        ("in 24 h", NOW + timedelta(hours=24)),
        ("2 days", NOW + timedelta(days=2)),
    ],
)
def test_a_moment_to_come_is_read(text: str, moment: datetime) -> None:
    assert read_moment(text, NOW, LONDON) == moment


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "Friday", "25:00", "18:61", "today 11:00", "27 Nov 2025 10:00", "31 Nov 18:00", "29 Feb 10:00"),
        *("2026-13-01 10:00", "fr 18:00", "27 Nonember 18:00", "in 0 h", "0 days"),
    ],
)
def test_what_is_no_moment_to_come_is_none(text: str) -> None:
    assert read_moment(text, NOW, LONDON) is None


@given(st.text(max_size=40), st.integers(0, 4 * 365 * 24).map(lambda hours: NOW + timedelta(hours=hours)))
def test_whatever_is_typed_a_moment_is_to_come(text: str, now: datetime) -> None:
    moment = read_moment(text, now, LONDON)
    assert moment is None or moment > now


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Write to your MP https://example.org/a?b=1", Link("Write to your MP", "https://example.org/a?b=1")),
        ("Write:\nhttps://example.org", Link("Write", "https://example.org")),
        ("https://example.org", None),
        ("Write http://example.org", None),
        ("Write https://localhost", None),
        ("Write https://example.org and more", None),
        ("x" * 41 + " https://example.org", None),
    ],
)
def test_a_link_is_its_words_and_an_https_address(text: str, link: Link | None) -> None:
    assert read_link(text) == link


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Yes\n\n  No  ", ("Yes", "No")),
        ("Yes", None),
        ("Yes\nYes", None),
        ("\n".join("abcdefg"), None),
        ("Yes\n" + "x" * 41, None),
    ],
)
def test_a_question_has_two_to_six_different_answers(text: str, options: tuple[str, ...] | None) -> None:
    assert read_options(text) == options
