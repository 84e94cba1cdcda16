"""What a reviewer chooses for a story's alert before it is published: which of its source's sentences, and the ask."""

from dataclasses import dataclass
from typing import Final

NOTHING: Final = ""
"""The ask of an alert that asks for nothing; None is what the campaign's pack would ask."""
MOST_SENTENCES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A choice that is being made, by one person, on one card. `chosen` are numbers of the source's sentences.

    `base` is the hash of the finding that it began from: where that is another by now, the choice is void.
    """

    id: int
    story_id: int
    card_id: int
    editor_id: int
    chosen: tuple[int, ...]
    ask: str | None
    base: str

    def toggled(self, number: int) -> tuple[int, ...]:
        """The sentences with this one in or out, in the source's order; at most as many as one alert takes."""
        if number in self.chosen:
            return tuple(one for one in self.chosen if one != number)
        return (
            tuple(sorted((*self.chosen, number)))[:MOST_SENTENCES] if len(self.chosen) < MOST_SENTENCES else self.chosen
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """An edit with what can be chosen: the source's sentences, and asks as (id, label); none where none may be."""

    edit: Edit
    sentences: tuple[str, ...]
    asks: tuple[tuple[str, str], ...]
