"""A feed: a URL we poll."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class FeedKind(StrEnum):
    """Who speaks: it decides how much an entry's mere presence tells (bot.match) and who leads a story."""

    INSPECTORATE = "inspectorate"
    GOVERNMENT = "government"
    PARLIAMENT = "parliament"
    NEWS = "news"
    CHARITY = "charity"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """A feed as the pack, the config or an organiser names it."""

    name: str
    url: str
    kind: FeedKind
    every: timedelta = timedelta(minutes=10)
    index_url: str | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed as the database keeps it: its spec, what the last polls learnt, and when the next is due.

    `history_at` is when it was first parsed (DESIGN.md rule 4); None means that the next good poll is history.
    `failures` counts the polls that failed in a row; `failure` is the last one's reason in plain words, `failing_since`
    the first one's time. `fetch_url` is where a permanent redirect led, once that parsed; `identity_rule` is what
    bot.feeds.identity chose for this feed.
    """

    id: int
    spec: FeedSpec
    etag: str | None = None
    last_modified: str | None = None
    next_poll_at: datetime | None = None
    history_at: datetime | None = None
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    last_change_at: datetime | None = None
    failures: int = 0
    failure: str | None = None
    failing_since: datetime | None = None
    fetch_url: str | None = None
    identity_rule: str | None = None
