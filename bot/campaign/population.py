"""How many children are in custody, as the pack's sources count them: each series by itself, with its sources."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from bot.campaign.load import each, read_table
from bot.campaign.rows import Row, row
from bot.errors import CampaignError

PERIOD: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])|/(?P<until>\d{2}))")
MONTHS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month, or a year that ends in March (`month` is None, `year` the one it begins in)."""

    year: int
    month: int | None = None

    @property
    def place(self) -> float:
        """Where its middle lies among the years: 2025.0 is the first of January 2025."""
        return self.year + ((self.month - 0.5) / MONTHS if self.month else 0.75)

    @property
    def label(self) -> str:
        """A year as "2024/25"; a month as "2025-03", which a wording says better."""
        return f"{self.year}-{self.month:02}" if self.month else f"{self.year}/{(self.year + 1) % 100:02}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many children; of a `rough` one the source says that it is around that."""

    period: Period
    value: int
    rough: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where figures were seen: its name and address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One way of counting. `counts` and `averages` are in the order of time; there is at least one count.

    `disputed` is a figure that another source puts against one of these, and that source.
    """

    id: str
    counts: tuple[Count, ...]
    sources: tuple[Source, ...]
    averages: tuple[Count, ...] = ()
    disputed: tuple[Count, Source] | None = None


@cache
def load_population(name: str = "child_prisons") -> tuple[Series, ...]:
    """A pack's series, none where it has no population.toml; raises CampaignError, which names the row."""
    return read_population(files("bot.campaign") / name)


def read_population(folder: Traversable) -> tuple[Series, ...]:
    """The series in a pack's folder."""
    found = each(read_table(folder / "population.toml", needed=False), "series", series_of)
    ids = [one.id for one in found]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        raise CampaignError(f"population.toml: the series {twice!r} is there twice")
    return found


def series_of(one: Row) -> Series:
    """A series; without a figure or a source it is none."""
    rough = frozenset(one.texts("rough"))
    counts = counts_of(one, "figures", rough)
    sources = tuple(source_of(one, values) for values in one.take("sources", list, []))
    if not counts or not sources:
        raise one.error("`figures` and `sources` must not be empty")
    return Series(
        id=one.text("id"),
        counts=counts,
        sources=sources,
        averages=counts_of(one, "averages"),
        disputed=disputed_of(one) if "disputed" in one.values else None,
    )


def counts_of(one: Row, key: str, rough: frozenset[str] = frozenset()) -> tuple[Count, ...]:
    """A table from period to figure, in the order of time."""
    table: dict[str, Any] = one.take(key, dict, {})
    counts = [count_of(one, period, value, rough=period in rough) for period, value in table.items()]
    return tuple(sorted(counts, key=lambda count: count.period.place))


def count_of(one: Row, written: str, value: object, *, rough: bool = False) -> Count:
    """One figure."""
    read = PERIOD.fullmatch(written)
    if read is None or (read["until"] and int(read["until"]) != (int(read["year"]) + 1) % 100):
        raise one.error(f"a period is YYYY-MM or YYYY/YY, not {written!r}")
    if type(value) is not int or value < 0:
        raise one.error(f"the figure of {written} must be a whole number, not {value!r}")
    month = int(read["month"]) if read["month"] else None
    return Count(period=Period(year=int(read["year"]), month=month), value=value, rough=rough)


def source_of(one: Row, values: object) -> Source:
    """Name and address of a source."""
    with row(one.file, f"{one.name}, sources", values) as source:
        found = Source(name=source.text("name"), url=source.text("url"))
    if not found.url.startswith(("https://", "http://")):
        raise one.error(f"the source's `url` is not an address: {found.url!r}")
    return found


def disputed_of(one: Row) -> tuple[Count, Source]:
    """What another source says instead."""
    with row(one.file, f"{one.name}, disputed", one.take("disputed", dict)) as other:
        count = count_of(one, other.text("period"), int(other.number("value")))
        return count, source_of(one, {"name": other.text("name"), "url": other.text("url")})
