"""Days: when an inspection took place, and when a page was published."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_ATOM = rf"{_DAY}(?:\s+(?:of\s+)?{_MONTH}\b\.?)?(?:,?\s+20\d\d\b)?"
_JOIN = r"(?:\s*[-–—]\s*|\s*,\s*(?:and\s+)?|\s+(?:to|and|until|till|through)\s+|\s*&\s*)"
_RUN = re.compile(rf"(?<![\d.£$%/]){_ATOM}(?:{_JOIN}{_ATOM})+(?![\d%])", re.IGNORECASE)
_ONE = re.compile(
    rf"(?P<day>{_DAY})(?:\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?)?(?:,?\s+(?P<year>20\d\d)\b)?", re.IGNORECASE
)
_ABOUT = re.compile(
    r"\binspect|\bvisit|\breview of progress|\bdates? of\b|\bscrutiny|\bwent (?:to|back)\b|"
    r"\bspent\b|\bwas there\b|\bfieldwork|\bon[- ]site\b",
    re.IGNORECASE,
)
# Most certain first: the inspectorate's own grammar, then its label, then any sentence that speaks of an inspection.
_STANDFIRST = re.compile(
    r"\breport on (?:an?|the)\b.*\b(?:inspection|review of progress|scrutiny visit)\b", re.IGNORECASE
)
_LABEL = re.compile(r"^(?:dates? of (?:the )?(?:inspection|visit|review))|^inspection dates?\b", re.IGNORECASE)
_WRITTEN = re.compile(
    rf"^(?:published:?\s*|updated:?\s*|posted:?\s*(?:on\s*)?)?(?:\w+day,?\s+)?(?:(?P<day>{_DAY})\s+(?P<month>{_MONTH})|(?P<us_month>{_MONTH})\s+(?P<us_day>{_DAY}))"
    r",?\s+(?P<year>20\d\d)(?:\W.{0,25})?$",
    re.IGNORECASE,
)
LONGEST = timedelta(days=100)
LONGEST_LINE = 60
TWO_ENDS = 2


@dataclass(frozen=True, slots=True)
class Atom:
    """A day as written: month and year may be left to what follows."""

    day: int
    month: int | None
    year: int | None


def find_inspection(lines: Sequence[str], published: date | None = None) -> tuple[date, date] | None:
    """First and last day of the inspection that the lines tell of; None where they are not written out.

    Where the year is left out it is taken from the day of publication: the last such days before it.
    """
    for certain in (_STANDFIRST, _LABEL, _ABOUT):
        for line in lines:
            if certain.search(line):
                for span in find_spans(line, published, certain is _ABOUT):
                    return span
    return None


def find_spans(line: str, published: date | None, loose: bool) -> Iterator[tuple[date, date]]:
    """The runs of days in a line; where `loose`, only those in a sentence that speaks of an inspection."""
    for sentence in re.split(r"(?<=[.;!?])\s+", line) if loose else [line]:
        if loose and not _ABOUT.search(sentence):
            continue
        for run in _RUN.finditer(sentence):
            span = read_run(run[0], published)
            if span is not None:
                yield span


def read_run(run: str, published: date | None = None) -> tuple[date, date] | None:
    """The first and last day of "9–19 October 2023", "18-21 August and 1-4 September 2025" and the like."""
    atoms = list(fill(read_atoms(run), published))
    try:
        days = [date(year, month, day) for day, month, year in atoms]
    except ValueError:
        return None
    if len(days) < TWO_ENDS or days != sorted(days) or days[-1] - days[0] > LONGEST:
        return None
    return days[0], days[-1]


def read_atoms(run: str) -> list[Atom]:
    """The days of a run as they are written."""
    return [
        Atom(
            int(re.sub(r"\D", "", one["day"])),
            month_number(one["month"]) if one["month"] else None,
            int(one["year"]) if one["year"] else None,
        )
        for one in _ONE.finditer(run)
    ]


def fill(atoms: Sequence[Atom], published: date | None) -> Iterable[tuple[int, int, int]]:
    """Month and year of each day, from those after it; nothing where they cannot be known."""
    month: int | None = None
    year: int | None = None
    found: list[tuple[int, int, int]] = []
    for atom in reversed(atoms):
        later, month = month, atom.month or month
        if month is None:
            return []
        year = atom.year or year or likely_year(month, atom.day, published)
        if year is None:
            return []
        # "20 November - 7 January 2024": the earlier month is of the year before.
        year -= 1 if atom.year is None and later is not None and later < month else 0
        found.append((atom.day, month, year))
    return reversed(found)


def likely_year(month: int, day: int, published: date | None) -> int | None:
    """The year of the last such day before publication."""
    if published is None:
        return None
    return published.year if (month, day) <= (published.month, published.day) else published.year - 1


def month_number(name: str) -> int:
    """1 to 12, from a name or its first letters."""
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3].lower()))


def read_written_day(line: str) -> date | None:
    """The day, where a line is nothing but one ("Tuesday, July 16, 2024", "Published 1 August 2025")."""
    match = _WRITTEN.match(line) if len(line) <= LONGEST_LINE else None
    if match is None:
        return None
    day = re.sub(r"\D", "", match["day"] or match["us_day"])
    return make_day(int(match["year"]), month_number(match["month"] or match["us_month"]), int(day))


def read_iso_day(text: str) -> date | None:
    """The day of a timestamp that begins YYYY-MM-DD."""
    match = re.match(r"\s*(\d{4})-(\d\d)-(\d\d)", text)
    return make_day(*map(int, match.groups())) if match else None


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_day(text: str, published: date | None) -> date | None:
    """The first day that a text writes out; where it leaves out the year, the last such day before publication."""
    for one in _ONE.finditer(text):
        if one["month"]:
            month, day = month_number(one["month"]), int(re.sub(r"\D", "", one["day"]))
            year = int(one["year"]) if one["year"] else likely_year(month, day, published)
            return make_day(year, month, day) if year else None
    return None
