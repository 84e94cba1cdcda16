"""Traces: what an entry leaves behind by which other entries about the same event are known."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import unquote

from bot.campaign.pack import Pack, Tag
from bot.match.links import split_link
from bot.match.signals import Signals
from bot.match.text import MONTHS, plain, stem, words
from bot.match.writing import Writing
from bot.model.entry import Entry
from bot.model.story import Traces, Verdict

_MONTH = r"([a-z]{3})[a-z]*"
_SPAN = re.compile(rf"\b(\d{{1,2}})(?: {_MONTH})?(?: (\d{{4}}))? ?(?:-|to|and) ?(\d{{1,2}}) {_MONTH},? (\d{{4}})\b")
_QUOTED = re.compile(r"\"([^\"]{8,300})\"|(?<!\w)'((?:[^']|(?<=\w)'(?=\w)){8,300})'(?!\w)")
# What a law or a report numbers is no figure.
_FIGURE = re.compile(r"(?<!article )(?<!section )(?<!page )(?<![\w.£$])(\d{2,6})(?![\w.]) ([a-z]{3,})")
_PATH_DAY = re.compile(rf"/((?:19|20)\d\d)[/-](\d\d|{'|'.join(MONTHS)})(?:[/-](\d\d?))?(?=[/-]|$)")
MID_MONTH = 15
LONG_WORD = 3
# Small figures, and hours and days, are shared by stories that have nothing else in common.
RARE = 30
COMMON_NOUNS = frozenset({"hours", "hour", "days", "day", "year", "years", "per", "and", "percent"})
_YEARS = range(1950, 2051)
# A shorter quotation may be a common phrase; one word in quotation marks is only a headline's habit.
QUOTED_WORDS = 3
# An address of fewer words is a name or a number; of more it is a headline, often the first that was written.
SLUG_WORDS = 4


class Tracer:
    """Takes the traces of entries by one pack."""

    def __init__(self, pack: Pack) -> None:
        self._names = {place.id: frozenset(map(stem, words(plain(place.name)))) for place in pack.institutions}
        self._kinds, self._noise = pack.terms.kinds, pack.terms.noise
        self._common = frozenset(map(stem, pack.terms.common))
        self._everywhere = pack.terms.everywhere
        self._writing = Writing(pack.terms.officials)

    def trace(self, entry: Entry, verdict: Verdict, signals: Signals, seen: date | None = None) -> Traces:
        """The traces of a judged entry; `seen` stands for its day where neither its feed nor its address tells one."""
        text = f"{plain(entry.title)}. {plain(entry.summary)}"
        published = entry.published_at.date() if entry.published_at else find_day(entry.url or "") or seen
        dates, title = find_dates(text), self._content(words(plain(entry.title)))
        kind = self._kind(verdict, signals)
        since, until = (None, None) if published else self._writing.span(text, title, dates)
        return Traces(
            published=published,
            institutions=verdict.institutions,
            kind=kind.name if kind else "",
            dates=dates,
            numbers=tuple(dict.fromkeys(_figures(text))),
            quotations=tuple(dict.fromkeys(self._quotations(text))),
            title=title,
            words=tuple(sorted(self._telling((*words(text), *slug_words(entry.url or "")), verdict))),
            since=since,
            until=until,
            everywhere=not verdict.institutions and signals.any(self._everywhere),
            turn_of=kind.turn_of if kind else (),
            seldom=kind is not None and kind.seldom,
        )

    def _kind(self, verdict: Verdict, signals: Signals) -> Tag | None:
        fitting = (kind for kind in self._kinds if all(signals.any(item) for item in kind.all))
        return next((kind for kind in fitting if not (kind.national and verdict.institutions)), None)

    def _quotations(self, text: str) -> Iterator[str]:
        """Quoted runs of three words, or of two that both may tell an event."""
        for double, single in _QUOTED.findall(text):
            found = words(double or single)
            telling = len(found) == QUOTED_WORDS - 1 and self._common.isdisjoint(map(stem, found))
            if len(found) >= QUOTED_WORDS or telling:
                yield " ".join(found)

    def _telling(self, found: Iterable[str], verdict: Verdict) -> set[str]:
        """Words, less their endings, that may tell one event: not common ones, nor those of the places' names."""
        names = (self._names.get(place, frozenset()) for place in verdict.institutions)
        return set(map(stem, self._content(found))).difference(self._common, *names)

    def _content(self, found: Iterable[str]) -> tuple[str, ...]:
        return tuple(word for word in found if word not in self._noise and (len(word) >= LONG_WORD or word.isdigit()))


def slug_words(url: str) -> tuple[str, ...]:
    """The words of the headline that ends an address's path; none where it is no headline."""
    last = unquote(split_link(url).path).rstrip("/").rpartition("/")[2]
    found = tuple(word for word in words(plain(last)) if word.isalpha())
    return found if len(found) >= SLUG_WORDS else ()


def find_day(url: str) -> date | None:
    """The day in an address's path ("/2024/10/02/"; where it has only a month, its middle), or None."""
    for year, month, day in _PATH_DAY.findall(url.lower()):
        number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
        try:
            return date(int(year), number, int(day or MID_MONTH))
        except ValueError:
            continue
    return None


def find_dates(text: str) -> tuple[date, date] | None:
    """The first span of days in a plain text ("9-19 october 2023", "15 april - 2 may 2025"), or None."""
    for first, month, year, last, end_month, end_year in _SPAN.findall(text):
        try:
            end = date(int(end_year), MONTHS.index(end_month) + 1, int(last))
            start = date(int(year or end_year), MONTHS.index(month or end_month) + 1, int(first))
        except ValueError:
            continue
        if start <= end:
            return start, end
    return None


def _figures(text: str) -> Iterator[str]:
    for number, noun in _FIGURE.findall(text):
        if int(number) >= RARE and int(number) not in _YEARS and noun[:3] not in MONTHS and noun not in COMMON_NOUNS:
            yield f"{number} {noun}"
