"""Headers as a feed reader reads them, and failures as a person does."""

import ssl
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.errors import FetchError, TruncatedError
from bot.net.response import read_max_age, read_retry_after
from bot.net.words import fetch_failure

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("0", timedelta(0)),
        ("999999999999", timedelta(hours=24)),
        ("Wed, 25 Nov 2026 12:02:00 GMT", timedelta(minutes=2)),
        ("Wed, 25 Nov 2026 12:02:00 -0000", timedelta(minutes=2)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", timedelta(0)),
        ("Fri, 01 Jan 2038 00:00:00 GMT", timedelta(hours=24)),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_and_capped(value: str | None, wait: timedelta | None) -> None:
    assert read_retry_after(value, NOW) == wait


@pytest.mark.parametrize(
    ("value", "age"),
    [
        ("max-age=60", timedelta(minutes=1)),
        ("public, Max-Age=31536000", timedelta(days=1)),
        ('max-age="60"', timedelta(minutes=1)),
        ("max-age=x, no-store", None),
        ("", None),
    ],
)
def test_max_age_is_read_and_capped(value: str, age: timedelta | None) -> None:
    assert read_max_age({"cache-control": value}) == age


def test_failures_are_told_in_plain_words() -> None:
    certificate = httpx.ConnectError("x")
    certificate.__cause__ = ssl.SSLCertVerificationError("CERTIFICATE_VERIFY_FAILED")
    assert "certificate" in str(fetch_failure(certificate))
    plain = httpx.ConnectError("x")
    plain.__cause__ = ssl.SSLError("WRONG_VERSION_NUMBER")
    assert "http, not https" in str(fetch_failure(plain))
    assert "cannot be reached" in str(fetch_failure(httpx.ConnectError("x")))
    assert "no answer" in str(fetch_failure(httpx.ConnectTimeout("x")))
    assert "misspellings" in str(fetch_failure(httpx.InvalidURL("x")))
    assert "no name" in str(fetch_failure(ValueError("token=secret")))
    assert "secret" not in str(fetch_failure(ValueError("token=secret")))
    assert isinstance(fetch_failure(httpx.ReadError("x")), TruncatedError)
    assert isinstance(fetch_failure(httpx.RemoteProtocolError("incomplete chunked read")), TruncatedError)
    assert type(fetch_failure(httpx.RemoteProtocolError("x"))) is FetchError
