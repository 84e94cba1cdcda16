"""An entry: one item as a feed published it."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.model.feed import FeedKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as published, as clean plain text.

    `id` identifies it within its feed for ever and never depends on a date (bot.feeds.identity).
    `url` is http(s), or None; `published_at` is None where the feed's date is missing or cannot be read with certainty.
    `source` is the feed's name, `kind` its kind; `categories` are the feed's own tags. `stamp` is the time that some
    publishers write into their ids (GOV.UK), as they write it, else "". `missed_by_feed`: it stood on the source's page
    and not in its feed.
    """

    id: str
    url: str | None
    title: str
    summary: str = ""
    published_at: datetime | None = None
    source: str = ""
    kind: FeedKind | None = None
    categories: tuple[str, ...] = field(default=())
    stamp: str = ""
    missed_by_feed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEntry:
    """An entry as the database keeps it: its row id, its feed and when it was first seen."""

    row_id: int
    feed_id: int
    entry: Entry
    first_seen_at: datetime
    story_id: int | None
