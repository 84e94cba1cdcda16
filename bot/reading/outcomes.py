"""What a page says of its place's outcomes: grades, those before, their year and the way they went."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.match.text import plain
from bot.model.finding import Direction, Grades, Judgement
from bot.reading.directions import find_directions, find_previous_year
from bot.reading.document import Document
from bot.reading.focus import Focus
from bot.reading.grades import find_grades
from bot.reading.judgements import find_judgements
from bot.reading.lexicon import Lexicon
from bot.reading.sentences import split_line

# These speak of many places or of none in particular: a grade in them is hardly that of the place they name.
UNGRADED = frozenset(
    {
        *("statistics", "court", "policy", "thematic", "annual_report", "imb", "ombudsman", "ofsted"),
        *("progress_review", "scrutiny_visit"),  # these judge other things, in words that are much like grades
    }
)
UNJUDGED = UNGRADED - {"ofsted"}
# A report is published within so many weeks of its inspection (HM Inspectorate of Prisons: 18 weeks, and some grace).
LATEST = timedelta(weeks=26)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """See the fields of the same names in bot.model.finding.Finding."""

    grades: Grades | None = None
    previous_grades: Grades | None = None
    previous_year: int | None = None
    directions: tuple[tuple[str, Direction], ...] = ()
    judgements: tuple[Judgement, ...] = ()


def read_outcomes(
    document: Document, kind: str, dates: tuple[date, date] | None, places: Sequence[str], lexicon: Lexicon
) -> Outcomes:
    """The outcomes of the place that the page is about first; what it says of another's is left out."""
    main = main_place(document.title, places)
    if kind == "digest" and len(places) != 1:
        return Outcomes()
    focus = Focus(main, document.title, lexicon)
    told = [sentence for line in document.lines for sentence in focus.keep(list(split_line(line)))]
    if is_judged(main, lexicon):
        lines = [line if "".join(Focus(main, document.title, lexicon).keep([line])) else "" for line in document.lines]
        return Outcomes(judgements=() if kind in UNJUDGED else find_judgements(lines, told))
    if kind in UNGRADED or not is_graded(main, kind, document.title, lexicon):
        return Outcomes()
    charts = [alt for alt in document.pictures if any(Focus(main, document.title, lexicon).keep([alt]))]
    return read_graded(told, charts, find_year(dates, document.published))


def read_graded(told: Sequence[str], charts: Sequence[str], year: int | None) -> Outcomes:
    """The outcomes of a place that is graded by the four tests, from its sentences and its charts' descriptions."""
    grades, previous = find_grades(told, charts, year)
    said = [*told, *charts]
    return Outcomes(
        grades=grades,
        previous_grades=previous,
        previous_year=find_previous_year(said, year) if previous else None,
        directions=find_directions(said, previous),
    )


def is_judged(main: str, lexicon: Lexicon) -> bool:
    """Whether the place is one that Ofsted judges in its own words."""
    place = lexicon.pack.find_institution(main)
    return place is not None and "YOI" not in place.type


def is_graded(main: str, kind: str, title: str, lexicon: Lexicon) -> bool:
    """Whether the place is one that the inspectorate grades by its four tests for children."""
    if lexicon.pack.find_institution(main) is None:
        return kind == "inspection" and bool(re.search(r"\bYOI\b|HMYOI", title))
    return not is_judged(main, lexicon)


def find_year(dates: tuple[date, date] | None, published: date | None) -> int | None:
    """The year of the inspection, else the earliest that it can have been in; None where no day is known."""
    return dates[1].year if dates else (published - LATEST).year if published else None


def main_place(title: str, places: Sequence[str]) -> str:
    """The place that the page is about before others: the first in its title, else the first named; "" for none."""
    words = plain(title)
    found = {place: words.find(place.split("-")[0]) for place in places}
    titled = [place for place in places if found[place] >= 0]
    return min(titled, key=lambda place: found[place]) if titled else next(iter(places), "")
