"""Clustering: which story an entry belongs to, decided online, deterministically and with a reason in words.

Two entries are about one event where, from the surest sign down: they name the inspection's days at one place; they
come within days of each other about one place; they tell the same kind of event about one place; they share a rare
figure or a quotation; or their words are much alike. Kinds that differ, weeks apart, are different events; so is a
turn (a response, a judgment, a closure), on any day: its new story follows the first. Where a day is not known, a place
and a kind that comes seldom to it are enough, if no other story fits as well (bot.match.nearness).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from bot.match.likeness import (
    ALONE,
    DAYS_ALIKE,
    THEME,
    Sign,
    akin,
    alike,
    put_otherwise,
    said_by_both,
    shared,
    together,
    words_alike,
)
from bot.match.nearness import nearest
from bot.match.shelf import Shelf, Story
from bot.model.story import Traces

# Outlets follow each other within days; local papers within weeks.
DAYS_ONE_EVENT = 4
DAYS_REACTION = 1
DAYS_ONE_KIND = 30
ONE_KIND = timedelta(days=DAYS_ONE_KIND)
# A later turn is linked to what came before it for so long.
FOLLOWS_WITHIN = timedelta(days=120)
# A story's last entry may be so much later than its first.
TOLD_FOR = timedelta(days=60)
CENTURIES = ("19", "20")

Candidates = Iterable[Story]


@dataclass(frozen=True, slots=True)
class Choice:
    """The story that an entry joins (None: it begins a new one), and why.

    `also` are other stories that it would have fitted: a bridge joins the earlier of two, and the others may be merged
    into it by a person; one without a day that fits several equally well joins none. `follows` is the story of which a
    new one tells the next turn (a response, a judgment). Of two choices the one with more `strength` is surer.
    """

    story_id: int | None
    reason: str
    also: tuple[int, ...] = ()
    follows: int | None = None
    strength: int = 0


def choose_story(traces: Traces, candidates: Candidates) -> Choice:
    """The story that the entry joins: the one with the surest sign, the earlier of two; else a new one.

    `candidates` are stories as (id, traces of its entries), the earliest first; a Shelf of them is searched fastest.
    An entry without a day that fits two stories equally well joins neither, unless its words are clearly nearer to one.
    """
    shelf = candidates if isinstance(candidates, Shelf) else Shelf(candidates)
    near = shelf.near(traces, ONE_KIND)
    found = [(sign, story) for story in near if (sign := _best(traces, story[1])) is not None]
    chosen = nearest(traces, found)
    if chosen is None:
        return replace(_new_story(traces, shelf), also=tuple(story_id for _, (story_id, _) in found))
    sign, (story_id, _) = chosen
    also = tuple(other for _, (other, _) in found if other != story_id)
    return Choice(story_id, sign.reason, also=also, strength=sign.strength)


def _new_story(traces: Traces, shelf: Shelf) -> Choice:
    """A new story; where it is a turn, it follows the last one that it may come of."""
    told = shelf.near(traces, FOLLOWS_WITHIN + TOLD_FOR) if traces.turn_of else ()
    before = [(day, story) for story, known in told if (day := _before(traces, known)) is not None]
    if not before:
        return Choice(None, "the first to tell it")
    return Choice(None, f"a new turn ({traces.kind}) of an earlier story", follows=max(before)[1])


def _before(traces: Traces, known: Sequence[Traces]) -> date | None:
    """The last day of a story of which the entry may be the next turn; None where it is none."""
    kinds = {name for one in known for name in (one.kind, one.kind.split(THEME)[0])}
    if kinds.isdisjoint(traces.turn_of) or any(_apart(traces, one) for one in known):
        return None
    near = any(set(traces.institutions) & set(one.institutions) or _same(traces, one) for one in known)
    last = max((one.published for one in known if one.published), default=None)
    if not near or last is None or traces.published is None:
        return None
    return last if timedelta() <= traces.published - last <= FOLLOWS_WITHIN else None


def _best(traces: Traces, known: Sequence[Traces]) -> Sign | None:
    """The surest sign among a story's entries. One entry that tells of another event speaks for the whole story.

    A kind that the story was told as before is no other event, whatever else it was told as.
    """
    signs = [sign for other in known if (sign := _same(traces, other)) is not None]
    surest = max(signs, key=lambda one: one.strength, default=None) or together(traces, known)
    # Few stories have a sign, so that the others need not be asked what speaks against it.
    otherwise = None if surest else put_otherwise(traces, known)
    surest = surest or otherwise
    if surest is None:
        return None
    kinds = otherwise is None and traces.kind not in [other.kind for other in known]
    return None if any(_different(traces, other, kinds=kinds) for other in known) else surest


def same_event(one: Traces, other: Traces) -> Sign | None:
    """The surest sign that two entries are about one event, or None."""
    return None if _different(one, other) else _same(one, other)


def _same(one: Traces, other: Traces) -> Sign | None:
    placed = one.institutions and other.institutions
    days = _days_between(one, other)
    if days is not None and days > DAYS_ALIKE and not placed:
        return None
    if days is None and one.kind and other.kind and one.kind != other.kind:
        return _told_otherwise(one, other)
    return _one_place(one, other, days) if placed else alike(one, other, days)


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
    days = _days_between(one, other)
    if one.turn_of or other.turn_of:
        return days is not None or _told_otherwise(one, other) is None
    return days is None or days > DAYS_ONE_EVENT or (THEME in one.kind and THEME in other.kind)


def _told_otherwise(one: Traces, other: Traces) -> Sign | None:
    """What shows that two entries without days tell one turn by other kinds: words that one quotes and the other says.

    An inspection's words are quoted in all that comes of it, so this counts only where neither may come of the other.
    """
    if bool(one.turn_of) == bool(other.turn_of) or one.kind in other.turn_of or other.kind in one.turn_of:
        return None
    return said_by_both(one, other)


def _one_place(one: Traces, other: Traces, days: int | None) -> Sign | None:
    place = ", ".join(sorted(set(one.institutions) & set(other.institutions)))
    if one.dates and one.dates == other.dates:
        return Sign(100, f"the same inspection of {place}")
    if days is not None and days <= DAYS_ONE_EVENT and not _two_matters(one, other, days):
        return Sign(90, f"{place}, {days} days apart")
    if days is not None and one.kind == other.kind != "":
        return Sign(80, f"{place}, {one.kind}, {days} days apart")
    found = words_alike(one, other, days) if days is not None or one.kind == other.kind else 0
    if found:
        return Sign(60 + found, f"{place}, {one.kind or 'no kind'}, in like words")
    return alike(one, other, days) or (_alone(one, other) if days is None else None)


def _two_matters(one: Traces, other: Traces, days: int) -> bool:
    """Whether two entries on one place and about one day have nothing to do with each other.

    What tells the same kind of event is one matter. A charity's reaction, which need not say to what, comes with the
    report or the day after; any other (a drone, a nurse before a court) belongs to a story by what they both say.
    """
    if one.kind == other.kind != "" or akin(one, other) or shared(one, other):
        return False
    if one.turn_of or other.turn_of:
        return True
    return bool(one.words and other.words) and (days > DAYS_REACTION or one.kind == other.kind)


def _alone(one: Traces, other: Traces) -> Sign | None:
    """A place and a kind that comes seldom to it; too little where neither has a day, for a place has many years."""
    if not (one.published or other.published) or set(one.institutions) != set(other.institutions):
        return None
    if not one.seldom or one.kind != other.kind:
        return None
    return Sign(ALONE, f"{', '.join(one.institutions)}, {one.kind}, and no other is known as near")


@lru_cache(maxsize=4096)
def _years(title: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for word in title if word[:2] in CENTURIES and len(word) == len("2026") and word.isdigit())


def _days_between(one: Traces, other: Traces) -> int | None:
    return abs((one.published - other.published).days) if one.published and other.published else None
