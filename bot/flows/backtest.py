"""Backtest: what would have been sent of entries of the past, and why. Nothing is fetched, sent or kept. Pure."""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.flows.judging import follows_of
from bot.flows.publish import FUSE_PER_DAY, FUSE_PER_POLL
from bot.match import Matcher
from bot.match.cluster import Choice, choose_story
from bot.match.shelf import Shelf
from bot.model.entry import Entry
from bot.model.story import Outcome, Traces, Verdict

POLL: Final = timedelta(minutes=10)
"""What one source published within this is taken to have come with one poll."""
LAST: Final = datetime.max.replace(tzinfo=UTC)


class Fate(StrEnum):
    """What would have become of an entry. JOINS adds itself quietly to a story that was there."""

    SENT = "sent"
    JOINS = "joins"
    SENSITIVE = "sensitive"
    DOUBTFUL = "doubtful"
    FUSE = "fuse"
    HISTORY = "history"
    NOT_OURS = "not_ours"
    REPEATED = "repeated"


WAITING: Final = (Fate.SENSITIVE, Fate.DOUBTFUL, Fate.FUSE)
"""A person would have decided."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the past. `exact` is False where only its month or year is known, and it then stands for that."""

    entry: Entry
    exact: bool = True
    whole_year: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Would:
    """What would have become of one entry, its story and why, and what it would have been owed for.

    `story` counts the stories of this run from 1; `follows` is the one whose new turn it is; `also` those that an
    organiser would have been asked to merge. `owed` is what a subscriber may follow to get it, if it is let out.
    """

    entry: Entry
    verdict: Verdict | None
    fate: Fate
    story: int | None = None
    reason: str = ""
    also: tuple[int, ...] = ()
    follows: int | None = None
    owed: tuple[str, ...] = ()


@dataclass
class Backtest:
    """One run. What was published before `since` is history: known, and never sent."""

    matcher: Matcher
    since: datetime | None = None
    known: Shelf = field(default_factory=Shelf)
    fates: dict[int, Fate] = field(default_factory=dict)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def run(self, items: Iterable[Item]) -> list[Would]:
        """Every entry in the order of its time, those without one last and in the order given."""
        ordered = sorted(items, key=lambda item: item.entry.published_at or LAST)
        return hold_back([self.tell(item) for item in ordered])

    def tell(self, item: Item) -> Would:
        """One entry, judged and put into its story."""
        entry = item.entry
        place = (entry.source, entry.id)
        if entry.id and place in self._seen:
            return Would(entry=entry, verdict=None, fate=Fate.REPEATED)
        self._seen.add(place)
        verdict = self.matcher.judge(entry)
        if verdict.outcome is Outcome.IGNORE:
            return Would(entry=entry, verdict=verdict, fate=Fate.NOT_OURS)
        traces = self.trace(item, verdict)
        choice = choose_story(traces, self.known)
        fate = self.join(entry, verdict, choice) if choice.story_id else self.fate_of(entry, verdict)
        story = choice.story_id or len(self.known) + 1
        if choice.story_id is None:
            self.known.append((story, [traces]))
        else:
            self.known[story - 1][1].append(traces)
        if fate is not Fate.JOINS:
            self.fates[story] = fate
        return Would(
            entry=entry,
            verdict=verdict,
            fate=fate,
            story=story,
            reason=choice.reason,
            also=choice.also,
            follows=choice.follows,
            owed=tuple(follows_of(verdict)),
        )

    def trace(self, item: Item, verdict: Verdict) -> Traces:
        """An entry's traces; a month stands for its middle, and of a year only the bounds are known."""
        moment = item.entry.published_at
        if item.exact or moment is None:
            return self.matcher.trace(item.entry, verdict)
        undated, first = replace(item.entry, published_at=None), moment.date()
        if not item.whole_year:
            return self.matcher.trace(undated, verdict, first.replace(day=15))
        return replace(self.matcher.trace(undated, verdict), since=first, until=date(first.year, 12, 31))

    def fate_of(self, entry: Entry, verdict: Verdict) -> Fate:
        """What would become of the story that an entry begins, but for the fuse."""
        if self.since is not None and entry.published_at is not None and entry.published_at < self.since:
            return Fate.HISTORY
        if verdict.sensitive:
            return Fate.SENSITIVE
        return Fate.SENT if verdict.outcome is Outcome.ALERT else Fate.DOUBTFUL

    def join(self, entry: Entry, verdict: Verdict, choice: Choice) -> Fate:
        """What joining a story comes to: nothing, but for news of history, and a sure word on what was doubtful."""
        before, alone = self.fates[choice.story_id or 0], self.fate_of(entry, verdict)
        if before is Fate.HISTORY and alone is not Fate.HISTORY:
            return alone
        return Fate.SENT if before is Fate.DOUBTFUL and alone is Fate.SENT else Fate.JOINS


def hold_back(told: Sequence[Would]) -> list[Would]:
    """The same with what the fuse would have held: bursts of one poll, and more than its number in a day."""
    polls = Counter(poll_of(one) for one in told if one.fate is Fate.SENT)
    day: deque[datetime] = deque()
    held = []
    for one in told:
        moment = one.entry.published_at
        if one.fate is not Fate.SENT or moment is None:
            held.append(one)
            continue
        while day and moment - day[0] >= timedelta(days=1):
            day.popleft()
        poll = poll_of(one)
        burst = (poll is not None and polls[poll] > FUSE_PER_POLL) or len(day) >= FUSE_PER_DAY
        if not burst:
            day.append(moment)
        held.append(replace(one, fate=Fate.FUSE) if burst else one)
    return held


def poll_of(one: Would) -> tuple[str, int] | None:
    """The poll with which an entry is taken to have come; None where its hour is not known."""
    moment = one.entry.published_at
    if moment is None or moment.timetz().replace(tzinfo=None) == time():
        return None
    return one.entry.source, int(moment.timestamp() // POLL.total_seconds())


def as_line(one: Would) -> dict[str, Any]:
    """As a JSON line."""
    verdict = one.verdict
    return {
        "id": one.entry.id,
        "title": one.entry.title,
        "url": one.entry.url,
        "source": one.entry.source,
        "published": one.entry.published_at.isoformat() if one.entry.published_at else None,
        "fate": one.fate.value,
        "verdict": verdict.outcome.value if verdict else None,
        "sensitive_reason": verdict.sensitive_reason if verdict else None,
        "evidence": [evidence.words for evidence in verdict.evidence] if verdict else [],
        "story": one.story,
        "reason": one.reason,
        "also": list(one.also),
        "follows": one.follows,
        "owed": list(one.owed),
    }
