"""Clustering: which story an entry belongs to, decided online, deterministically and with a reason in words.

Two entries are about one event where, from the surest sign down: they name the inspection's days at one place; they
come within days of each other about one place; they tell the same kind of event about one place; they share a rare
figure or a quotation; or their words are much alike. Kinds that differ, weeks apart, are different events.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from rapidfuzz.fuzz import token_set_ratio

from bot.model.story import Traces

DAYS_ONE_EVENT = 4
DAYS_SAME_KIND = 30
DAYS_ALIKE = 10
TITLES_ALIKE = 82
SHARED_WORDS = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """The story that an entry joins, and why. `also` are other stories that it would have fitted."""

    story_id: int
    reason: str
    also: tuple[int, ...] = ()


def choose_story(traces: Traces, candidates: Sequence[tuple[int, Sequence[Traces]]]) -> Choice | None:
    """The story that the entry joins: the one with the surest sign, the earlier of two; None begins a new one.

    `candidates` are stories as (id, traces of its entries), the earliest first.
    """
    found = [(sign, story) for story, known in candidates if (sign := _best(traces, known)) is not None]
    if not found:
        return None
    sign, story = max(found, key=lambda one: one[0].strength)
    return Choice(story, sign.reason, tuple(other for _, other in found if other != story))


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that two entries are about one event."""

    strength: int
    reason: str


def _best(traces: Traces, known: Sequence[Traces]) -> Sign | None:
    signs = [sign for other in known if (sign := same_event(traces, other)) is not None]
    return max(signs, key=lambda one: one.strength, default=None)


def same_event(one: Traces, other: Traces) -> Sign | None:
    """The surest sign that two entries are about one event, or None."""
    return None
