"""What the bot's messages reached and did, counted so that nobody can be found in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.model.action import FEWEST
from bot.model.amendment import SentMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """A whole (None: too few to be told) and its parts, the largest first.

    `others` counts the parts that are too few to be told each. No part under ten can be had by subtraction: where the
    others together are under ten, the smallest of the rest is among them.
    """

    total: int | None
    parts: tuple[tuple[str, int], ...] = ()
    others: int = 0


def share(counts: Mapping[str, int]) -> Shares:
    """Counts of people as they may be told."""
    total = sum(counts.values())
    if total < FEWEST:
        return Shares(total=None)
    ranked = sorted(((name, number) for name, number in counts.items() if number), key=lambda one: (-one[1], one[0]))
    others = sum(number for _, number in ranked if number < FEWEST)
    shown = [one for one in ranked if one[1] >= FEWEST]
    while 0 < others < FEWEST:
        others += shown.pop()[1]
    return Shares(total=total, parts=tuple(shown), others=others)


def shown(number: int) -> int | None:
    """A count of people that stands alone; None where it is too small to be told."""
    return number if number >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Day:
    """How many subscribers there were on a day, by where they came from."""

    day: date
    sources: Mapping[str, int]

    @property
    def shares(self) -> Shares:
        """As it may be told."""
        return share(self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """From detected (a broadcast: from its beginning) to delivered: how many copies, and in how many seconds."""

    copies: int
    p50: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What came of one message. Counts of people are None where they are too small to be told.

    `sent` and `waiting` count its copies, a reader each. `joined` and `left` are in the 48 hours after it; `marks`
    what people said they did; `replied` how many said that their MP had answered.
    """

    message: SentMessage
    sent: int | None = None
    waiting: int | None = None
    joined: int | None = None
    left: int | None = None
    times: Times | None = None
    marks: Mapping[str, int | None] = field(default_factory=dict)
    replied: int | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """All that /stats shows at once; `effects` are the newest messages', the newest first."""

    sources: Shares
    languages: Shares
    days: Sequence[Day] = ()
    effects: Sequence[Effect] = ()
    times: Times | None = None
    done: int | None = None
    replied: int | None = None
