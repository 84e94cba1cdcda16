"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/): good items are kept, others skipped."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.errors import ParseError
from bot.feeds.raw import MOST_ENTRIES, RawEntry, RawFeed, RawText, absolute

TRAILING_COMMA = re.compile(r",(\s*[\]}])")
LONGEST_NUMBER = 30
OTHER_JSON = "this is JSON of another kind, not a feed"


def looks_like_json(text: str) -> bool:
    """Whether a text can only be JSON."""
    return text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}


def read_json(text: str, url: str) -> RawFeed:
    """The feed in a text; raises ParseError where it is broken, or JSON of another kind."""
    found = load(text.lstrip("\ufeff \t\r\n"))
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise ParseError(OTHER_JSON)
    version = found.get("version")
    if not (isinstance(version, str) and "jsonfeed.org" in version) and not found["items"]:
        raise ParseError(OTHER_JSON)
    items = [item for item in found["items"][:MOST_ENTRIES] if isinstance(item, dict)]
    return RawFeed(
        title=RawText(value=text_of(found, "title")),
        entries=tuple(raw_item(item, url) for item in items),
    )


def load(text: str) -> Any:
    """The JSON value, once more without trailing commas."""
    for attempt in (text, TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False, parse_int=number)
        except (ValueError, RecursionError):
            continue
    raise ParseError("this looks like JSON but is broken")


def number(digits: str) -> int | str:
    """A whole number; one that is absurdly long stays text."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits[:LONGEST_NUMBER]


def raw_item(item: dict[str, Any], url: str) -> RawEntry:
    """One item."""
    page = [absolute(url, link) for name in ("url", "external_url") if (link := text_of(item, name))]
    return RawEntry(
        guid=text_of(item, "id"),
        links=tuple(page),
        title=RawText(value=text_of(item, "title")),
        summary=summary_of(item),
        dates=tuple(value for name in ("date_published", "date_modified") if (value := text_of(item, name))),
        categories=tuple(categories_of(item)),
    )


def summary_of(item: dict[str, Any]) -> RawText:
    """The summary, else the content."""
    if text := text_of(item, "summary") or text_of(item, "content_text"):
        return RawText(value=text)
    return RawText(value=text_of(item, "content_html"), markup=True)


def categories_of(item: dict[str, Any]) -> Iterator[str]:
    """Its tags."""
    tags = item.get("tags")
    if isinstance(tags, list):
        yield from (tag for tag in tags[:50] if isinstance(tag, str))


def text_of(item: dict[str, Any], name: str) -> str:
    """A text value; numbers count (some publishers' ids are), anything else is nothing."""
    value = item.get(name)
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
