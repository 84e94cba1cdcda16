"""Clustering: which story an entry belongs to, decided online, deterministically and with a reason in words.

Two entries are about one event where, from the surest sign down: they name the inspection's days at one place; they
come within days of each other about one place; they tell the same kind of event about one place; they share a rare
figure or a quotation; or their words are much alike. Kinds that differ, weeks apart, are different events.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.fuzz import token_sort_ratio

from bot.model.story import Traces

# Outlets follow each other within days; local papers within weeks.
DAYS_ONE_EVENT = 4
DAYS_ONE_KIND = 30
DAYS_ALIKE = 10
TITLES_ALIKE = 80.0
# Shorter titles (a place's name, "Reports published") are the same for different events.
TITLE_WORDS = 3
WORDS_ALIKE = 3
DAYS_ONE_NATIONAL = 2
SHARE_ALIKE = 0.12


@dataclass(frozen=True, slots=True)
class Choice:
    """The story that an entry joins, and why. `also` are other stories that it would have fitted."""

    story_id: int
    reason: str
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that two entries are about one event; the stronger, the surer."""

    strength: int
    reason: str


def choose_story(traces: Traces, candidates: Sequence[tuple[int, Sequence[Traces]]]) -> Choice | None:
    """The story that the entry joins: the one with the surest sign, the earlier of two; None begins a new one.

    `candidates` are stories as (id, traces of its entries), the earliest first.
    """
    found = [(sign, story) for story, known in candidates if (sign := _best(traces, known)) is not None]
    if not found:
        return None
    sign, story = max(found, key=lambda one: one[0].strength)
    return Choice(story, sign.reason, tuple(other for _, other in found if other != story))


def _best(traces: Traces, known: Sequence[Traces]) -> Sign | None:
    """The surest sign among a story's entries. One entry that tells of another event speaks for the whole story."""
    if any(_different(traces, other) for other in known):
        return None
    signs = [sign for other in known if (sign := same_event(traces, other)) is not None]
    return max(signs, key=lambda one: one.strength, default=None)


def same_event(one: Traces, other: Traces) -> Sign | None:
    """The surest sign that two entries are about one event, or None."""
    if _different(one, other):
        return None
    days = _days_between(one, other)
    if one.institutions and other.institutions:
        return _one_place(one, other, days)
    return _alike(one, other, days)


def _different(one: Traces, other: Traces) -> bool:
    """Whether two entries are certainly about different events."""
    if one.institutions and other.institutions and not set(one.institutions) & set(other.institutions):
        return True
    if one.dates and other.dates and one.dates != other.dates:
        return True
    mine, theirs = _years(one), _years(other)
    if mine and theirs and not mine & theirs:
        return True
    days = _days_between(one, other)
    if days is not None and days > DAYS_ONE_KIND:
        return True
    soon = days is not None and days <= DAYS_ONE_EVENT
    return not soon and bool(one.kind and other.kind and one.kind != other.kind)


def _one_place(one: Traces, other: Traces, days: int | None) -> Sign | None:
    place = ", ".join(sorted(set(one.institutions) & set(other.institutions)))
    if one.dates and one.dates == other.dates:
        return Sign(100, f"the same inspection of {place}")
    if days is not None and days <= DAYS_ONE_EVENT:
        return Sign(90, f"{place}, {days} days apart")
    if days is not None and one.kind == other.kind != "":
        return Sign(80, f"{place}, {one.kind}, {days} days apart")
    if (days is not None or one.kind == other.kind) and _words_alike(one, other, days):
        return Sign(60, f"{place}, {one.kind or 'no kind'}, in like words")
    return _alike(one, other, days)


def _alike(one: Traces, other: Traces, days: int | None) -> Sign | None:
    """What shows one event where no place does: shared figures, quotations, titles or words."""
    if days is not None and days > DAYS_ALIKE:
        return None
    for what, mine, theirs in (
        ("the figure", one.numbers, other.numbers),
        ("the quotation", one.quotations, other.quotations),
    ):
        shared = [found for found in mine if found in theirs]
        if shared:
            return Sign(70, f"both have {what} {shared[0]!r}")
    nowhere = not one.institutions and not other.institutions
    if nowhere and days is not None and days <= DAYS_ONE_NATIONAL and one.kind == other.kind != "":
        return Sign(55, f"{one.kind} about no one place, {days} days apart")
    long_enough = min(len(one.title), len(other.title)) >= TITLE_WORDS
    if long_enough and token_sort_ratio(" ".join(one.title), " ".join(other.title)) >= TITLES_ALIKE:
        return Sign(65, "their titles are much alike")
    if _words_alike(one, other, days):
        return Sign(50, f"both speak of {', '.join(sorted(set(one.words) & set(other.words))[:4])}")
    return None


def _words_alike(one: Traces, other: Traces, days: int | None) -> bool:
    """Whether enough words are shared; fewer will do for one kind or days that touch, more where no day is known."""
    at_once = days is not None and days <= DAYS_ONE_NATIONAL
    least = WORDS_ALIKE - (one.kind == other.kind != "" or at_once) + (days is None)
    shared = len(set(one.words) & set(other.words))
    return shared >= least and shared >= SHARE_ALIKE * min(len(one.words), len(other.words))


def _days_between(one: Traces, other: Traces) -> int | None:
    return abs((one.published - other.published).days) if one.published and other.published else None


def _years(traces: Traces) -> set[str]:
    return {
        word for word in traces.title if len(word) == len("2026") and word.startswith(("19", "20")) and word.isdigit()
    }
