"""A finding: what a report or article says, structured; only what its source states."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum


class Grade(IntEnum):
    """The inspectorate's four-point scale for healthy prison outcomes (HM Inspectorate of Prisons, Expectations)."""

    POOR = 1
    NOT_SUFFICIENTLY_GOOD = 2
    REASONABLY_GOOD = 3
    GOOD = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Grades:
    """The four healthy-prison tests for children; None where the page does not state one (DESIGN.md rule 5)."""

    safety: Grade | None = None
    care: Grade | None = None
    purposeful_activity: Grade | None = None
    resettlement: Grade | None = None


class Direction(StrEnum):
    """What a page says of a test compared with the inspection before."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One of Ofsted's judgements: what was judged ("overall" or the page's own words) and Ofsted's word for it.

    The words are `outstanding`, `good`, `requires improvement`, `inadequate` (Ofsted, social care common inspection
    framework).
    """

    subject: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A person's words as the page quotes them, verbatim and without the quotation marks, and who said them."""

    words: str
    speaker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one page or document says.

    `summary` are verbatim sentences of it; `numbers` its figures with their nouns. `previous_grades` are those that it
    states itself, of the year `previous_year`; `directions` are what it says of a test whose former grade it does not
    state, by the test's name. `answer_by` is the day by which an urgent notification must be answered. `parts` are the
    findings of a digest, one per institution. `headings` are those of a page's parts, by which it is seen to grow: an
    urgent notification's page does for months. `document` is the address of the report (a PDF) where one was read too.
    Without `from_page` no page could be read, and these are the feed's own words.
    """

    title: str
    kind: str = "news"
    institutions: tuple[str, ...] = ()
    published: date | None = None
    inspection_dates: tuple[date, date] | None = None
    grades: Grades | None = None
    previous_grades: Grades | None = None
    previous_year: int | None = None
    directions: tuple[tuple[str, Direction], ...] = ()
    judgements: tuple[Judgement, ...] = ()
    summary: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    quotation: Quotation | None = None
    answer_by: date | None = None
    concerns: tuple[str, ...] = ()
    parts: tuple["Finding", ...] = ()
    headings: tuple[str, ...] = ()
    site: str = ""
    author: str = ""
    language: str = "en"
    url: str = ""
    document: str = ""
    text: str = ""
    from_page: bool = True


def list_new_headings(before: Finding, after: Finding) -> tuple[str, ...]:
    """The headings of parts that a page has gained since it was read `before`, as the page has them."""
    known = {fold(heading) for heading in before.headings}
    return tuple(heading for heading in after.headings if fold(heading) not in known)


def fold(heading: str) -> str:
    """A heading by its letters and figures alone: capitals, dashes and spaces make no new part."""
    return "".join(letter for letter in heading.casefold() if letter.isalnum())
