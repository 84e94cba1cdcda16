"""The verdict: signals are found, rules weigh them, and the evidence is kept in words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

from bot.campaign.pack import Group, Pack, Tag
from bot.match.gate import Gate
from bot.match.gazetteer import Gazetteer, name_phrases
from bot.match.links import split_link
from bot.match.phrases import Hit, Mark, PhraseBook
from bot.match.rules import fire
from bot.match.signals import Signals
from bot.match.sources import SourceKinds
from bot.match.text import Sentence, plain, sentences, words
from bot.match.traces import Tracer
from bot.model.entry import Entry
from bot.model.feed import FeedKind
from bot.model.story import Outcome, Traces, Verdict

# A page's opening says what it is about; further down it speaks of other things too.
PAGE_SENTENCES = 40
# A page of fewer sentences was hardly read: it may be a menu, or a wall.
PAGE_READ = 3
SHORT_TITLE = 4
ORDER = (Outcome.IGNORE, Outcome.REVIEW, Outcome.ALERT)


class Matcher:
    """Judges entries by a pack. Built once (the pack is compiled), then pure: the same entry, the same verdict."""

    def __init__(self, pack: Pack) -> None:
        self.pack, self._terms = pack, pack.terms
        # Groups that only tell topics and kinds never hide those that decide; the gate's own are for the gate alone.
        aside, gate = _aside(pack)
        deciding = _phrases(group for group in pack.terms.groups if group.name not in aside | gate)
        self._book = PhraseBook((*deciding, *name_phrases(pack.institutions)), pack.terms.classes)
        self._tags = PhraseBook(
            _phrases(group for group in pack.terms.groups if group.name in aside), pack.terms.classes
        )
        self._fields = {group.name: group.fields for group in pack.terms.groups}
        self._gazetteer = Gazetteer(pack)
        self._kinds = SourceKinds(pack.terms.sources)
        self._gate = Gate(pack)
        self._tracer = Tracer(pack)

    def judge(self, entry: Entry, page_text: str = "") -> Verdict:
        """What the entry is to the campaign.

        `page_text`, the words of the page it links to, decides what its own words leave open (`review`), and adds what
        it says of sensitive matters.
        """
        own = sentences(entry.title, "title") + sentences(entry.summary, "summary")
        page = sentences(page_text, "page")
        verdict = self._judge(entry, own)
        if verdict.outcome is Outcome.REVIEW and page:
            verdict = self._judge(entry, own + page[:PAGE_SENTENCES])
        return self._marked(verdict, own + page, f"{entry.title}. {entry.summary}. {page_text}")

    def trace(self, entry: Entry, verdict: Verdict, seen: date | None = None) -> Traces:
        """What the entry leaves behind by which others about the same event are known.

        `seen`, the day on which it was first seen, stands for its date where neither its feed nor its address has one.
        """
        parts = sentences(entry.title, "title") + sentences(entry.summary, "summary")
        signals = self._signals(entry, parts)
        self._find(self._tags, signals)
        self._note_entry(signals, entry, entry.kind or self._kinds.find(entry))
        if verdict.institutions:
            signals.add("place", Hit((), len(parts), 0, 0))
        return self._tracer.trace(entry, verdict, signals, seen)

    def _judge(self, entry: Entry, parts: list[Sentence]) -> Verdict:
        signals = self._signals(entry, parts)
        kind = entry.kind or self._kinds.find(entry)
        self._note_entry(signals, entry, kind)
        day = entry.published_at.date() if entry.published_at else None
        places = self._gazetteer.settle(signals, day, f"{entry.title}. {entry.summary}")
        fired = [(rule, one) for rule in self._terms.rules if (one := fire(rule, signals, kind)) is not None]
        score = round(sum(one.weight for _, one in fired), 2)
        outcome = min([self._by_score(score), *(rule.cap for rule, _ in fired if rule.cap)], key=ORDER.index)
        evidence = tuple(sorted((one for _, one in fired), key=lambda one: -abs(one.weight)))
        if outcome is Outcome.IGNORE:
            return Verdict(outcome=outcome, score=score, institutions=places, evidence=evidence)
        self._find(self._tags, signals)
        places = places or self._gazetteer.list_hinted(signals)
        return Verdict(
            outcome=outcome,
            score=score,
            topics=tuple(_tagged(self._terms.topics, signals)),
            institutions=places,
            nation=self._nation(places, signals),
            evidence=evidence,
        )

    def _by_score(self, score: float) -> Outcome:
        if score >= self._terms.alert_at:
            return Outcome.ALERT
        return Outcome.REVIEW if score >= self._terms.review_at else Outcome.IGNORE

    def _signals(self, entry: Entry, parts: Sequence[Sentence]) -> Signals:
        path = words(plain(re.sub(r"[-_/.]+", " ", unquote(split_link(entry.url).path))))
        categories = (Sentence("category", words(plain(one))) for one in entry.categories)
        signals = Signals([*parts, *categories, Sentence("url", path)])
        self._find(self._book, signals)
        return signals

    def _find(self, book: PhraseBook, signals: Signals) -> None:
        for number, sentence in enumerate(signals.sentences):
            for hit in book.find(sentence.words, number):
                self._note(signals, hit, sentence.field)

    def _note(self, signals: Signals, hit: Hit, field: str) -> None:
        for mark in hit.marks:
            if mark.place and field not in {"url", "category"}:
                signals.add_name(mark, hit)
            elif not mark.place and field in self._fields[mark.group]:
                signals.add(mark.group, hit)

    @staticmethod
    def _note_entry(signals: Signals, entry: Entry, kind: FeedKind | None) -> None:
        """Add what is true of the entry as a whole: who speaks, and whether it says anything."""
        nowhere = Hit((), len(signals.sentences), 0, 0)
        if sum(sentence.field == "page" for sentence in signals.sentences) >= PAGE_READ:
            signals.add("page_read", nowhere)
        if signals.silent:
            signals.add("silent", nowhere)
        if len(words(plain(entry.title))) <= SHORT_TITLE:
            signals.add("short_title", nowhere)
        if kind is not None:
            signals.add(f"from_{kind}", nowhere)

    def _nation(self, places: Sequence[str], signals: Signals) -> str | None:
        for place in places:
            known = self.pack.find_institution(place)
            if known is not None and known.nation:
                return known.nation
        return next(_tagged(self._terms.nations, signals), None)

    def _marked(self, verdict: Verdict, parts: Sequence[Sentence], text: str) -> Verdict:
        """The verdict, with what makes the entry sensitive; nothing is asked of what is not the campaign's."""
        found = None if verdict.outcome is Outcome.IGNORE else self._gate.find(parts, text)
        if found is None:
            return verdict
        return replace(verdict, sensitive=True, sensitive_reason=found.rule, evidence=(*verdict.evidence, found))


def _aside(pack: Pack) -> tuple[set[str], set[str]]:
    """The groups of topics, kinds and nations, and those of the gate alone; no rule or place asks for them."""
    terms = pack.terms
    tags = {group for tag in (*terms.topics, *terms.kinds, *terms.nations) for item in tag.all for group in item}
    gate = {group for rule in terms.sensitive for item in (*rule.all, rule.unless) for group in item}
    deciding = {group for rule in terms.rules for item in (*rule.all, rule.unless) for group in item}.union(
        *(one.needs + one.needs_after + one.reports for one in pack.institutions)
    )
    aside = (tags | set(terms.general) | set(terms.everywhere)) - deciding
    return aside, gate - aside - deciding


def _phrases(groups: Iterable[Group]) -> Iterator[tuple[str, Mark]]:
    for group in groups:
        for phrase in group.phrases:
            yield phrase, Mark(group.name)


def _tagged(tags: Iterable[Tag], signals: Signals) -> Iterator[str]:
    for tag in tags:
        if all(signals.any(item) for item in tag.all):
            yield tag.name
