"""Signals: which groups of the pack were found where in an entry."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bot.match.phrases import Hit, Mark
from bot.match.text import Sentence


class Signals:
    """The hits of one entry by group. Rules ask it; the gazetteer adds what names mean."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = sentences
        self._hits: dict[str, list[Hit]] = defaultdict(list)
        self._places: dict[str, list[tuple[Mark, Hit]]] = defaultdict(list)

    def add(self, group: str, hit: Hit) -> None:
        """Note a hit of a group."""
        self._hits[group].append(hit)

    def add_name(self, mark: Mark, hit: Hit) -> None:
        """Note a place's name."""
        self._places[mark.group].append((mark, hit))

    def places(self, strength: str) -> Sequence[tuple[Mark, Hit]]:
        """The names of that strength."""
        return tuple(self._places.get(strength, ()))

    def any(self, groups: Iterable[str]) -> bool:
        """Whether one of the groups was found."""
        return any(group in self._hits for group in groups)

    def of(self, groups: Iterable[str]) -> Iterator[Hit]:
        """The hits of any of the groups."""
        for group in groups:
            yield from self._hits.get(group, ())

    def words_of(self, hit: Hit) -> str:
        """The words that a hit covers; none for what is true of the whole entry."""
        return (
            ""
            if hit.sentence >= len(self.sentences)
            else " ".join(self.sentences[hit.sentence].words[hit.start : hit.end])
        )

    def word_before(self, hit: Hit) -> str:
        """The word that stands before a hit in its sentence; empty where it begins it."""
        return self.sentences[hit.sentence].words[hit.start - 1] if hit.start else ""

    def field_of(self, hit: Hit) -> str:
        """The part of the entry that a hit is in."""
        return self.sentences[hit.sentence].field if hit.sentence < len(self.sentences) else ""

    @property
    def silent(self) -> bool:
        """Whether nothing at all was found."""
        return not self._hits and not self._places
