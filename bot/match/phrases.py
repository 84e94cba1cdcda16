"""A phrase book: many phrases found in one walk over the words, the longest at each place, none inside another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

Slot = frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a phrase stands for: a group of the pack, or a place by name (`place` is its id, `strength` how sure)."""

    group: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found: its marks, sentence number, first word and the word after its last."""

    marks: tuple[Mark, ...]
    sentence: int
    start: int
    end: int


def spell(phrase: str, classes: Mapping[str, frozenset[str]]) -> list[tuple[Slot, ...]]:
    """The ways to say a phrase: "a|b" is a choice, "c?" may be absent, "<name>" is a class of words."""
    ways: list[tuple[Slot | None, ...]] = []
    for word in phrase.split():
        slot = _slot(word.rstrip("?"), classes)
        ways.append((slot, None) if word.endswith("?") else (slot,))
    return [found for way in product(*ways) if (found := tuple(slot for slot in way if slot is not None))]


def _slot(word: str, classes: Mapping[str, frozenset[str]]) -> Slot:
    choices: set[str] = set()
    for one in word.split("|"):
        choices |= classes[one[1:-1]] if one.startswith("<") else {one}
    return frozenset(choices)


Tail = tuple[tuple[Slot, ...], tuple[Mark, ...]]


@dataclass(frozen=True, slots=True)
class Starts:
    """What may follow a first word: tails by their first word, the longest first, and the marks of the word alone."""

    tails: Mapping[str, tuple[Tail, ...]]
    alone: tuple[Mark, ...]


class PhraseBook:
    """Phrases by their first two words, the longest first. Built once, then only read."""

    def __init__(self, phrases: Iterable[tuple[str, Mark]], classes: Mapping[str, frozenset[str]]) -> None:
        ways: dict[tuple[Slot, ...], dict[Mark, None]] = defaultdict(dict)
        for phrase, mark in phrases:
            for way in spell(phrase, classes):
                ways[way][mark] = None
        first: dict[str, list[Tail]] = defaultdict(list)
        for way, marks in ways.items():
            tail = (way[1:], tuple(marks))
            for word in way[0]:
                first[word].append(tail)
        self._first = {word: _starts(found) for word, found in first.items()}

    def find(self, words: Sequence[str], sentence: int) -> list[Hit]:
        """The phrases in one sentence, from left to right, the longest at each place, none overlapping."""
        hits, position, known = [], 0, self._first
        while position < len(words):
            starts = known.get(words[position])
            hit = self._at(starts, words, sentence, position) if starts else None
            if hit is not None:
                hits.append(hit)
                position = hit.end
            else:
                position += 1
        return hits

    def find_all(self, words: Sequence[str], sentence: int) -> list[Hit]:
        """Every phrase at every place in one sentence: none hides another."""
        hits = []
        for start, word in enumerate(words):
            starts = self._first.get(word)
            if starts is None:
                continue
            for rest, marks in _tails(starts, words, start):
                if _fits(rest, words, start + 1):
                    hits.append(Hit(marks, sentence, start, start + 1 + len(rest)))
            if starts.alone:
                hits.append(Hit(starts.alone, sentence, start, start + 1))
        return hits

    @staticmethod
    def _at(starts: Starts, words: Sequence[str], sentence: int, start: int) -> Hit | None:
        marks: list[Mark] = []
        length = 0
        for rest, found in _tails(starts, words, start):
            if marks and len(rest) < length:
                break
            if _fits(rest, words, start + 1):
                length = len(rest)
                marks += [mark for mark in found if mark not in marks]
        told = tuple(marks) or starts.alone
        return Hit(told, sentence, start, start + 1 + length) if told else None


def _tails(starts: Starts, words: Sequence[str], start: int) -> tuple[Tail, ...]:
    """The tails that the word after `start` may begin."""
    return starts.tails.get(words[start + 1], ()) if start + 1 < len(words) else ()


def _fits(slots: Sequence[Slot], words: Sequence[str], start: int) -> bool:
    if start + len(slots) > len(words):
        return False
    for offset, slot in enumerate(slots, start):  # noqa: SIM110 - asked at every word: a generator takes twice as long
        if words[offset] not in slot:
            return False
    return True


def _starts(found: Sequence[Tail]) -> Starts:
    tails: dict[str, list[Tail]] = defaultdict(list)
    alone: dict[Mark, None] = {}
    for tail in sorted(found, key=lambda one: -len(one[0])):
        for word in tail[0][0] if tail[0] else ():
            tails[word].append(tail)
        if not tail[0]:
            alone |= dict.fromkeys(tail[1])
    return Starts({word: tuple(some) for word, some in tails.items()}, tuple(alone))
