"""The names of the campaign's places, as a plain value that a worker process can be given."""

import re
from dataclasses import dataclass

from bot.campaign import Pack
from bot.campaign.pack import Scope

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`names` maps what a place is called, in lower case, to its id; the longest names first."""

    names: tuple[tuple[str, str], ...]

    def find_places(self, text: str) -> tuple[str, ...]:
        """The ids of the places named, in the order of their first mention."""
        plain = _SPACES.sub(" ", text.lower().replace("’", "'"))
        found: dict[str, int] = {}
        for name, place in self.names:
            match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain)
            if match:
                found[place] = min(found.get(place, match.start()), match.start())
        return tuple(sorted(found, key=lambda place: found[place]))


def make_lexicon(pack: Pack) -> Lexicon:
    """The names by which the campaign's own places are known for sure."""
    pairs = {
        (name.lower(), place.id)
        for place in pack.institutions
        if place.scope is Scope.OURS
        for name in (place.name, *place.names, *place.telling)
    }
    return Lexicon(tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair))))
