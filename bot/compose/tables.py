"""Grades side by side, of several places or of one place's inspections: as a picture, and in words that say the same.

The words are the picture's caption, so both show as many rows as a caption holds, and the same ones.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.campaign.history import Inspection
from bot.campaign.pack import Institution
from bot.compose.grades import TESTS, grade_of, name_key
from bot.compose.illustrated import Illustrated
from bot.compose.inspections import change_of, is_graded, stated_tests
from bot.compose.paging import fits_button
from bot.compose.text import CAPTION, Markup, usable_url, visible_length
from bot.compose.wording import Wording
from bot.model.chart import Cell, GradeTable, TableRow
from bot.model.finding import Direction
from bot.model.message import Button, Message

PLACES: Final = 5
"""Places in one picture; further ones are on the next page."""
INSPECTIONS: Final = 7
LONG: Final = re.compile(r"^(?:HM ?YOI|HMP)\s+|\s*\(.*\)$")
"""What a place's name can do without beside others: its service's letters, and what stands in brackets."""
SIGNS: Final = {Direction.BETTER: "↑", Direction.WORSE: "↓", Direction.SAME: "="}


@dataclass(frozen=True, slots=True)
class Graded:
    """A place and its inspections, the newest first (bot.compose.inspections)."""

    place: Institution
    inspections: Sequence[Inspection]


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its name and note in the picture, its words in the caption, the inspection that it shows."""

    name: str
    note: str
    words: Markup
    one: Inspection
    before: Inspection | None


def compose_places(graded: Sequence[Graded], wording: Wording, buttons: tuple[tuple[Button, ...], ...]) -> Illustrated:
    """The newest known grades of each place."""
    lines = [line for one in graded if (line := newest_line(one, wording)) is not None]
    if not lines:
        return Illustrated(None, Message(wording("trend-none"), buttons))
    choices = [
        (Button(one.place.name, action=f"trend:at:{one.place.id}"),)
        for one in graded
        if fits_button(f"trend:at:{one.place.id}")
    ]
    heading, title = wording("grades-heading"), wording.plain("table-title")
    return lay_out(heading, title, lines, wording, (*choices, *buttons))


def compose_inspections(graded: Graded, wording: Wording, buttons: tuple[tuple[Button, ...], ...]) -> Illustrated:
    """One place's grades, inspection by inspection."""
    name, every = graded.place.name, graded.inspections
    if not any(is_graded(one) for one in every):
        return Illustrated(None, Message(wording("grades-none", name=name), buttons))
    befores, years = [*every[1:], None], [one.year for one in every]
    lines = [
        inspection_line(one, before, wording, alone=years.count(one.year) == 1)
        for one, before in zip(every, befores, strict=True)
    ]
    heading = wording("grades-place-heading", name=name)
    return lay_out(heading, wording.plain("table-title-place", name=name), lines[:INSPECTIONS], wording, buttons)


def lay_out(
    heading: Markup, title: str, lines: Sequence[Line], wording: Wording, buttons: tuple[tuple[Button, ...], ...]
) -> Illustrated:
    """The picture and its words, with as many of the lines as a caption holds; the first is there in any case."""
    kept = list(lines)
    while len(kept) > 1 and visible_length(caption(heading, kept, wording)) > CAPTION:
        kept.pop()
    table = GradeTable(
        title=title,
        columns=tuple(wording.plain(name_key(test)) for test in TESTS),
        rows=tuple(table_row(line, wording) for line in kept),
        legend=wording.plain("table-legend"),
    )
    return Illustrated(table, Message(caption(heading, kept, wording), buttons))


def caption(heading: Markup, lines: Sequence[Line], wording: Wording) -> str:
    """All in words, and where it was seen."""
    urls = dict.fromkeys(url for line in lines for url in line.one.sources[:1] if usable_url(url))
    links = [wording("source-linked", source=str(number), url=url) for number, url in enumerate(urls, 1)]
    sources = [wording("grades-sources", sources=Markup(", ".join(links)))] if links else []
    told = "\n".join(line.words for line in lines)
    return "\n\n".join([heading, told, "\n".join([wording("grades-scale"), *sources])])


def newest_line(graded: Graded, wording: Wording) -> Line | None:
    """The newest inspection of a place whose grades are known, and whether there was a newer one."""
    every = graded.inspections
    number = next((number for number, one in enumerate(every) if is_graded(one)), None)
    if number is None:
        return None
    one, before = every[number], next(iter(every[number + 1 :]), None)
    year, newer = str(one.year), str(every[0].year)
    told = {"name": graded.place.name, "year": year, "grades": grades_in_words(one, before, wording)}
    if number == 0:
        return Line(graded.place.name, year, wording("grades-row", **told), one, before)
    note = wording.plain("table-year-older", year=year, newer=newer)
    return Line(graded.place.name, note, wording("grades-row-older", **told, newer=newer), one, before)


def inspection_line(one: Inspection, before: Inspection | None, wording: Wording, *, alone: bool) -> Line:
    """An inspection as a row, named by its year; by its month where it was not alone in that."""
    year = str(one.year) if alone else wording.month(one.last)
    grades = grades_in_words(one, before, wording)
    key = "grades-year" if is_graded(one) else "grades-year-unknown"
    arguments = {"year": year, "grades": grades} if is_graded(one) else {"year": year}
    return Line(year, "", wording(key, **arguments), one, before)


def grades_in_words(one: Inspection, before: Inspection | None, wording: Wording) -> Markup:
    """The tests whose grade is known, with what became of each."""
    return Markup("; ".join(grade_in_words(test, one, before, wording) for test in stated_tests(one)))


def grade_in_words(test: str, one: Inspection, before: Inspection | None, wording: Wording) -> Markup:
    """A test, its grade and what became of it."""
    grade, change = grade_of(one.grades, test), change_of(test, one, before)
    told = {"test": wording(name_key(test)), "grade": wording(f"grade-{grade}")}
    if change is None:
        return wording("grades-stated", **told)
    return wording("grades-changed", **told, change=wording(f"chart-{change.value}"))


def table_row(line: Line, wording: Wording) -> TableRow:
    """The same row in the picture, where names are short."""
    cells = tuple(table_cell(test, line, wording) for test in TESTS)
    return TableRow(name=LONG.sub("", line.name) or line.name, note=line.note, cells=cells)


def table_cell(test: str, line: Line, wording: Wording) -> Cell:
    """One grade."""
    grade, change = grade_of(line.one.grades, test), change_of(test, line.one, line.before)
    if grade is None:
        return Cell(grade=None, words=wording.plain("table-unknown"))
    return Cell(grade=grade, words=wording.plain(f"grade-{grade}"), sign=SIGNS[change] if change else "")


def choose_rows(institutions: Sequence[Institution], graded: set[str], today: date) -> list[Institution]:
    """The places that were ever graded, those that hold children on that day first."""
    ours = [one for one in institutions if one.id in graded]
    return sorted(ours, key=lambda one: one.until is not None and one.until < today)
