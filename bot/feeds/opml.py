"""Lists of feeds as OPML 2.0 (http://opml.org/spec2.opml), read leniently and written so that any reader takes them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import listparser

from bot.errors import ParseError, RefusedAddressError
from bot.feeds.identity import canonical
from bot.feeds.text import clean_title
from bot.model.feed import FeedKind, FeedSpec
from bot.net.address import read_url

PAUSED = "paused"
"""The category of a feed that is switched off."""
LONGEST_NAME = 120
LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """What a list holds: its feeds, each once, and rows that are none, as "name: what is wrong"."""

    feeds: tuple[FeedSpec, ...]
    faults: tuple[str, ...] = ()


def read_opml(body: bytes, *, kind: FeedKind | None = None) -> Outlines:
    """The feeds of a list, nested ones too.

    `kind` is what all of them are; with None each is what its category or the outline around it says, else news. Raises
    ParseError where the body is no OPML.
    """
    if len(body) > LARGEST:
        raise ParseError(f"the list is larger than {LARGEST // 1024 // 1024} MiB, which is the most that is read")
    # Given text, the library would fetch what looks like an address.
    found = listparser.parse(body)
    if not found["version"].startswith("opml"):
        raise ParseError("this is not an OPML list of feeds")
    feeds: dict[str, FeedSpec] = {}
    faults = [f"{row_name(row)}: it leads to another list, or to a page, not to a feed" for row in rows_aside(found)]
    faults += [f"{name}: it names no address" for name in empty_rows(body)]
    for row in found["feeds"]:
        try:
            spec = read_row(row, kind)
        except RefusedAddressError as error:
            faults.append(f"{row_name(row)}: {error}")
        else:
            feeds.setdefault(canonical(spec.url), spec)
    return Outlines(feeds=tuple(feeds.values()), faults=tuple(faults))


def rows_aside(found: listparser.common.SuperDict) -> list[listparser.common.SuperDict]:
    """Rows that are no feeds."""
    return [*found["lists"], *found["opportunities"]]


def empty_rows(body: bytes) -> Iterator[str]:
    """The names of rows that hold neither an address nor other rows, which the library takes for folders.

    None where the list is not well formed, which the library bears.
    """
    try:
        rows = list(ET.fromstring(body).iter("outline"))  # noqa: S314 - expat bounds what entities unfold to
    except ET.ParseError:
        return
    for row in rows:
        values = {name.lower(): value for name, value in row.items()}
        if not len(row) and not any(values.get(name, "").strip() for name in ("xmlurl", "url")):
            yield values.get("text") or values.get("title") or "a row without a name"


def row_name(row: listparser.common.SuperDict) -> str:
    """A row as a person finds it in the file."""
    return clean_title(row["title"], markup=False) or row["url"]


def read_row(row: listparser.common.SuperDict, kind: FeedKind | None) -> FeedSpec:
    """A row as a feed; raises RefusedAddressError where its address is none."""
    url = row["url"]
    read_url(url)
    words = [word.lower() for category in row["categories"] for word in category]
    named = next((FeedKind(word) for word in words if word in set(FeedKind)), FeedKind.NEWS)
    name = clean_title(row["title"], markup=False)[:LONGEST_NAME]
    return FeedSpec(name=name or url, url=url, kind=kind or named, enabled=PAUSED not in words)


def write_opml(feeds: Sequence[FeedSpec], title: str) -> bytes:
    """A list of these feeds that `read_opml` reads back with the same names, addresses, kinds and states."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = lawful(title)
    body = ET.SubElement(root, "body")
    for feed in feeds:
        ET.SubElement(body, "outline", {name: lawful(value) for name, value in outline(feed)})
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def outline(feed: FeedSpec) -> Iterable[tuple[str, str]]:
    """A feed's attributes. Categories are OPML's own way to say more: the kind, and whether it is paused."""
    yield "type", "rss"
    yield "text", feed.name
    yield "title", feed.name
    yield "xmlUrl", feed.url
    if feed.index_url:
        yield "htmlUrl", feed.index_url
    yield "category", f"/{feed.kind.value}" + ("" if feed.enabled else f",/{PAUSED}")


def lawful(text: str) -> str:
    """Text without what XML cannot hold."""
    return clean_title(text, markup=False)
