"""A feed: a URL we poll."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
class Rhythm:
    """A feed's habit between two days on which it brought something: the usual gap, and one that few exceed."""

    usual: timedelta
    long: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed as the database keeps it: its spec, what the last polls learnt, and when the next is due.

    `history_at` is when it was first parsed (DESIGN.md rule 4); None means that the next good poll is history.
    `failures` counts the polls that failed in a row; `failure` is the last one's reason in plain words, `failing_since`
    the first one's time. `fetch_url` is where a permanent redirect led, once that parsed; `identity_rule` is what
    bot.feeds.identity chose for this feed. `body_digest` stands for the last body that parsed, `ttl` is how long that
    asked to be left alone. `gone` says that the last failure was the publisher's word that it has ended.
    `index_failure` is why its listing page could not be read the last time, or None.

    `listed` says that the pack's or the configuration's list names it, `own` that organisers added it. `rhythm` is None
    while too little is known. `missed_at` is when its site last showed something that the feed had not brought. `told`
    is what organisers have been told of its health (bot.model.health).
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
    body_digest: str | None = None
    ttl: timedelta | None = None
    index_failure: str | None = None
    gone: bool = False
    listed: bool = True
    own: bool = False
    last_entry_at: datetime | None = None
    rhythm: Rhythm | None = None
    rhythm_at: datetime | None = None
    missed_at: datetime | None = None
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A feed that a page names: its address, and what the page calls it ("" where it says nothing)."""

    url: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one fetch of a feed showed: its own title, how many entries, the newest one's date.

    `outcomes` counts its entries by kind of feed and by what they would be to us: kind -> (alert, review, ignore);
    `examples` are titles of entries that would be alerts. `judged` is how many of the entries were looked at.
    """

    title: str
    entries: int
    newest_at: datetime | None
    judged: int
    outcomes: Mapping[str, tuple[int, int, int]]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDraft:
    """A feed on its way into the list: what was found, which was chosen and tried, and what kind it is said to be."""

    id: int
    author_id: int
    found: tuple[Candidate, ...]
    url: str | None = None
    trial: Trial | None = None
    kind: FeedKind | None = None
    ended_at: datetime | None = None

    @property
    def name(self) -> str:
        """What the feed will be called: its own title, else what the page called it, else its address."""
        named = next((one.title for one in self.found if one.url == self.url), "")
        return (self.trial.title if self.trial else "") or named or (self.url or "")
