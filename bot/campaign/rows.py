"""Rows of a TOML file, taken key by key, so that each mistake is named by its file and row."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from bot.errors import CampaignError

E = TypeVar("E", bound=StrEnum)
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass
class Row:
    """One table of a file. Whatever was not taken when the row ends is a misspelt key."""

    file: str
    name: str
    values: Mapping[str, Any]
    taken: set[str] = field(default_factory=set)

    def error(self, what: str) -> CampaignError:
        """A sentence with the file and the row."""
        return CampaignError(f"{self.file}, {self.name}: {what}")

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        """The value of `key`, of type `kind`, or the default."""
        self.taken.add(key)
        value = self.values.get(key, default)
        if value is not default and not isinstance(value, kind):
            raise self.error(f"`{key}` is not what it should be: {value!r}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; needed unless there is a default."""
        value = self.take(key, str, default)
        if value is None:
            raise self.error(f"`{key}` is missing")
        return str(value)

    def number(self, key: str, default: float | None = None) -> float:
        """A number; needed unless there is a default."""
        value = self.take(key, (int, float), default)
        if value is None:
            raise self.error(f"`{key}` is missing")
        return float(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is absent."""
        values = self.take(key, list, [])
        if not all(isinstance(one, str) for one in values):
            raise self.error(f"`{key}` must be a list of texts")
        return tuple(values)

    def by_language(self, key: str) -> Mapping[str, str]:
        """A table of texts by language code ("cy"), empty where the key is absent."""
        values = self.take(key, dict, {})
        if not all(isinstance(one, str) and one for one in values.values()):
            raise self.error(f"`{key}` must give a text for each language")
        return dict(values)

    def lists_by_language(self, key: str) -> Mapping[str, tuple[str, ...]]:
        """A table of lists of texts by language code, empty where the key is absent."""
        values = self.take(key, dict, {})
        if not all(
            isinstance(one, list) and one and all(isinstance(text, str) for text in one) for one in values.values()
        ):
            raise self.error(f"`{key}` must give a list of texts for each language")
        return {language: tuple(texts) for language, texts in values.items()}

    def day(self, key: str) -> date | None:
        """A date, or None."""
        value: date | None = self.take(key, date)
        return value

    def choice(self, key: str, options: type[E], default: E | None = None) -> E:
        """One of an enumeration's values."""
        return self._one_of(key, self.text(key, default), options)

    def choices(self, key: str, options: type[E]) -> frozenset[E]:
        """Any of an enumeration's values; none where the key is absent."""
        return frozenset(self._one_of(key, value, options) for value in self.texts(key))

    def _one_of(self, key: str, value: str, options: type[E]) -> E:
        try:
            return options(value)
        except ValueError:
            raise self.error(f"`{key}` must be one of {', '.join(options)}, not {value!r}") from None

    def span(self, key: str, default: str) -> timedelta:
        """A length of time such as "10m"."""
        value = self.text(key, default)
        number, unit = value[:-1], UNITS.get(value[-1:])
        if unit is None or not number.isdigit():
            raise self.error(f"`{key}` must be a number and s, m, h or d, as in 10m, not {value!r}")
        return timedelta(**{unit: int(number)})

    def finish(self) -> None:
        """Refuse keys that nothing took: they are misspelt."""
        if unknown := sorted(self.values.keys() - self.taken):
            raise self.error(f"unknown key `{unknown[0]}`")


@contextmanager
def row(file: str, name: str, values: Any) -> Iterator[Row]:
    """Take a row apart; raises CampaignError where it is no table, lacks a key, or has one too many."""
    taken = Row(file, name, values if isinstance(values, Mapping) else {})
    if not isinstance(values, Mapping):
        raise taken.error("must be a table")
    yield taken
    taken.finish()


def rows(file: str, kind: str, values: Mapping[str, Any], key: str = "name") -> Iterator[tuple[str, Any]]:
    """The tables of `[[kind]]`, each with a name for errors: its own, else its number."""
    found = values.get(kind, [])
    if not isinstance(found, list):
        raise CampaignError(f"{file}: `{kind}` must be a list of tables")
    for number, one in enumerate(found, start=1):
        label = one.get(key) if isinstance(one, Mapping) else None
        yield f"{kind} {label or number}", one
