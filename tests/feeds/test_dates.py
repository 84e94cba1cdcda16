"""Dates: right or None."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.dates import read_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-25T10:00:00Z", "2026-11-25T10:00:00"),
        ("2026-11-25T10:00:00.123+01:00", "2026-11-25T09:00:00"),
        ("2026-11-25 10:00 -0530", "2026-11-25T15:30:00"),
        ("2026-11-25T10:00:00+01", "2026-11-25T09:00:00"),
        ("2026-11-25", "2026-11-25T00:00:00"),
        ("2026-11", "2026-11-01T00:00:00"),
        ("2026", "2026-01-01T00:00:00"),
        ("20261125T100000Z", "2026-11-25T10:00:00"),
        ("20261125", "2026-11-25T00:00:00"),
        ("Wed, 25 Nov 2026 10:00:00 GMT", "2026-11-25T10:00:00"),
        ("Wed, 25 Nov 2026 10:00:60 GMT", "2026-11-25T10:00:59"),
        ("25 Nov 26 10:00 +0100", "2026-11-25T09:00:00"),
        ("1 Jan 99 00:00:00 GMT", "1999-01-01T00:00:00"),
        ("Wed Nov 25 10:00:00 +0000 2026", "2026-11-25T10:00:00"),
        ("Wed, 25-Nov-2026 10:00:00 BST", "2026-11-25T09:00:00"),
        ("Thu, 25 Jun 2026 10:00:00 ET", "2026-06-25T14:00:00"),
        ("Thu, 25 Jun 2026 10:00:00 Europe/London", "2026-06-25T09:00:00"),
        ("Mi, 25 März 2026 10:00:00 +0100", "2026-03-25T09:00:00"),
        ("mar., 24 mars 2026 10:00:00 +0100", "2026-03-24T09:00:00"),
        ("25th November 2026", "2026-11-25T00:00:00"),
        ("Wed Nov 25 2026 10:00:00 GMT+0100 (Central European Standard Time)", "2026-11-25T09:00:00"),
        ("2016/6/29", "2016-06-29T00:00:00"),
        ("10:15 2016/6/29", "2016-06-29T10:15:00"),
        ("31.12.2026 10:00", "2026-12-31T10:00:00"),
        ("12/31/2026 10:00 EST", "2026-12-31T15:00:00"),
        ("07/07/2026", "2026-07-07T00:00:00"),
    ],
)
def test_what_is_certain_is_read(text: str, iso: str) -> None:
    found = read_date(text)
    assert found is not None
    assert found.isoformat() == f"{iso}+00:00"


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        7,
        "yesterday",
        "05/06/2026",
        "10/30/26",
        "32 Nov 2026",
        "29 Feb 2025",
        "2026-13-01",
        "2026-11-25T25:00:00Z",
        "2026-11-25T10:00:61Z",
        "Wed, 25 Nov 2026 1:2:3:4 GMT",
        "Wed, 25 Nov 2026 10:00:00 10:00:00",
        "Wed, 25 Nov 2026 10:00:00 +2500",
        "Wed, 25 Nov 2026 10:00:00 XYZ",
        "Wed, 25 Nov 2026 10:00:00 GMT EST",
        "Wed, 25 Nov 2026 10:00:00 EST +0100",
        "Wed, 25 Nov 2026 10:00:00 Atlantis/Poseidonis",
        "Nov. 25, 2026, 3:05 p.m.",
        "Wed, 25 Nov 2026 8:19 pm CET",
        "25 Nov 2026 10:30am",
        "25 Nov 2026 10 AM",
        "25 Nov Dec 2026",
        "25 Nov 126",
        "25 Nov",
        "2026-11-25 CDT10:00:00",
        "31.12.2026 maybe",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "Wed, 30 Nov -0001 00:00:00 +0000",
        "1" * 1_000_000,
    ],
)
def test_what_is_doubtful_is_none(text: object) -> None:
    assert read_date(text) is None


@given(st.text(max_size=120))
def test_no_text_makes_it_raise(text: str) -> None:
    found = read_date(text)
    assert found is None or found.utcoffset() is not None


@given(st.datetimes(min_value=datetime(1990, 1, 2), max_value=datetime(2099, 12, 30)))  # noqa: DTZ001 -- made aware
def test_every_moment_written_as_feeds_should_is_read_back(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC, microsecond=0)
    assert read_date(format_datetime(aware)) == aware
    assert read_date(aware.isoformat()) == aware
