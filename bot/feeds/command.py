"""The entries of a body as plain values, for the command line."""

from collections.abc import Iterator, Mapping

from bot.feeds.identity import PUBLISHED
from bot.feeds.parse import parse_feed


def parse_lines(body: bytes, headers: Mapping[str, str], url: str) -> Iterator[dict[str, str | None]]:
    """One dict per entry: id (as published where the feed has one), url, title, summary, published (ISO 8601 or None).

    Raises ParseError where the body is no feed.
    """
    for entry in parse_feed(body, headers, url, PUBLISHED).entries:
        yield {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "published": entry.published_at.isoformat() if entry.published_at else None,
        }
