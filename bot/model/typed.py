"""What organisers type into a draft's wizard, read strictly: a link, a question's answers, a moment."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.model.draft import FEWEST_OPTIONS, MOST_OPTIONS, Link

LABEL_LIMIT: Final = 40
"""Characters that a button shows on a small screen."""
_LINK: Final = re.compile(r"(?P<label>.+?)[\s:–-]*(?P<url>https://[^\s/\"<>\\]+\.[^\s/\"<>\\]+\S*)", re.DOTALL)
_TIME: Final = re.compile(
    r"(?:(?P<day>.*?)[\s,]+(?:at\s+)?)?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))(?:\s*h)?", re.IGNORECASE
)
_DATE: Final = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]{3,9})(?:\s+(?P<year>\d{4}))?", re.IGNORECASE
)
_NUMBERS: Final = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_HOURS: Final = re.compile(r"(?:in\s+)?(?P<count>\d{1,3})\s*(?P<unit>h|hours?|d|days?)", re.IGNORECASE)
_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_WEEKDAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_LEAST: Final = 3


def read_link(text: str) -> Link | None:
    """A label and an https address in one message: "Write to your MP https://example.org/write"; None if it is none."""
    found = _LINK.fullmatch(text.strip())
    if found is None:
        return None
    label = " ".join(found["label"].split())
    return Link(label, found["url"]) if label and len(label) <= LABEL_LIMIT else None


def read_options(text: str) -> tuple[str, ...] | None:
    """A question's answers, one a line; None unless there are 2 to 6, all different and short enough for a button."""
    options = tuple(line for raw in text.splitlines() if (line := " ".join(raw.split())))
    several = FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS and len(set(options)) == len(options)
    return options if several and all(len(option) <= LABEL_LIMIT for option in options) else None


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """A moment to come, in this time zone: "Friday 18:00", "27 Nov 18:00", "2026-11-27 18:00", "18:00", "in 24 h".

    A day without a year is the next one of that name. None where it is none of these, or is past.
    """
    said = " ".join(text.strip().removeprefix("after ").split())
    hours = _HOURS.fullmatch(said)
    if hours is not None:
        unit = timedelta(days=1) if hours["unit"].lower().startswith("d") else timedelta(hours=1)
        return now + int(hours["count"]) * unit if int(hours["count"]) else None
    found = _TIME.fullmatch(said)
    if found is None:
        return None
    try:
        clock = time(int(found["hour"]), int(found["minute"]))
        moments = (datetime.combine(day, clock, zone).astimezone(UTC) for day in days_named(found["day"], now, zone))
        return next((moment for moment in moments if moment > now), None)
    except ValueError:
        return None


def days_named(named: str | None, now: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The days that may be meant, the soonest first; raises ValueError on a date that no calendar has."""
    today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    name = (named or "").strip(" ,").lower()
    if name in {"", "today"}:
        yield from (today, today + timedelta(days=1)) if not name else (today,)
    elif name == "tomorrow":
        yield today + timedelta(days=1)
    elif len(name) >= _LEAST and (weekday := place_of(name, _WEEKDAYS)) is not None:
        ahead = (weekday - today.weekday()) % 7
        yield from (today + timedelta(days=ahead), today + timedelta(days=ahead + 7))
    else:
        yield from dates_named(name, today)


def dates_named(name: str, today: datetime) -> Iterator[datetime]:
    """The date in this year or the next, or just the one of its year."""
    found = _DATE.fullmatch(name) or _NUMBERS.fullmatch(name)
    if found is None:
        return
    month = int(found["month"]) - 1 if found["month"].isdecimal() else place_of(found["month"], _MONTHS)
    if month is None:
        return
    years = [int(found["year"])] if found["year"] else [today.year, today.year + 1]
    for year in years:
        yield today.replace(year=year, month=month + 1, day=int(found["day"]))


def place_of(name: str, names: list[str]) -> int | None:
    """Which of the names it is, written out or shortened."""
    return next((place for place, whole in enumerate(names) if whole.startswith(name.lower())), None)
