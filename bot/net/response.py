"""What a fetch brought, and how to read the headers that a feed reader lives by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST_VALIDATOR = 1024
LONGEST_WAIT = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A whole answer: status 200 with its decompressed body, or 304 with none.

    `url` is the address that answered. `headers` have lower-case names; their values are Latin-1 text, byte for byte.
    `permanent_url` is where permanent redirects alone led from the address asked for, or None.
    """

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    permanent_url: str | None = None

    @property
    def not_modified(self) -> bool:
        """Whether the server said that nothing changed."""
        return self.status == 304  # noqa: PLR2004 -- HTTP's own number

    @property
    def etag(self) -> str | None:
        """The ETag to send back verbatim; None where there is none or it is absurdly long."""
        return self._validator("etag")

    @property
    def last_modified(self) -> str | None:
        """The Last-Modified to send back verbatim; never read as a date."""
        return self._validator("last-modified")

    def _validator(self, name: str) -> str | None:
        value = self.headers.get(name, "")
        return value if 0 < len(value) <= LONGEST_VALIDATOR else None


def read_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """A Retry-After header (seconds or a date) as a wait, between zero and a day; None where it says nothing."""
    text = (value or "").strip()
    if not text:
        return None
    if text.isdecimal():
        return min(timedelta(seconds=int(text[:9])), LONGEST_WAIT)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(0)), LONGEST_WAIT)


def read_max_age(headers: Mapping[str, str]) -> timedelta | None:
    """Cache-Control's max-age, capped at a day; None where there is none."""
    for part in headers.get("cache-control", "").split(","):
        name, _, value = part.strip().partition("=")
        seconds = value.strip().strip('"')
        if name.lower() == "max-age" and seconds.isascii() and seconds.isdigit():
            return min(timedelta(seconds=int(seconds[:9])), LONGEST_WAIT)
    return None
