"""RSS, Atom and RDF by feedparser, which is imported here alone and in a worker process only."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.errors import AlertsError, FeedEndedError, ParseError
from bot.feeds.decode import HTML, prepare
from bot.feeds.ended import page_says_farewell
from bot.feeds.raw import MOST_ENTRIES, RawEntry, RawFeed, RawText, absolute

ITEM = re.compile(r"<((?:\w{1,20}:)?(?:item|entry))[\s>/]", re.IGNORECASE)
CLOSED = re.compile(r"</(?:\w{1,20}:)?(?:item|entry|rss|feed|rdf|channel)\s*>", re.IGNORECASE)
ROOT_NAME = re.compile(r"<((?:\w{1,20}:)?(?:rss|feed|rdf))[\s>]", re.IGNORECASE)
ITEM_EDGE = re.compile(r"</?(?:\w{1,20}:)?(?:item|entry)[\s>/]", re.IGNORECASE)
OWN_SUMMARY = re.compile(r"<(?:summary|content)[\s>]")
LINK_WITH_WORDS = re.compile(r"<link\s[^<>]*+(?<!/)>\s*+(https?://[^<>\s]++)\s*+</link>", re.IGNORECASE)
LONGEST_PICTURE = 20_000
ALTERNATE = re.compile(r"<link\b[^>]*+>", re.IGNORECASE)
FEED_TYPE = re.compile(r"type\s*=\s*[\"']?application/(?:rss\+xml|atom\+xml|feed\+json)", re.IGNORECASE)
HREF = re.compile(r"href\s*=\s*[\"']([^\"'<>]{1,2000})", re.IGNORECASE)
BOT_WALL = re.compile(r"_cf_chl_opt|challenge-platform|<title>\s*(?:Just a moment|Attention Required)", re.IGNORECASE)
PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
LONGEST_TTL = timedelta(days=1)
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def read_xml(text: str, url: str) -> RawFeed:
    """The feed in a text; raises ParseError, saying what it is instead, or FeedEndedError."""
    import feedparser  # noqa: PLC0415 -- heavy: no other process than a worker loads it

    prepared = own_words(whole_entries(prepare(text)))
    if HTML.match(prepared):
        raise no_feed(prepared, url)
    try:
        found = feedparser.parse(
            io.BytesIO(prepared.encode("utf-8", "ignore")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # its parsers raise anything on broken input; no such feed may stop the rest
        raise ParseError("the feed is so broken that it cannot be read") from error
    if not found.get("version") and not found.entries:
        raise no_feed(prepared, url)
    return RawFeed(
        title=raw_text(found.feed, "title"),
        entries=tuple(raw_entry(entry, url) for entry in found.entries[:MOST_ENTRIES]),
        ttl=read_ttl(found.feed),
    )


def whole_entries(text: str) -> str:
    """The text up to its last whole entry where it was cut off or is endlessly long, closed again."""
    starts = [match.start() for match in ITEM.finditer(text)]
    root = ROOT_NAME.search(text)
    if not starts or root is None:
        return text
    if len(starts) > MOST_ENTRIES:
        cut = starts[MOST_ENTRIES]
    elif not CLOSED.search(text, starts[-1]) and not re.search(r"/\s*>\s*$", text):
        cut = starts[-1]
    else:
        return text
    ends = "</channel></rss>" if root[1].lower() == "rss" else f"</{root[1]}>"
    return text[:cut] + ends


def own_words(text: str) -> str:
    """The text without what would be taken for an entry's own title, link or summary: its picture's.

    A link's own words count before attributes that name something else (uri="at://...").
    """
    first = ITEM.search(text)
    if first is None:
        return text
    pictures = ["image"] if text.find("<image", first.start()) >= 0 else []
    if "<media:description" in text and (text.count("<description") > 1 or OWN_SUMMARY.search(text)):
        pictures.append("media:description")
    for name in pictures:
        text = text[: first.start()] + "".join(without(text[first.start() :], name))
    return LINK_WITH_WORDS.sub(r"<link>\1</link>", text)


def without(text: str, name: str) -> Iterator[str]:
    """The runs of text between elements of a name that hold no entry; its time grows with the length only."""
    at = 0
    for opener in re.finditer(rf"<{name}(?:\s[^<>]*+)?(?<!/)>", text):
        end = text.find(f"</{name}>", opener.end())
        if end < 0:
            break
        if (
            opener.start() >= at
            and end - opener.end() <= LONGEST_PICTURE
            and not ITEM_EDGE.search(text, opener.end(), end)
        ):
            yield text[at : opener.start()]
            at = end + len(f"</{name}>")
    yield text[at:]


def no_feed(text: str, url: str) -> AlertsError:
    """What a text is instead of a feed, as an error to raise."""
    if not HTML.search(text):
        return ParseError("this is not a feed: no RSS, Atom or JSON Feed")
    if page_says_farewell(text):
        return FeedEndedError("there is a page in the feed's place, which says that the feed has ended")
    return ParseError(web_page(text, url))


def web_page(text: str, url: str) -> str:
    """What to tell a person who gave a page's address instead of a feed's."""
    if BOT_WALL.search(text[:200_000]):
        return "this is a wall against bots (a challenge page), not a feed"
    for match in ALTERNATE.finditer(text[:200_000]):
        href = HREF.search(match.group())
        if FEED_TYPE.search(match.group()) and href:
            return f"this is a web page, not a feed; it names a feed at {absolute(url, href[1])[:300]}"
    return "this is a web page, not a feed; look for the site's feed address"


def raw_text(found: dict[str, Any], name: str) -> RawText:
    """One of feedparser's texts."""
    detail = found.get(f"{name}_detail") or {}
    value = detail.get("value") or found.get(name) or ""
    return RawText(value=str(value), markup=detail.get("type") in HTML_TYPES)


def raw_entry(found: dict[str, Any], url: str) -> RawEntry:
    """One of feedparser's entries. Its ids stay as they are; only links are made absolute with the feed's address."""
    return RawEntry(
        guid=str(dict.get(found, "id") or ""),
        links=tuple(absolute(url, link) for link in links_of(found)),
        title=raw_text(found, "title"),
        summary=raw_summary(found),
        dates=tuple(str(value) for name in ("published", "updated", "created") if (value := dict.get(found, name))),
        categories=tuple(str(tag.get("term") or tag.get("label") or "") for tag in found.get("tags", ())[:50]),
    )


def raw_summary(found: dict[str, Any]) -> RawText:
    """The summary, else the content where that is text."""
    summary = raw_text(found, "summary")
    if summary.value.strip():
        return summary
    for content in found.get("content", ()):
        if str(content.get("type", "")).startswith("text/") or content.get("type") in HTML_TYPES:
            return RawText(value=str(content.get("value") or ""), markup=content.get("type") in HTML_TYPES)
    return summary


def links_of(found: dict[str, Any]) -> Iterator[str]:
    """The entry's own page first, then other pages that it names, then files; never the feed's own machinery."""
    if link := dict.get(found, "link"):
        yield str(link)
    links = [(link.get("rel", "alternate"), str(link.get("href") or "")) for link in found.get("links", ())]
    for wanted in ("alternate", "related", "via", "enclosure"):
        yield from (href for rel, href in links if rel == wanted and href)


def read_ttl(found: dict[str, Any]) -> timedelta | None:
    """How long the feed asks to be left alone: <ttl> in minutes, or sy:updatePeriod over sy:updateFrequency."""
    ttl = str(found.get("ttl") or "").strip()
    if ttl.isascii() and ttl.isdigit():
        return min(timedelta(minutes=int(ttl[:6])), LONGEST_TTL)
    hours = PERIODS.get(str(found.get("sy_updateperiod") or "").strip().lower())
    if hours is None:
        return None
    times = str(found.get("sy_updatefrequency") or "1").strip()
    frequency = int(times[:4]) if times.isascii() and times.isdigit() else 1
    return min(timedelta(hours=hours) / max(frequency, 1), LONGEST_TTL)
