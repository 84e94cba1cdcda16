"""The house's sentences in one language, out of Project Fluent files, with dates as people write them."""

from datetime import date, datetime, time
from functools import cache, reduce
from importlib import resources
from typing import Final, Self
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk, Message

from bot.compose.text import Markup, escape

LOCALES: Final = {"en": "en-GB", "cy": "cy-GB"}
"""The languages there are, and whose habits each follows in dates, numbers and plurals."""
DEFAULT_LANGUAGE: Final = "en"
ORGANISERS: Final = frozenset(
    {"organiser", "broadcast", "feeds", "holding", "changes", "people", "corrections", "stats"}
)
"""The files of what only organisers see. They are written in the default language alone, and serve every language."""
LONG: Final = 1000

Argument = str | int | float | date
"""What a sentence may be given. A datetime must be aware; it is shown as its day in the campaign's time zone."""


class Wording:
    """The sentences of one language.

    `wording(key, name=value)` is Telegram HTML: every string among the arguments is escaped unless it is Markup.
    `wording.plain(...)` is the same for places without markup (buttons, menus, notices). An unknown key or a missing
    argument raises KeyError: both are mistakes in this program. What is for organisers alone is said by `organisers`,
    in its own language, dates included.
    """

    def __init__(
        self, language: str, bundle: FluentBundle, zone: ZoneInfo, organisers: "Wording | None" = None
    ) -> None:
        self.language = language
        self._bundle = bundle
        self._zone = zone
        self._organisers = organisers
        self._locale = LOCALES[language].replace("-", "_")

    @classmethod
    def load(cls, language: str, zone: str = "Europe/London") -> Self:
        """The sentences of this language; raises KeyError if there are none, ValueError on a faulty file."""
        organisers = cls(DEFAULT_LANGUAGE, load_bundle(DEFAULT_LANGUAGE, ORGANISERS), ZoneInfo(zone))
        return cls(language, load_bundle(language), ZoneInfo(zone), organisers)

    def __call__(self, key: str, **arguments: Argument) -> Markup:
        """The sentence as Telegram HTML."""
        if self._organisers and not self._bundle.has_message(key) and self._organisers.has(key):
            return self._organisers(key, **arguments)
        return Markup(self._format(key, {name: self._shown(value) for name, value in arguments.items()}))

    def plain(self, key: str, **arguments: Argument) -> str:
        """The sentence as plain text, arguments as they are."""
        if self._organisers and not self._bundle.has_message(key) and self._organisers.has(key):
            return self._organisers.plain(key, **arguments)
        shown = {name: self.day(value) if isinstance(value, date) else value for name, value in arguments.items()}
        return self._format(key, shown)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        return self._bundle.has_message(key) or (self._organisers is not None and self._organisers.has(key))

    def day(self, moment: date) -> str:
        """A day as "3 March 2026"; a datetime is taken to the campaign's time zone first."""
        return format_date(self._local(moment), "d MMMM y", locale=self._locale)

    def month(self, day: date) -> str:
        """The month of a day as "March 2026"."""
        return format_date(day, "LLLL y", locale=self._locale)

    def first_day(self, first: date, last: date) -> str:
        """The first of two days without what it shares with the last one: "3" (to 14 March 2026), "28 February"."""
        if first.year != last.year:
            return self.day(first)
        return format_date(first, "d" if first.month == last.month else "d MMMM", locale=self._locale)

    def time(self, moment: datetime) -> str:
        """A moment as "3 March 2026, 14:05" in the campaign's time zone."""
        local = moment.astimezone(self._zone)
        return f"{self.day(moment)}, {format_time(local, 'HH:mm', locale=self._locale)}"

    def last_minute(self, day: date) -> datetime:
        """The last minute of a day in the campaign's time zone."""
        return datetime.combine(day, time(23, 59), self._zone)

    def _local(self, moment: date) -> date:
        return moment.astimezone(self._zone).date() if isinstance(moment, datetime) else moment

    def _shown(self, value: Argument) -> str | float:
        if isinstance(value, date):
            return self.day(value)
        return escape(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    def _format(self, key: str, arguments: dict[str, str | float]) -> str:
        pattern = self._bundle.get_message(key).value if self._bundle.has_message(key) else None
        if pattern is None:
            raise KeyError(f"there is no wording {key!r} in {self.language!r}")
        # Fluent refuses an argument of over 2,500 characters (its resolver): long ones are put in at the end.
        marks = {name: f"\ue000{name}\ue001" for name, value in arguments.items() if is_long(value)}
        text, errors = self._bundle.format_pattern(pattern, {**arguments, **marks})
        if errors:
            raise KeyError(f"wording {key!r} in {self.language!r}: {errors[0]}")
        return reduce(lambda told, name: told.replace(marks[name], str(arguments[name])), marks, str(text))


def is_long(value: object) -> bool:
    """Whether an argument is longer than Fluent is sure to take."""
    return isinstance(value, str) and len(value) > LONG


@cache
def load_bundle(language: str, names: frozenset[str] = frozenset()) -> FluentBundle:
    """The files of one language, or those of `names`, as one bundle.

    Raises ValueError on a faulty file or a key that is there twice.
    """
    bundle = FluentBundle([LOCALES[language]], use_isolating=False)
    files = resources.files("bot.compose").joinpath("locale", language).iterdir()
    for file in sorted(files, key=lambda file: file.name):
        if not names or file.name.removesuffix(".ftl") in names:
            add_file(bundle, file.name, file.read_text("utf-8"))
    return bundle


def add_file(bundle: FluentBundle, name: str, source: str) -> None:
    """Add one file's sentences; raises ValueError where Fluent would pass over a mistake in silence."""
    resource = FluentResource(source)
    for item in resource.body:
        fault = find_fault(item, bundle)
        if fault is not None:
            raise ValueError(f"{name}: {fault}")
    bundle.add_resource(resource)


def find_fault(item: object, bundle: FluentBundle) -> str | None:
    """What is wrong with one item of a file, if anything."""
    if isinstance(item, Junk):
        return f"this is not Fluent: {(item.content or '').strip()[:80]}"
    if not isinstance(item, Message):
        return None
    if item.value is None:
        return f"{item.id.name!r} says nothing"
    return f"{item.id.name!r} is there twice" if bundle.has_message(item.id.name) else None
