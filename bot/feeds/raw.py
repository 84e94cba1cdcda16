"""A feed as found, before anything is cleaned: what the readers of XML and JSON have in common."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urljoin


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """A text and whether it is HTML."""

    value: str = ""
    markup: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """One item, as published. `links` are candidates, best first; `dates` too."""

    guid: str = ""
    links: tuple[str, ...] = ()
    title: RawText = RawText()
    summary: RawText = RawText()
    dates: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed's own title, its items in their order, and how often it says to be asked."""

    title: RawText = RawText()
    entries: tuple[RawEntry, ...] = field(default=())
    ttl: timedelta | None = None


MOST_ENTRIES = 5_000


def absolute(base: str, link: str) -> str:
    """A link made absolute; "" where it is no address at all."""
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""
