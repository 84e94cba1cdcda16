"""What a person asks for in a few words: phrases to search for, and places and topics however they are spelt."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.fuzz import ratio

from bot.campaign.pack import Institution, Pack, Scope
from bot.match.text import plain, words

PHRASES: Final = 10
"""More phrases than this narrow a search no further."""
LONGEST_NAME: Final = 4
"""Words; no name that people use for a place is longer."""
ALIKE: Final = 88.0
"""From here on a word in a sentence is a place's name misspelt (per cent, rapidfuzz's ratio)."""
CLOSE: Final = 78.0
"""The same where nothing but a name is asked for."""
EXACT: Final = 101.0
"""More than any likeness: this is what it is called."""
FUZZY_FROM: Final = 6
"""Letters; a shorter name in a sentence must be spelt right: "only" is not Onley."""
GENERIC_FROM: Final = 3
"""A word in this many places' names says what they are, not which one."""
NEAREST: Final = 4
BEGUN_FROM: Final = 3
"""Letters; from here on the beginning of a place's name may say which one is meant."""
SMALL: Final = words(
    "a an and are as at be been but by for from had has have he her his if in is it its of on or she so that the their "
    "them they this to was were will with"
)
"""English words that say nothing alone; what is searched is English."""

_QUOTED: Final = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Asked:
    """Phrases of plain words beside the place (its id) that was named, if any; in `whole` its name is among them."""

    phrases: tuple[str, ...]
    place: str | None = None
    whole: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """Ids of the places that a name fits, the best first; where none does, the nearest ones."""

    fitting: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()


class Asking:
    """Reads questions with the campaign's names. Built once, then only read."""

    def __init__(self, pack: Pack) -> None:
        ours = [one for one in pack.institutions if one.scope is Scope.OURS]
        seen = Counter(word for one in ours for word in set(name_words(one.name)))
        self._generic = {word for word, times in seen.items() if times >= GENERIC_FROM}
        self._names = {one.id: tuple(dict.fromkeys(self._names_of(one))) for one in ours}
        self._topics = {
            tag.name: [name_words(label) for label in (tag.label, *tag.labels.values())] for tag in pack.terms.topics
        }

    def _names_of(self, place: Institution) -> Iterator[str]:
        full = name_words(place.name)
        own = [word for word in full if word not in self._generic]
        yield " ".join(own or full)
        yield " ".join(full)
        for name in (*place.weak, *place.names):
            if not re.search(r"[|?<]", name):
                yield name

    def read(self, text: str) -> Asked:
        """A search as phrases. What stands in quotes is one and names no place; signs and small words are left out."""
        asked = plain(text)
        quoted = [found for part in _QUOTED.findall(asked) if (found := " ".join(words(part)))]
        loose = list(words(_QUOTED.sub(" ", asked)))
        place, rest = self._take_place(loose)
        return Asked(telling(quoted, rest), place, telling(quoted, loose))

    def _take_place(self, loose: Sequence[str]) -> tuple[str | None, list[str]]:
        """The place that a run of words names, and the words without it; the longest name wins."""
        for size in range(LONGEST_NAME, 0, -1):
            for start in range(len(loose) - size + 1):
                place = self._named(" ".join(loose[start : start + size]))
                if place is not None:
                    return place, [*loose[:start], *loose[start + size :]]
        return None, list(loose)

    def _named(self, run: str) -> str | None:
        scored = [(alike(run, name), place) for place, names in self._names.items() for name in names]
        score, place = max(scored, default=(0.0, ""))
        return place if score >= ALIKE else None

    def find_places(self, name: str) -> Candidates:
        """The places that a name fits: as it is, by its telling words, or misspelt."""
        asked = [word for word in name_words(name) if word not in SMALL]
        own = [word for word in asked if word not in self._generic] or list(asked)
        scored = {place: self._fit(" ".join(asked), own, names) for place, names in self._names.items()}
        ranked = sorted(scored, key=lambda place: (-scored[place], place))
        exact = [place for place in ranked if scored[place] == EXACT]
        fitting = exact or [place for place in ranked if scored[place] >= CLOSE]
        return Candidates(tuple(fitting), () if fitting else tuple(ranked[:NEAREST]))

    def _fit(self, whole: str, own: Sequence[str], names: Sequence[str]) -> float:
        """How well a name fits a place, up to 100; more where it is one of its names."""
        if not own:
            return 0.0
        if whole in names or " ".join(own) in names:
            return EXACT
        return max(max(ratio(" ".join(own), name), mean_of_words(own, name.split())) for name in names)

    def find_begun(self, name: str) -> str | None:
        """The one place whose telling words begin so; None where none or several do."""
        begun = " ".join(name_words(name))
        fitting = [place for place, names in self._names.items() if names[0].startswith(begun)]
        return fitting[0] if len(fitting) == 1 and len(begun) >= BEGUN_FROM else None

    def find_topic(self, name: str) -> str | None:
        """The topic that a name fits in any language, by its telling words, or misspelt."""
        asked = [word for word in words(plain(name)) if word not in SMALL]
        scored = {
            topic: max(mean_of_words(asked, label) for label in labels)
            for topic, labels in self._topics.items()
            if asked
        }
        best = max(scored, key=lambda topic: scored[topic], default=None)
        return best if best is not None and scored[best] >= CLOSE else None


def telling(quoted: Sequence[str], loose: Sequence[str]) -> tuple[str, ...]:
    """What to search for: all that was quoted, and of loose words those that say something; each once."""
    return tuple(dict.fromkeys([*quoted, *(word for word in loose if word not in SMALL)]))[:PHRASES]


def name_words(name: str) -> tuple[str, ...]:
    """A name's words."""
    return words(plain(name))


def alike(run: str, name: str) -> float:
    """How alike a run of words is to a name; a short name, or one that begins otherwise, is it or is not."""
    if run == name:
        return 100.0
    if min(len(run), len(name)) < FUZZY_FROM or run[0] != name[0]:
        return 0.0
    return ratio(run, name)


def mean_of_words(asked: Sequence[str], name: Sequence[str]) -> float:
    """How well each word that was asked for is met by one of a name's, on average."""
    return sum(max((ratio(word, other) for other in name), default=0.0) for word in asked) / len(asked)
