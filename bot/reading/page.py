"""A web page becomes a finding: its main text, and what can be said from it for sure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.model.finding import Finding, Grades
from bot.reading.dates import find_inspection
from bot.reading.digest import cut_to_places
from bot.reading.document import Document, read_document_html
from bot.reading.grades import find_grades
from bot.reading.kind import find_kind
from bot.reading.lexicon import Lexicon
from bot.reading.numbers import find_numbers
from bot.reading.sentences import Sentence, find_sentences
from bot.reading.summary import choose_sentences

LEAD = 1500  # characters in which a page names the places that it is about
# Reports with grades; elsewhere, too, a page may state them, but these never do.
UNGRADED = frozenset({"statistics", "court", "digest"})


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
    dates = find_inspection(lines, document.published)
    grades, previous = read_grades(sentences, document, kind, dates, places, lexicon)
    return Finding(
        title=document.title,
        kind=kind,
        institutions=places,
        inspection_dates=dates,
        grades=grades,
        previous_grades=previous,
        summary=choose_sentences(sentences),
        numbers=find_numbers(sentence.text for sentence in sentences),
        text=document.text,
    )


def find_places(document: Document, lexicon: Lexicon) -> tuple[str, ...]:
    """The places that the page is about: those that its title and opening name."""
    return lexicon.find_places(f"{document.title}\n{document.text[:LEAD]}", document.published)


def read_grades(
    sentences: Sequence[Sentence],
    document: Document,
    kind: str,
    dates: tuple[date, date] | None,
    places: Sequence[str],
    lexicon: Lexicon,
) -> tuple[Grades | None, Grades | None]:
    """The grades of the place that the page is about first; what it says of another's is left out."""
    if kind in UNGRADED:
        return None, None
    told = [one.text for one in sentences if is_about(one.text, places, lexicon)]
    return find_grades(told, document.pictures, dates[1].year if dates else None)


def is_about(sentence: str, places: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a sentence names no other place than the page's first."""
    if not places or not re.search(r"\b(?:good|poor|reasonable)\b", sentence):
        return not places or True
    named = lexicon.find_places(f"{sentence} A prison for children.", None)
    return not named or places[0] in named
