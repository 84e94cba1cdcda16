"""A day as people type it: a date in English or Welsh, or in how many days."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Final

from babel.dates import get_month_names

from bot.compose.wording import LOCALES

MOST_DAYS: Final = 366
SHORTEST: Final = 3
"""Letters that tell a month's name."""
_DAYS: Final = dict.fromkeys(("", "d", "day", "days", "diwrnod"), 1)
_WEEKS: Final = dict.fromkeys(("week", "weeks", "wythnos"), 7)
SPANS: Final = {**_DAYS, **_WEEKS, **dict.fromkeys(("month", "months", "mis"), 30)}
"""The days of a span by its unit's name."""
_SPAN: Final = re.compile(r"(\d{1,3})\s*([a-z]*)", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NUMBERS: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?", re.ASCII)
_NAMED: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([^\W\d_]+)(?:,?\s+(\d{4}))?")
_NAMED_FIRST: Final = re.compile(r"([^\W\d_]+)\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")


def read_day(text: str, today: date) -> date | None:
    """The day that was typed ("3 December", "2026-12-03", "3/12", "10", "2 weeks"); a day without a year is to come.

    None where it is not a day. It may be past, or further off than MOST_DAYS: the caller says so.
    """
    typed = " ".join(text.lower().replace("until", " ").split())
    if (found := _SPAN.fullmatch(typed)) and found[2] in SPANS:
        return today + timedelta(days=int(found[1]) * SPANS[found[2]])
    if found := _ISO.fullmatch(typed):
        return day_of(found[3], int(found[2]), found[1], today)
    if found := _NUMBERS.fullmatch(typed):
        return day_of(found[1], int(found[2]), found[3], today)
    if found := _NAMED.fullmatch(typed):
        return day_of(found[1], find_month(found[2]), found[3], today)
    found = _NAMED_FIRST.fullmatch(typed)
    return day_of(found[2], find_month(found[1]), found[3], today) if found else None


def day_of(day: str, month: int | None, year: str | None, today: date) -> date | None:
    """The day; without a year the next one of that name. None where the calendar has none."""
    if month is None:
        return None
    try:
        if year is not None:
            return date(int(year), month, int(day))
        this = date(today.year, month, int(day))
        return this if this > today else date(today.year + 1, month, int(day))
    except ValueError:
        return None


def find_month(word: str) -> int | None:
    """The number of the month that a word, in any of our languages, begins; None where it begins none or several."""
    if len(word) < SHORTEST:
        return None
    if word in month_names():
        return month_names()[word]
    fitting = {number for name, number in month_names().items() if name.startswith(word)}
    return fitting.pop() if len(fitting) == 1 else None


@cache
def month_names() -> Mapping[str, int]:
    """The months of the year by their names in every language there is."""
    locales = [locale.replace("-", "_") for locale in LOCALES.values()]
    return {
        name.lower(): number for locale in locales for number, name in get_month_names("wide", locale=locale).items()
    }
