"""Similar stories: what a person may want to look at before they decide, however little shows that it is one event."""

from collections.abc import Sequence
from typing import Final

from bot.match.cluster import ONE_KIND, same_event
from bot.match.likeness import shared
from bot.match.shelf import Shelf
from bot.model.story import Traces

SHOWN: Final = 3
WORDS: Final = 3
"""Stories that share fewer words, and nothing surer, are not alike."""


def list_similar(traces: Traces, shelf: Shelf, but: int, limit: int = SHOWN) -> tuple[int, ...]:
    """The ids of the stories likest to an entry, the likest first, of two alike the earlier; never story `but`."""
    near = [(likeness(traces, known), story_id) for story_id, known in shelf.near(traces, ONE_KIND) if story_id != but]
    ranked = sorted((one for one in near if one[0]), key=lambda one: (-one[0], one[1]))
    return tuple(story_id for _, story_id in ranked[:limit])


def likeness(traces: Traces, known: Sequence[Traces]) -> int:
    """How like an entry is to a story: the strength of the surest sign, else the number of words that both have."""
    return max((strength(traces, other) for other in known), default=0)


def strength(one: Traces, other: Traces) -> int:
    """The same of two entries. Words count for less than the weakest sign."""
    sign = same_event(one, other)
    if sign is not None:
        return sign.strength
    words = shared(one, other)
    return min(words, 30) if words >= WORDS else 0
