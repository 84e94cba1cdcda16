"""Writing: between which days an entry with no date was written, as far as its words show."""

import re
from collections.abc import Iterator, Sequence
from datetime import MAXYEAR, date, timedelta

from bot.campaign.pack import Official
from bot.match.text import MONTHS, plain

# A year that is still to come ("by 2027") does not date the text.
_YEAR = re.compile(r"(?<!by )(?<!until )(?<!before )\b(20\d\d|19[5-9]\d)\b")
# Statistics name the year that they count; they come within the next.
_YEAR_COUNTED = re.compile(
    rf"\byear (?:ending|ended|to)(?: in)?(?: \d\d?)? ({'|'.join(MONTHS)})[a-z]* (20\d\d|19\d\d)\b"
)
_LOOKS_BACK = re.compile(r"\b(?:former|formerly|ex|then)\b")
# A report comes within a year of the days that it reports on, and within two of the year that is in its title.
REPORTED_WITHIN = timedelta(days=365)
YEARS_AFTER_TITLE = 2
COUNTED_WITHIN = timedelta(days=396)

Span = tuple[date | None, date | None]


class Writing:
    """Dates texts by the years and the days that they name, and by those who hold an office."""

    def __init__(self, officials: Sequence[Official]) -> None:
        self._officials = [(re.compile(rf"\b{re.escape(plain(one.name))}\b"), one) for one in officials]

    def span(self, text: str, title: Sequence[str], dates: tuple[date, date] | None) -> Span:
        """The first and last day on which an entry can have been written; None where nothing shows it.

        `text` is plain, `title` its title's words, `dates` the days of which it is the report. It is no older than the
        latest year that it names, and of the term of an official whom it names, unless it looks back ("former").
        """
        named = [one for name, one in self._officials if name.search(text) and not _of_before(one, text)]
        begun = [*_years(text), *(one.since for one in named), *(dates or ())]
        ended = [date(day.year + YEARS_AFTER_TITLE, 12, 31) for day in _years(" ".join(title))]
        ended += [dates[1] + REPORTED_WITHIN] if dates and dates[1].year < MAXYEAR else []
        ended += [
            date(int(year), MONTHS.index(month) + 1, 1) + COUNTED_WITHIN for month, year in _YEAR_COUNTED.findall(text)
        ]
        ended += [one.until for one in named if one.until and not _LOOKS_BACK.search(text)]
        since, until = max(begun, default=None), min(ended, default=None)
        return (since, None) if since and until and since > until else (since, until)


def _of_before(official: Official, text: str) -> bool:
    return any(plain(phrase) in text for phrase in official.unless)


def _years(text: str) -> Iterator[date]:
    return (date(int(year), 1, 1) for year in _YEAR.findall(text))
