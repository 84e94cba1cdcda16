"""A web page becomes a finding: its main text, and what can be said from it for sure."""

from collections.abc import Sequence
from dataclasses import replace

from bot.model.feed import FeedKind
from bot.model.finding import Finding
from bot.reading.concerns import find_concerns
from bot.reading.dates import find_inspection
from bot.reading.deadlines import find_answer_by
from bot.reading.digest import cut_to_parts, cut_to_places, find_part_kind
from bot.reading.document import Document, read_document_html
from bot.reading.kind import find_kind
from bot.reading.lexicon import Lexicon
from bot.reading.numbers import find_numbers
from bot.reading.outcomes import read_outcomes
from bot.reading.quotations import find_quotation
from bot.reading.sentences import find_sentences
from bot.reading.summary import choose_sentences

LEAD = 1500  # characters in which a page names the places that it is about
LONGEST = 6000  # characters: a paragraph that runs on for longer is searched for nothing that hangs together
# Only reports list concerns of their own; an article's lists are someone's words.
LISTING = frozenset({"inspection", "urgent_notification", "progress_review", "imb", "ombudsman", "ofsted", "thematic"})


def read_html(body: bytes, url: str, lexicon: Lexicon, content_type: str = "") -> Finding:
    """Read a page. Pure, and for a worker: extraction is heavy. Raises ParseError where there is nothing to read."""
    return find_all(read_document_html(body, url, content_type), url, lexicon)


def find_all(document: Document, url: str, lexicon: Lexicon) -> Finding:
    """Everything that a document's words say."""
    places = find_places(document, lexicon)
    kind = find_kind(document.title, document.lines, url, lexicon.find_source(url), places=bool(places))
    if kind != "digest":
        return find_told(document, url, lexicon, kind, places)
    parts = find_part_findings(document, url, lexicon)
    places = tuple(dict.fromkeys(place for part in parts for place in part.institutions)) or places
    found = find_told(cut_to_places(document, lexicon.find_places), url, lexicon, kind, places)
    dates = found.inspection_dates if len(parts) <= 1 else None  # of several, each part has its own
    return replace(found, parts=parts, inspection_dates=dates, text=document.text)


def find_part_findings(document: Document, url: str, lexicon: Lexicon) -> tuple[Finding, ...]:
    """A digest's parts about the campaign's places, a finding each."""
    return tuple(
        find_told(replace(part, headings=(), pictures=()), url, lexicon, find_part_kind(part.lines), places)
        for part, places in cut_to_parts(document, lexicon.find_places)
    )


def find_told(document: Document, url: str, lexicon: Lexicon, kind: str, places: Sequence[str]) -> Finding:
    """What a document says, or one part of a digest, whose kind and places are known."""
    lines, bullets = document.lines, document.bullets
    readable = tuple(line if len(line) <= LONGEST else "" for line in lines)
    sentences = find_sentences(lines, bullets)
    dates = find_inspection(lines, document.published) if places or kind != "digest" else None
    told = read_outcomes(document, kind, dates, places, lexicon)
    inspectorate = lexicon.find_source(url) is FeedKind.INSPECTORATE
    return Finding(
        title=document.title,
        kind=kind,
        institutions=tuple(places),
        inspection_dates=dates,
        grades=told.grades,
        previous_grades=told.previous_grades,
        previous_year=told.previous_year,
        directions=told.directions,
        judgements=told.judgements,
        summary=choose_sentences(sentences),
        numbers=find_numbers(sentence.text for sentence in sentences),
        quotation=find_quotation(readable, inspectorate=inspectorate),
        answer_by=find_answer_by(readable, document.published) if kind == "urgent_notification" else None,
        concerns=find_concerns(readable, bullets) if kind in LISTING else (),
        published=document.published,
        site=document.site,
        author=document.author,
        language=document.language,
        headings=document.headings,
        url=document.url or url,
        text=document.text,
    )


def find_places(document: Document, lexicon: Lexicon) -> tuple[str, ...]:
    """The places that the page is about: those that its title and opening name."""
    return lexicon.find_places(f"{document.title}\n{document.text[:LEAD]}", document.published)
