"""Clustering: which story an entry belongs to, decided online, deterministically and with a reason in words.

Two entries are about one event where, from the surest sign down: they name the inspection's days at one place; they
come within days of each other about one place; they tell the same kind of event about one place; they share a rare
figure or a quotation; or their words are much alike. Kinds that differ, weeks apart, are different events; so is a
turn (a response, a judgment, a closure), on any day: its new story follows the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from bot.match.likeness import ALONE, THEME, Sign, akin, alike, shared, words_alike
from bot.model.story import Traces

# Outlets follow each other within days; local papers within weeks.
DAYS_ONE_EVENT = 4
DAYS_ONE_KIND = 30
ONE_KIND = timedelta(days=DAYS_ONE_KIND)
# A later turn is linked to what came before it for so long.
FOLLOWS_WITHIN = timedelta(days=120)
CENTURIES = ("19", "20")

Candidates = Sequence[tuple[int, Sequence[Traces]]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The story that an entry joins (None: it begins a new one), and why.

    `also` are other stories that it would have fitted: a bridge joins the earlier of two, and the others may be merged
    into it by a person. `follows` is the story of which a new one tells the next turn (a response, a judgment). Of two
    choices the one with more `strength` is surer.
    """

    story_id: int | None
    reason: str
    also: tuple[int, ...] = ()
    follows: int | None = None
    strength: int = 0


def choose_story(traces: Traces, candidates: Candidates) -> Choice:
    """The story that the entry joins: the one with the surest sign, the earlier of two; else a new one.

    `candidates` are stories as (id, traces of its entries), the earliest first.
    """
    near = _near(traces, candidates)
    found = [(sign, story) for story, known in near if (sign := _best(traces, known)) is not None]
    if not found:
        return _new_story(traces, candidates)
    sign, story = max(found, key=lambda one: one[0].strength)
    if sign.strength == ALONE and len(found) > 1:
        return _new_story(traces, candidates)
    return Choice(story, sign.reason, also=tuple(other for _, other in found if other != story), strength=sign.strength)


def _new_story(traces: Traces, candidates: Candidates) -> Choice:
    """A new story; where it is a turn, it follows the last one that it may come of."""
    told = candidates if traces.turn_of else ()
    before = [(day, story) for story, known in told if (day := _before(traces, known)) is not None]
    if not before:
        return Choice(None, "the first to tell it")
    return Choice(None, f"a new turn ({traces.kind}) of an earlier story", follows=max(before)[1])


def _before(traces: Traces, known: Sequence[Traces]) -> date | None:
    """The last day of a story of which the entry may be the next turn; None where it is none."""
    if not any(one.kind.split(THEME)[0] in traces.turn_of for one in known) or any(
        _apart(traces, one) for one in known
    ):
        return None
    near = any(set(traces.institutions) & set(one.institutions) or _same(traces, one) for one in known)
    last = max((one.published for one in known if one.published), default=None)
    if not near or last is None or traces.published is None:
        return None
    return last if timedelta() <= traces.published - last <= FOLLOWS_WITHIN else None


def _near(traces: Traces, candidates: Candidates) -> Candidates:
    """The stories whose first entry is not too many days away, and may be about one place; quick to say no."""
    places, day = frozenset(traces.institutions), traces.published
    since, until = (day - ONE_KIND, day + ONE_KIND) if day else (date.min, date.max)
    return [
        (story, known)
        for story, known in candidates
        if since <= (known[0].published or since) <= until
        and not (places and known[0].institutions and places.isdisjoint(known[0].institutions))
    ]


def _best(traces: Traces, known: Sequence[Traces]) -> Sign | None:
    """The surest sign among a story's entries. One entry that tells of another event speaks for the whole story.

    A kind that the story was told as before is no other event, whatever else it was told as.
    """
    kinds = traces.kind not in [other.kind for other in known]
    for other in known:
        if _different(traces, other, kinds=kinds):
            return None
    signs = [sign for other in known if (sign := _same(traces, other)) is not None]
    return max(signs, key=lambda one: one.strength, default=None)


def same_event(one: Traces, other: Traces) -> Sign | None:
    """The surest sign that two entries are about one event, or None."""
    return None if _different(one, other) else _same(one, other)


def _same(one: Traces, other: Traces) -> Sign | None:
    days = _days_between(one, other)
    if days is None and one.kind and other.kind and one.kind != other.kind:
        return None
    if one.institutions and other.institutions:
        return _one_place(one, other, days)
    return alike(one, other, days)


def _different(one: Traces, other: Traces, *, kinds: bool = True) -> bool:
    """Whether two entries are certainly about different events; by their `kinds` too, where those count."""
    if _apart(one, other) or _long_after(one, other) or _long_after(other, one):
        return True
    if kinds and _other_kind(one, other):
        return True
    years = _years(one.title)
    return bool(years) and bool(theirs := _years(other.title)) and years.isdisjoint(theirs)


def _apart(one: Traces, other: Traces) -> bool:
    """Whether two entries are about two places, or about the days of two reports."""
    if one.institutions and other.institutions and not set(one.institutions) & set(other.institutions):
        return True
    return bool(one.dates and other.dates) and one.dates != other.dates


def _long_after(one: Traces, other: Traces) -> bool:
    """Whether one entry was certainly written long after the other, by their dates or, with none, by their words."""
    first, last = one.published or one.since, other.published or other.until
    days = DAYS_ONE_KIND if one.published or other.published else 0
    return first is not None and last is not None and (first - last).days > days


def _other_kind(one: Traces, other: Traces) -> bool:
    """Whether two entries tell of different kinds of event.

    Within days an entry may only have been put otherwise, unless one of them is a turn of its own.
    """
    if not one.kind or not other.kind or one.kind == other.kind or akin(one, other):
        return False
    if one.turn_of or other.turn_of:
        return True
    days = _days_between(one, other)
    return days is None or days > DAYS_ONE_EVENT or (THEME in one.kind and THEME in other.kind)


def _one_place(one: Traces, other: Traces, days: int | None) -> Sign | None:
    place = ", ".join(sorted(set(one.institutions) & set(other.institutions)))
    if one.dates and one.dates == other.dates:
        return Sign(100, f"the same inspection of {place}")
    if days is not None and days <= DAYS_ONE_EVENT:
        return Sign(90, f"{place}, {days} days apart")
    if days is not None and one.kind == other.kind != "":
        return Sign(80, f"{place}, {one.kind}, {days} days apart")
    if (days is not None or one.kind == other.kind) and words_alike(one, other, days):
        return Sign(60 + shared(one, other), f"{place}, {one.kind or 'no kind'}, in like words")
    if days is None and one.kind == other.kind and one.seldom and other.seldom:
        return alike(one, other, days) or Sign(ALONE, f"{place}, {one.kind}, and no other is known")
    return alike(one, other, days)


@lru_cache(maxsize=4096)
def _years(title: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in title if word[:2] in CENTURIES and len(word) == len("2026") and word.isdigit())


def _days_between(one: Traces, other: Traces) -> int | None:
    return abs((one.published - other.published).days) if one.published and other.published else None
