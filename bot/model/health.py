"""A feed's health: its habit, what is wrong with it, and what organisers have still to be told. Pure.

Each trouble is told once, and once more when it is over. What has been told is kept with the feed, so a restart repeats
nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from bot.model.feed import FeedState, Rhythm

DAYS_LOOKED_AT: Final = 60
LEAST_GAPS: Final = 5
"""With fewer gaps between the days on which it spoke, a feed has no habit that could be broken."""
RARE: Final = 0.95
LONGEST_NORMAL: Final = 2
"""A silence of so many long gaps is unusual."""
SHORTEST_SILENCE: Final = timedelta(days=5)
"""A long weekend is never unusual."""
FAILING_FOR: Final = timedelta(days=1)
SURE_IT_ENDED: Final = 2
"""So many times in a row has a publisher to say that a feed is gone: a single such answer may be a slip."""
MISSED_FOR: Final = timedelta(days=1)
"""So long a feed has to bring what its site already shows."""
ANSWERED_WITHIN: Final = timedelta(hours=6)
MISSED_ROUNDS: Final = 3


class Trouble(StrEnum):
    """What can be wrong. SILENT: its copy changes, but brings nothing new. STUCK: its copy is the same for too long."""

    FAILING = "failing"
    ENDED = "ended"
    SILENT = "silent"
    STUCK = "stuck"
    MOVED = "moved"


ANSWERING: Final = (Trouble.ENDED, Trouble.FAILING)
NEWS: Final = (Trouble.STUCK, Trouble.SILENT)
PLACE: Final = (Trouble.MOVED,)
GROUPS: Final = (ANSWERING, NEWS, PLACE)
"""At most one of each group is true of a feed, the first of them that is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to tell organisers about a feed: a trouble that began, or (`over`) one that has ended."""

    feed: FeedState
    trouble: Trouble
    over: bool = False


def find_rhythm(times: Sequence[datetime]) -> Rhythm | None:
    """The habit in the times of a feed's entries, in any order; None where there are too few of them.

    Entries of one day count once: ten reports published together say nothing of when the next come.
    """
    days = sorted({moment.date() for moment in times})[-DAYS_LOOKED_AT:]
    gaps = sorted(later - earlier for earlier, later in pairwise(days))
    if len(gaps) < LEAST_GAPS:
        return None
    return Rhythm(usual=gaps[len(gaps) // 2], long=gaps[int(len(gaps) * RARE)])


def patience(rhythm: Rhythm) -> timedelta:
    """How long a feed of this habit may be silent before it is unusual."""
    return max(rhythm.long * LONGEST_NORMAL, SHORTEST_SILENCE)


def find_troubles(feed: FeedState, now: datetime) -> dict[Trouble, str]:
    """What is wrong with a feed, at most one of each group, with a word that changes when it is to be told anew."""
    if not feed.spec.enabled:
        return {}
    found: dict[Trouble, str] = {}
    answering = find_failure(feed)
    if answering is not None:
        found[answering] = ""
    quiet = find_silence(feed, now)
    if quiet is not None:
        found[quiet] = ""
    if feed.fetch_url is not None and differs(feed.fetch_url, feed.spec.url):
        found[Trouble.MOVED] = feed.fetch_url
    return found


def find_failure(feed: FeedState) -> Trouble | None:
    """Whether it has ended, or has failed for a day.

    The day is between the first and the last poll that failed: while the bot itself was off, nothing failed.
    """
    if feed.failing_since is None or feed.last_polled_at is None:
        return None
    if feed.gone and feed.failures >= SURE_IT_ENDED:
        return Trouble.ENDED
    return Trouble.FAILING if feed.last_polled_at - feed.failing_since >= FAILING_FOR else None


def find_silence(feed: FeedState, now: datetime) -> Trouble | None:
    """Whether a feed that answers has brought nothing new for much longer than is its habit.

    It is STUCK where not even its copy has changed in that time. Once a day a feed is asked for everything
    (bot.schedule.may_be_conditional), so what a server's or a cache's "nothing new" hides would have been found. It is
    STUCK whatever its habit where its site has shown something new for a day and the copy is still the same.
    """
    if feed.missed_at is not None and now - feed.missed_at >= MISSED_FOR and not changed_since(feed, feed.missed_at):
        return Trouble.STUCK
    if feed.rhythm is None or feed.last_entry_at is None:
        return None
    since = now - patience(feed.rhythm)
    if feed.last_entry_at > since:
        return None
    return Trouble.SILENT if changed_since(feed, since) else Trouble.STUCK


def changed_since(feed: FeedState, moment: datetime) -> bool:
    """Whether its copy has changed after this moment."""
    return feed.last_change_at is not None and feed.last_change_at > moment


def is_heard(feed: FeedState, now: datetime) -> bool:
    """Whether it answered lately, so that its silence is its own and not ours."""
    recent = max(feed.spec.every * MISSED_ROUNDS, ANSWERED_WITHIN)
    return feed.failing_since is None and feed.last_success_at is not None and now - feed.last_success_at <= recent


def differs(one: str, other: str) -> bool:
    """Whether two addresses are really two: http or https, www and a last slash make no difference."""
    return bare(one) != bare(other)


def bare(url: str) -> str:
    """An address without what servers change as they please."""
    return url.partition("://")[2].lower().removeprefix("www.").rstrip("/")


def find_notices(feed: FeedState, now: datetime) -> tuple[list[Notice], Mapping[str, str]]:
    """What organisers have to be told of a feed now, and what they have been told when that is done.

    A trouble that turns into another of its group is told anew only where a failing feed has ended. That a feed moves
    back needs no words, nor does a pause.
    """
    if not feed.spec.enabled:
        return [], {}
    troubles = find_troubles(feed, now)
    notices: list[Notice] = []
    told: dict[str, str] = {}
    for group in GROUPS:
        before = next((one for one in group if one in feed.told), None)
        current = settle(feed, before, next((one for one in group if one in troubles), None), now)
        notices += notices_between(feed, before, current, troubles)
        if current is not None:
            told[current] = troubles.get(current, feed.told.get(current, ""))
    return notices, told


def settle(feed: FeedState, before: Trouble | None, current: Trouble | None, now: datetime) -> Trouble | None:
    """What holds, where `before` was told: a failure ends with an answer, a silence with something new, neither else.

    While a feed does not answer, its silence can neither begin nor end.
    """
    if before in ANSWERING and feed.failing_since is not None:
        return Trouble.ENDED if current is Trouble.ENDED else before
    if (before in NEWS or current in NEWS) and (not is_heard(feed, now) or (before and current)):
        return before
    return current


def notices_between(
    feed: FeedState, before: Trouble | None, current: Trouble | None, troubles: Mapping[Trouble, str]
) -> list[Notice]:
    """What is to be told where this was told `before` and that holds now."""
    if current is None:
        return [Notice(feed=feed, trouble=before, over=True)] if before and before is not Trouble.MOVED else []
    same = before is current and feed.told[current] == troubles.get(current, feed.told[current])
    return [] if same else [Notice(feed=feed, trouble=current)]
