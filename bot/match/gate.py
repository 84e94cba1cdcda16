"""The gate for what is sensitive: which entries wait for a person whatever their verdict. It has no switch."""

import re
from collections.abc import Iterator, Sequence

from bot.campaign.pack import Group, Pack
from bot.match.gazetteer import name_phrases
from bot.match.phrases import Hit, Mark, PhraseBook
from bot.match.rules import fire
from bot.match.signals import Signals
from bot.match.text import Sentence, plain
from bot.model.story import Evidence

# Each word is tried once, so that no text is slow to read.
_NAME = r"(?<![^\W_])([^\W\d_]++(?:'[^\W\d_]++)?)"
# "Sam Example, 15, ..." or "Sam was just 15 when ...": the word before, and the age.
_NAMED = (
    _NAME + r"(?:\.?,? who (?:was|is|had|has)| was| is|\.?,|\.? \(|\.? -|(?= aged? ))"
    r"(?: ?\b(?:just|only|aged?|then|now|turned|a|an|the)\b){0,4} ?(?:AGE)\b\)?"
    r"(?=[,.;:)]|[ -](?:year|yr)s?[ -]old\b| -|$"
    r"| (?:who|was|is|has|had|died|when|from|at|in|of|and|told|tells|says|said|spent)\b)"
)
_SO_OLD = _NAME + r" aged (?:AGE)\b(?! (?:to|and|or|years)\b| ?-)"
# "15-year-old Sam Example": the age, and the word after.
_AGED = r"\b(?:AGE)[ -]?(?:(?:year|yr)s?[ -]old|y/?o),? [\"(]?" + _NAME


class Gate:
    """Reads with a phrase book of its own, so that no word of the campaign hides what matters here.

    Nor do its own phrases hide one another: only a longer phrase of a general group hides what is inside it.
    """

    def __init__(self, pack: Pack) -> None:
        self._terms = terms = pack.terms
        self._groups = {group.name: group for group in _read(pack)}
        phrases = ((phrase, Mark(group.name)) for group in self._groups.values() for phrase in group.phrases)
        self._book = PhraseBook(phrases, terms.classes)
        everything = ((phrase, Mark(group.name)) for group in terms.groups for phrase in group.phrases)
        self._known = PhraseBook((*everything, *name_phrases(pack.institutions)), terms.classes)
        ages = "|".join(sorted(terms.classes.get(terms.named_with or "", ())))
        self._age = re.compile(rf"\b(?:{ages or '(?!)'})")
        self._people = [re.compile(one.replace("AGE", ages)) for one in (_NAMED, _SO_OLD, _AGED)]

    def find(self, parts: Sequence[Sentence], text: str) -> Evidence | None:
        """What makes an entry sensitive, the gravest first; its `rule` is the reason. None where nothing does.

        `parts` are its sentences, `text` the same words as they were written.
        """
        signals = Signals(parts)
        for number, sentence in enumerate(parts):
            for mark, hit in self._heard(sentence, number):
                signals.add(mark.group, hit)
        fired = (fire(rule, signals, None) for rule in self._terms.sensitive)
        return next((one for one in fired if one is not None), None) or self._named(plain(text))

    def _heard(self, sentence: Sentence, number: int) -> Iterator[tuple[Mark, Hit]]:
        """The marks of a sentence that count in its part of the entry and that no general phrase takes in."""
        hits = self._book.find_all(sentence.words, number)
        general = [hit for hit in hits if any(mark.group in self._terms.general for mark in hit.marks)]
        for hit in hits:
            if not any(_inside(hit, one) for one in general):
                yield from ((mark, hit) for mark in hit.marks if sentence.field in self._groups[mark.group].fields)

    def _named(self, text: str) -> Evidence | None:
        """A name beside an age of the class `named_with`: one person who can be identified."""
        patterns = self._people if self._age.search(text) else ()
        for found in (found for pattern in patterns for found in pattern.finditer(text)):
            if self._may_be_name(found[1].removesuffix("'s")):
                return Evidence(rule=self._terms.named_reason, words=f"a name and an age: {found[0]}", weight=0.0)
        return None

    def _may_be_name(self, word: str) -> bool:
        """Whether a word is none that the pack knows; one letter may be an initial."""
        ordinary = word in self._terms.noise or word in self._terms.not_names
        return len(word) == 1 or not (ordinary or self._known.find((word,), 0))


def _inside(hit: Hit, general: Hit) -> bool:
    """Whether a hit is a part of a longer one."""
    return general.start <= hit.start and hit.end <= general.end and hit.end - hit.start < general.end - general.start


def _read(pack: Pack) -> Iterator[Group]:
    """The groups that the sensitive rules ask for, and the general phrases that may hide words from them."""
    asked = {group for rule in pack.terms.sensitive for item in (*rule.all, rule.unless) for group in item}
    yield from (group for group in pack.terms.groups if group.name in asked | set(pack.terms.general))
