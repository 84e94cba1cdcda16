"""The gate for what is sensitive: which entries wait for a person whatever their verdict. It has no switch."""

import re
from collections.abc import Iterator, Sequence

from bot.campaign.pack import Group, Pack
from bot.match.phrases import Mark, PhraseBook
from bot.match.rules import fire
from bot.match.signals import Signals
from bot.match.text import Sentence, plain
from bot.model.entry import Entry
from bot.model.story import Evidence

# "Sam Example, 15, ..." or "Sam was just 15 when ...": the word before, and the age.
_NAMED = re.compile(
    r"([^\W\d_]+)(?:,| who was| was| is| \(|(?= aged ))(?: (?:just|only|aged|then))? ?(\d\d)\)?"
    r"(?=[,.;)]| who\b| was\b| died\b| when\b| from\b|$)"
)


class Gate:
    """Reads with a phrase book of its own, so that no word of the campaign hides what matters here."""

    def __init__(self, pack: Pack) -> None:
        self._terms = terms = pack.terms
        self._groups = {group.name: group for group in _read(pack)}
        phrases = ((phrase, Mark(group.name)) for group in self._groups.values() for phrase in group.phrases)
        self._book = PhraseBook(phrases, terms.classes)
        everything = ((phrase, Mark(group.name)) for group in terms.groups for phrase in group.phrases)
        self._known = PhraseBook(everything, terms.classes)

    def find(self, entry: Entry, parts: Sequence[Sentence]) -> Evidence | None:
        """What makes an entry sensitive, the gravest first; its `rule` is the reason. None where nothing does."""
        signals = Signals(parts)
        for number, sentence in enumerate(parts):
            for hit in self._book.find(sentence.words, number):
                for mark in hit.marks:
                    if sentence.field in self._groups[mark.group].fields:
                        signals.add(mark.group, hit)
        fired = (fire(rule, signals, None) for rule in self._terms.sensitive)
        return next((one for one in fired if one is not None), None) or self._named(f"{entry.title}. {entry.summary}")

    def _named(self, text: str) -> Evidence | None:
        """A name followed by an age of the class `named_with`: one person who can be identified."""
        ages = self._terms.classes.get(self._terms.named_with or "", frozenset())
        for found in _NAMED.finditer(plain(text)):
            name, age = found[1], found[2]
            if age in ages and name not in self._terms.noise and not self._known.find((name,), 0):
                return Evidence(rule=self._terms.named_reason, words=f"a name and an age: {found[0]}", weight=0.0)
        return None


def _read(pack: Pack) -> Iterator[Group]:
    """The groups that the sensitive rules ask for, and the general phrases that may hide words from them."""
    asked = {group for rule in pack.terms.sensitive for item in (*rule.all, rule.unless) for group in item}
    yield from (group for group in pack.terms.groups if group.name in asked | set(pack.terms.general))
