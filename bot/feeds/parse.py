"""A body to entries: pure, bounded, and run in a worker process because feeds can be hostile."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.errors import ParseError
from bot.feeds import identity
from bot.feeds.dates import read_date
from bot.feeds.decode import decode
from bot.feeds.ended import has_ended
from bot.feeds.jsonfeed import looks_like_json, read_json
from bot.feeds.raw import RawEntry, RawFeed
from bot.feeds.text import clean_summary, clean_title, first_words, tidy
from bot.feeds.xmlfeed import read_xml
from bot.model.entry import Entry

LARGEST = 10 * 1024 * 1024
LONGEST_URL = 2_000
LONGEST_GUID = 4_000
UNTITLED = "(untitled)"
URL = re.compile(r"https?://[^\s/?#@]+(?:[/?#]\S*)?", re.IGNORECASE)
BINARY = (b"\x1f\x8b", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"%PDF")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A parsed feed: its title, its entries with their identity, the rule that made it, how long it asks to be left.

    `rule` is None while the feed is empty. `ended`: its publisher says that it has ended.
    """

    title: str
    entries: tuple[Entry, ...]
    rule: str | None = None
    ttl: timedelta | None = None
    ended: bool = False


def parse_feed(body: bytes, headers: Mapping[str, str], url: str, rule: str | None = None) -> ParsedFeed:
    """Read RSS, Atom, RDF or JSON Feed. `headers` have lower-case names; `url` is where the body came from.

    `rule` is the feed's remembered identity rule; with None one is chosen. Raises ParseError in plain words for a body
    that is empty, too large, or something else than a feed.
    """
    raw = read_raw(body, headers, url)
    entries = [make_entry(item, url) for item in raw.entries]
    rule = rule or identity.choose_rule(entries)
    return ParsedFeed(
        title=clean_title(raw.title.value, markup=raw.title.markup),
        entries=identity.apply_rule(rule or identity.GUID, entries),
        rule=rule,
        ttl=raw.ttl,
        ended=has_ended(entries),
    )


def read_raw(body: bytes, headers: Mapping[str, str], url: str) -> RawFeed:
    """The feed before it is cleaned."""
    if len(body) > LARGEST:
        raise ParseError(f"the body is larger than {LARGEST // 1024 // 1024} MiB, which is the most that is read")
    if body.startswith(BINARY):
        raise ParseError("this is a binary file, not a feed")
    text = decode(body, headers)
    if not text.strip("\ufeff \t\r\n\x00"):
        raise ParseError("the answer is empty, not a feed")
    return read_json(text, url) if looks_like_json(text) else read_xml(text, url)


def make_entry(raw: RawEntry, feed_url: str) -> Entry:
    """One item cleaned, with the feed's own id or ""; a link to the feed itself is none."""
    title = clean_title(raw.title.value, markup=raw.title.markup)
    summary = clean_summary(raw.summary.value, markup=raw.summary.markup)
    guid = " ".join(tidy(raw.guid[:LONGEST_GUID]).split())
    url = choose_url(link for link in raw.links if link != feed_url)
    return Entry(
        id=guid,
        url=url,
        title=title or first_words(summary) or url or guid or UNTITLED,
        summary=summary,
        published_at=choose_date(raw.dates),
        categories=tuple(name for term in raw.categories if (name := clean_title(term, markup=False))),
    )


def choose_url(links: Iterable[str]) -> str | None:
    """The first that is an absolute http(s) address of bearable length; its spaces and quotes are percent-encoded."""
    for link in links:
        url = "".join(tidy(link[: LONGEST_URL + 1]).split("\n")).strip()
        url = re.sub(r"[\s\"'<>`\\]", lambda match: f"%{ord(match[0]):02X}", url)
        if len(url) <= LONGEST_URL and URL.fullmatch(url) and splits(url):
            return url
    return None


def splits(url: str) -> bool:
    """Whether the parts of an address can be told: of a bracket left open, or a port that is none, they cannot."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def choose_date(dates: Iterable[str]) -> datetime | None:
    """The first that can be read with certainty."""
    return next((found for value in dates if (found := read_date(value)) is not None), None)
