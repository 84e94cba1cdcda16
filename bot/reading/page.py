"""A web page becomes a finding: its main text without the site's furniture, and what can be said from it for sure."""

import re
from datetime import date

from bot.errors import ParseError
from bot.model.finding import Finding
from bot.reading.lexicon import Lexicon
from bot.reading.summary import choose_sentences

FEWEST_WORDS = 25
LEAD = 1500  # characters in which a page names the places that it is about
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(MONTHS)
_DATES = re.compile(
    rf"(?P<first>\d{{1,2}})(?: (?P<month>{_MONTH}))?(?: (?P<first_year>\d{{4}}))? ?(?:-|–|—|to|and) ?"
    rf"(?P<last>\d{{1,2}}) (?P<last_month>{_MONTH}) (?P<year>\d{{4}})",
    re.IGNORECASE,
)
_KINDS = (
    ("urgent_notification", re.compile(r"\burgent notification\b", re.IGNORECASE)),
    ("progress_review", re.compile(r"\b(?:independent )?review of progress\b", re.IGNORECASE)),
    ("scrutiny_visit", re.compile(r"\bscrutiny visit\b", re.IGNORECASE)),
    ("inspection", re.compile(r"\breport on an? (?:un)?announced inspection\b|\binspection report\b", re.IGNORECASE)),
)


def read_html(body: bytes, url: str, lexicon: Lexicon, content_type: str = "") -> Finding:
    """Read a page. Pure, and for a worker: extraction is heavy. Raises ParseError where there is nothing to read."""
    if body[:5] == b"%PDF-" or "pdf" in content_type:
        raise ParseError("it is a PDF, which is not read yet")
    title, text = extract(body, url)
    if len(text.split()) < FEWEST_WORDS:
        raise ParseError("the page has no text to read")
    return Finding(
        title=title,
        kind=find_kind(f"{title}\n{text[:LEAD]}"),
        institutions=lexicon.find_places(f"{title}\n{text[:LEAD]}"),
        inspection_dates=find_dates(text[:LEAD]),
        summary=choose_sentences(text),
        text=text,
    )


def extract(body: bytes, url: str) -> tuple[str, str]:
    """The title, and the main text with a line per paragraph."""
    import trafilatura  # noqa: PLC0415 - in workers only: it costs 40 MB

    found = trafilatura.bare_extraction(body, url=url or None, include_comments=False, include_tables=False)
    if found is None or isinstance(found, dict):
        raise ParseError("the page has no text to read")
    return (found.title or "").strip(), (found.text or "").strip()


def find_kind(text: str) -> str:
    """What kind of report it is, by its own words; "news" where they do not say."""
    return next((kind for kind, words in _KINDS if words.search(text)), "news")


def find_dates(text: str) -> tuple[date, date] | None:
    """The first and last day of an inspection ("9-19 October 2023"); None where none is written out."""
    match = _DATES.search(text)
    if match is None:
        return None
    year, month = int(match["year"]), MONTHS.index(match["last_month"].lower()) + 1
    first_month = MONTHS.index(match["month"].lower()) + 1 if match["month"] else month
    try:
        first = date(int(match["first_year"] or year), first_month, int(match["first"]))
        last = date(year, month, int(match["last"]))
    except ValueError:
        return None
    return (first, last) if first <= last else None
