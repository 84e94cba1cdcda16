"""A web page becomes a finding: its main text, and what can be said from it for sure."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.match.text import plain
from bot.model.finding import Finding, Grades
from bot.reading.dates import find_inspection
from bot.reading.digest import cut_to_places
from bot.reading.document import Document, read_document_html
from bot.reading.focus import Focus
from bot.reading.grades import find_grades
from bot.reading.kind import find_kind
from bot.reading.lexicon import Lexicon
from bot.reading.numbers import find_numbers
from bot.reading.sentences import find_sentences, split_line
from bot.reading.summary import choose_sentences

LEAD = 1500  # characters in which a page names the places that it is about
# These speak of many places or of none in particular: a grade in them is hardly that of the place they name.
UNGRADED = frozenset(
    {
        *("statistics", "court", "policy", "thematic", "annual_report", "imb", "ombudsman", "ofsted"),
        *("progress_review", "scrutiny_visit"),  # these judge other things, in words that are much like grades
    }
)
# A report is published within so many weeks of its inspection (HM Inspectorate of Prisons: 18 weeks, and some grace).
LATEST = timedelta(weeks=26)


def read_html(body: bytes, url: str, lexicon: Lexicon, content_type: str = "") -> Finding:
    """Read a page. Pure, and for a worker: extraction is heavy. Raises ParseError where there is nothing to read."""
    return find_all(read_document_html(body, url, content_type), url, lexicon)


def find_all(document: Document, url: str, lexicon: Lexicon) -> Finding:
    """Everything that a document's words say."""
    places = find_places(document, lexicon)
    kind = find_kind(document.title, document.lines, url, lexicon.find_source(url), places=bool(places))
    lines, bullets = document.lines, document.bullets
    if kind == "digest":
        lines, bullets = cut_to_places(lines, bullets, lexicon.find_places)
    sentences = find_sentences(lines, bullets)
    dates = find_inspection(lines, document.published) if places or kind != "digest" else None
    grades, previous = read_grades(lines, document, kind, dates, places, lexicon)
    return Finding(
        title=document.title,
        kind=kind,
        institutions=places,
        inspection_dates=dates,
        grades=grades,
        previous_grades=previous,
        summary=choose_sentences(sentences),
        numbers=find_numbers(sentence.text for sentence in sentences),
        published=document.published,
        site=document.site,
        author=document.author,
        language=document.language,
        url=document.url or url,
        headings=document.headings,
        text=document.text,
    )


def find_places(document: Document, lexicon: Lexicon) -> tuple[str, ...]:
    """The places that the page is about: those that its title and opening name."""
    return lexicon.find_places(f"{document.title}\n{document.text[:LEAD]}", document.published)


def read_grades(
    lines: Sequence[str],
    document: Document,
    kind: str,
    dates: tuple[date, date] | None,
    places: Sequence[str],
    lexicon: Lexicon,
) -> tuple[Grades | None, Grades | None]:
    """The grades of the place that the page is about first; what it says of another's is left out."""
    main = main_place(document.title, places)
    if (
        kind in UNGRADED
        or (kind == "digest" and len(places) != 1)
        or not is_graded(main, kind, document.title, lexicon)
    ):
        return None, None
    focus = Focus(main, document.title, lexicon)
    told = [sentence for line in lines for sentence in focus.keep(list(split_line(line)))]
    charts = [alt for alt in document.pictures if any(Focus(main, document.title, lexicon).keep([alt]))]
    return find_grades(told, charts, find_year(dates, document.published))


def is_graded(main: str, kind: str, title: str, lexicon: Lexicon) -> bool:
    """Whether the place is one that the inspectorate grades by its four tests for children."""
    place = lexicon.pack.find_institution(main)
    return "YOI" in place.type if place else kind == "inspection" and bool(re.search(r"\bYOI\b|HMYOI", title))


def find_year(dates: tuple[date, date] | None, published: date | None) -> int | None:
    """The year of the inspection, else the earliest that it can have been in; None where no day is known."""
    return dates[1].year if dates else (published - LATEST).year if published else None


def main_place(title: str, places: Sequence[str]) -> str:
    """The place that the page is about before others: the first in its title, else the first named; "" for none."""
    words = plain(title)
    found = {place: words.find(place.split("-")[0]) for place in places}
    titled = [place for place in places if found[place] >= 0]
    return min(titled, key=lambda place: found[place]) if titled else next(iter(places), "")
