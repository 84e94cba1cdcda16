"""Dates as feeds write them, in UTC or not at all: what can be read in two ways, or has a part left over, is None."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

LONGEST = 100
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
TWO_DIGIT_PIVOT = 70

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan janv january januar janvier enero ene gennaio gen januari gener ιαν január január",
            "feb febr february februar février fevrier févr fevr febrero febbraio februari febrer φεβ február februári",
            "mar march märz maerz mrz mär mars marzo maart mrt març μαρ μάρ március",
            "apr april avril avr abril abr aprile απρ április",
            "may mai mayo mag maggio mei maig μαϊ μάι μαι május",
            "jun june juni juin junio giugno giu juny ιούν ιουν június",
            "jul july juli juillet juil julio luglio lug juliol ιούλ ιουλ július",
            "aug august août aout agosto ago augustus agost αύγ αυγ augusztus",
            "sep sept september septembre septiembre settembre set setembre σεπ szeptember",
            "oct okt october oktober octobre octubre ottobre ott οκτ október",
            "nov november novembre noviembre νοέ νοε",
            "dec dez december dezember décembre decembre déc diciembre dic dicembre desembre des δεκ",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAY_NAMES = (
    "mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun "
    "sunday mo di mi do fr sa so montag dienstag mittwoch donnerstag freitag samstag sonntag lun lundi "
    "mar mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche lunes martes mié mie miércoles "
    "jue jueves vie viernes sáb sab sábado dom domingo gio giovedì sab merc κυρ δευ τρι τετ πεμ παρ σαβ"
)
WEEKDAYS = frozenset(WEEKDAY_NAMES.split())
HOURS = {
    "utc gmt ut z wet": 0,
    "west bst cet met mez": 1,
    "cest mest mesz eet": 2,
    "eest msk": 3,
    "jst kst": 9,
    "aest": 10,
    "aedt": 11,
    "edt": -4,
    "est cdt": -5,
    "cst mdt": -6,
    "mst pdt": -7,
    "pst": -8,
    "akst": -9,
    "hst": -10,
}
ZONES = {name: hours for names, hours in HOURS.items() for name in names.split()}
PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}

ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
    r"(?:[Tt ]+(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)? ?"
    r"(?P<zone>[Zz]|[+-]\d{2}(?::?\d{2})?)?)?",
)
COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:[Tt](?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<zone>[Zz]|[+-]\d{4})?)?",
)
NUMERIC = re.compile(
    r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<last>\d{4})(?!\d)",
)
CLOCK = re.compile(r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?(?![\d:])")
HALF_DAY = re.compile(r"(?:\b|(?<=\d))[ap]\.?m\b", re.IGNORECASE)
OFFSET = re.compile(r"(?:\b(?:GMT|UTC))? ?(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})(?!\d)(?: ?\([\w ]+\))?")
PLACE = re.compile(r"\b[A-Z][a-z]+/[A-Z][A-Za-z_]+\b")
WORD = re.compile(r"[^\W\d_]+|\d+")
GLUED = re.compile(r"[^\W\d_]{2}\d")
ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)


def read_date(value: object) -> datetime | None:
    """A feed's date as aware UTC. No zone means UTC, no time means midnight; doubt means None. Raises nothing."""
    if not isinstance(value, str) or not 0 < len(text := " ".join(value[: LONGEST + 1].split())) <= LONGEST:
        return None
    try:
        return read_iso(text) or read_words(text)
    except (ValueError, OverflowError, LookupError, OSError):
        return None


def read_iso(text: str) -> datetime | None:
    """W3C-DTF and RFC 3339, and their compact form; raises ValueError for a date that does not exist."""
    match = ISO.fullmatch(text) or COMPACT.fullmatch(text)
    if match is None:
        return None
    part = {name: int(number) for name, number in match.groupdict().items() if number and name != "zone"}
    day = date(part["year"], part.get("month", 1), part.get("day", 1))
    clock = (part.get("hour", 0), part.get("minute", 0), part.get("second", 0))
    return in_utc(day, clock, read_offset(match["zone"]))


def read_offset(zone: str | None) -> tzinfo:
    """A numeric zone; none and Z are UTC."""
    if not zone or zone in "Zz":
        return UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return offset(zone[0], int(digits[:2]), int(digits[2:]))


def offset(sign: str, hours: int, minutes: int) -> tzinfo:
    """A fixed zone; raises ValueError where no clock on earth shows it."""
    span = timedelta(hours=hours, minutes=minutes)
    if span > timedelta(hours=14) or minutes > 59:  # noqa: PLR2004 -- the zones of the earth and of an hour
        raise ValueError(sign)
    return timezone(-span if sign == "-" else span)


def read_words(text: str) -> datetime | None:
    """RFC 822 and what people make of it, in any order: every part must be understood, the month named or certain."""
    rest = ORDINAL.sub(r"\1", text)
    if GLUED.search(rest):
        return None
    zone, rest = take_zone(rest)
    numeric, rest = take_numeric(rest)
    clock, rest = take_clock(rest)
    if clock is None:
        return None
    if numeric is not None:
        return None if leftover(rest, allow_zone=True) else in_utc(numeric, clock, zone or word_zone(rest) or UTC)
    return read_named(rest, clock, zone)


def take_zone(text: str) -> tuple[tzinfo | None, str]:
    """A numeric offset or a place such as Europe/Brussels, and the text without it."""
    if match := OFFSET.search(text, pos=max(0, text.find(":"))):
        zone = offset(match["sign"], int(match["hours"]), int(match["minutes"]))
        return zone, text[: match.start()] + " " + text[match.end() :]
    if match := PLACE.search(text):
        return ZoneInfo(match.group()), text[: match.start()] + " " + text[match.end() :]
    return None, text


def take_clock(text: str) -> tuple[tuple[int, int, int] | None, str]:
    """The time of day and the rest: midnight where there is none, None where it is broken, twice there or in half days.

    No feed format knows a.m. and p.m., and widely used readers drop them: what a publisher saw there is not certain.
    """
    found = list(CLOCK.finditer(text))
    rest = CLOCK.sub(" ", text)
    if ":" in rest or len(found) > 1 or HALF_DAY.search(rest):
        return None, rest
    if not found:
        return (0, 0, 0), rest
    hour, minute, second = (int(found[0][name] or 0) for name in ("hour", "minute", "second"))
    return (hour, minute, second), rest


def take_numeric(text: str) -> tuple[date | None, str]:
    """A date in figures and the text without it; raises ValueError where it can be read in two ways (05/06/2013)."""
    match = NUMERIC.search(text)
    if match is None:
        return None, text
    rest = text[: match.start()] + " " + text[match.end() :]
    if match["year"]:
        return date(int(match["year"]), int(match["month"]), int(match["day"])), rest
    first, second, year = (int(match[name]) for name in ("first", "second", "last"))
    months = 12
    if first > months or first == second:
        return date(year, second, first), rest
    if second > months:
        return date(year, first, second), rest
    raise ValueError(match.group())


def read_named(rest: str, clock: tuple[int, int, int], zone: tzinfo | None) -> datetime | None:
    """Day, month's name and year out of what is left; None unless each is there exactly once and nothing else is."""
    tokens = WORD.findall(rest)
    named = [MONTHS[word.lower()] for word in tokens if is_month(word, tokens)]
    numbers = [token for token in tokens if token.isdecimal()]
    if len(named) != 1 or len(numbers) != 2 or leftover(rest, allow_zone=zone is None, months=True):  # noqa: PLR2004
        return None
    day, year = numbers if len(numbers[0]) <= 2 else reversed(numbers)  # noqa: PLR2004 -- a year has four digits
    return in_utc(date(full_year(year), named[0], int(day)), clock, zone or word_zone(rest) or UTC)


def is_month(word: str, tokens: list[str]) -> bool:
    """Whether a word names a month here; French "mar" and German "mai" may be a weekday first."""
    lower = word.lower()
    if lower not in MONTHS:
        return False
    others = [token for token in tokens if token.lower() in MONTHS]
    return len(others) == 1 or lower not in WEEKDAYS or word != others[0]


def full_year(text: str) -> int:
    """A year of four digits, or of two around 1970."""
    if len(text) == 2:  # noqa: PLR2004 -- digits
        return int(text) + (1900 if int(text) >= TWO_DIGIT_PIVOT else 2000)
    if len(text) != 4:  # noqa: PLR2004 -- digits
        raise ValueError(text)
    return int(text)


def leftover(rest: str, *, allow_zone: bool, months: bool = False) -> bool:
    """Whether words remain that nothing here understands, or a second zone; "GMT" beside an offset says nothing."""
    words = [word.lower() for word in WORD.findall(rest) if not (months and word.isdecimal())]
    unknown = [word for word in words if word not in WEEKDAYS and not (months and word in MONTHS)]
    if not all(word in ZONES or word in PLACES for word in unknown) or len(unknown) > 1:
        return True
    return bool(unknown) and not allow_zone and unknown[0] not in {"gmt", "utc"}


def word_zone(rest: str) -> tzinfo | None:
    """A zone by its letters; US "ET" and the like follow that place's clock."""
    for word in (word.lower() for word in WORD.findall(rest)):
        if word in ZONES:
            return timezone(timedelta(hours=ZONES[word]))
        if word in PLACES:
            return ZoneInfo(PLACES[word])
    return None


def in_utc(day: date, clock: tuple[int, int, int], zone: tzinfo) -> datetime:
    """The moment in UTC; a leap second counts as the one before. Raises ValueError for years that no feed means."""
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise ValueError(day.year)
    hour, minute, second = clock
    leap = 60
    at = datetime.combine(day, time(hour, minute, second - (second == leap)), tzinfo=zone)
    return at.astimezone(UTC)
