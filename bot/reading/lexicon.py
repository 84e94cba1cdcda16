"""What reading knows of the campaign, its places' names and its sources, as a value that a worker can be given."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256

from bot.campaign import Pack
from bot.campaign.pack import Terms
from bot.match.gazetteer import Gazetteer, name_phrases
from bot.match.phrases import Mark, PhraseBook
from bot.match.signals import Signals
from bot.match.sources import SourceKinds
from bot.match.text import sentences
from bot.model.entry import Entry
from bot.model.feed import FeedKind


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The part of a pack that reading needs; equal where `key`, its fingerprint, is.

    `speaker` is whose pages those are whose address the pack does not know.
    """

    key: str
    pack: Pack = field(compare=False, repr=False)
    speaker: FeedKind | None = field(default=None, compare=False)

    def find_places(self, text: str, day: date | None = None) -> tuple[str, ...]:
        """The ids of the campaign's places that a text names, in the order of their first mention.

        A weak name counts where the text says what kind of place it speaks of, and the name of a closed place where it
        looks back or is of a `day` at which the place was open.
        """
        return _index(self).find(text, day)

    def find_source(self, url: str) -> FeedKind | None:
        """Whose page this is, by its address; by who speaks in its feed, where the pack does not know that."""
        return _index(self).sources.find(Entry(id=url, url=url, title="")) or self.speaker


def make_lexicon(pack: Pack) -> Lexicon:
    """The names by which the campaign's places are known, and what shows that they are meant."""
    needed = {group for place in pack.institutions for group in (*place.needs, *place.needs_after)}
    terms = Terms(
        review_at=0,
        alert_at=0,
        groups=tuple(group for group in pack.terms.groups if group.name in needed),
        classes=pack.terms.classes,
        rules=(),
        sources=pack.terms.sources,
    )
    kept = Pack(name=pack.name, title=pack.title, institutions=pack.institutions, terms=terms)
    known = repr(
        (
            kept.institutions,
            terms.groups,
            sorted((name, sorted(some)) for name, some in terms.classes.items()),
            terms.sources,
        )
    )
    return Lexicon(sha256(known.encode()).hexdigest(), kept)


class Index:
    """A lexicon ready for use; a worker keeps the last one."""

    def __init__(self, pack: Pack) -> None:
        groups = ((phrase, Mark(group.name)) for group in pack.terms.groups for phrase in group.phrases)
        self._book = PhraseBook((*groups, *name_phrases(pack.institutions)), pack.terms.classes)
        self._gazetteer = Gazetteer(pack)
        self.sources = SourceKinds(pack.terms.sources)

    def find(self, text: str, day: date | None) -> tuple[str, ...]:
        """See Lexicon.find_places."""
        parts = sentences(text, "page")
        signals = Signals(parts)
        for number, sentence in enumerate(parts):
            for hit in self._book.find(sentence.words, number):
                for mark in hit.marks:
                    signals.add_name(mark, hit) if mark.place else signals.add(mark.group, hit)
        return self._gazetteer.settle(signals, day)


@lru_cache(maxsize=1)
def _index(lexicon: Lexicon) -> Index:
    return Index(lexicon.pack)
