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


class PhraseBook:
    """Phrases by their first word, the longest first. Built once, then only read."""

    def __init__(self, phrases: Iterable[tuple[str, Mark]], classes: Mapping[str, frozenset[str]]) -> None:
        ways: dict[tuple[Slot, ...], dict[Mark, None]] = defaultdict(dict)
        for phrase, mark in phrases:
            for way in spell(phrase, classes):
                ways[way][mark] = None
        first: dict[str, list[tuple[tuple[Slot, ...], tuple[Mark, ...]]]] = defaultdict(list)
        for way, marks in ways.items():
            for word in way[0]:
                first[word].append((way[1:], tuple(marks)))
        self._first = {word: _longest_first(found) for word, found in first.items()}

    def find(self, words: Sequence[str], sentence: int) -> list[Hit]:
        """The phrases in one sentence, from left to right, the longest at each place, none overlapping."""
        hits, position, known = [], 0, self._first
        while position < len(words):
            candidates = known.get(words[position])
            hit = self._at(candidates, words, sentence, position) if candidates else None
            if hit is not None:
                hits.append(hit)
                position = hit.end
            else:
                position += 1
        return hits

    def find_all(self, words: Sequence[str], sentence: int) -> list[Hit]:
        """Every phrase at every place in one sentence: none hides another."""
        return [
            Hit(marks, sentence, start, start + 1 + len(rest))
            for start, word in enumerate(words)
            for rest, marks in self._first.get(word, ())
            if _fits(rest, words[start + 1 : start + 1 + len(rest)])
        ]

    @staticmethod
    def _at(
        candidates: Sequence[tuple[tuple[Slot, ...], tuple[Mark, ...]]],
        words: Sequence[str],
        sentence: int,
        start: int,
    ) -> Hit | None:
        marks: list[Mark] = []
        length = 0
        for rest, found in candidates:
            if marks and len(rest) < length:
                break
            tail = words[start + 1 : start + 1 + len(rest)]
            if _fits(rest, tail):
                length = len(rest)
                marks += [mark for mark in found if mark not in marks]
        return Hit(tuple(marks), sentence, start, start + 1 + length) if marks else None


def _fits(slots: Sequence[Slot], words: Sequence[str]) -> bool:
    return len(words) == len(slots) and all(word in slot for word, slot in zip(words, slots, strict=True))


def _longest_first(
    found: list[tuple[tuple[Slot, ...], tuple[Mark, ...]]],
) -> tuple[tuple[tuple[Slot, ...], tuple[Mark, ...]], ...]:
    return tuple(sorted(found, key=lambda one: -len(one[0])))
