"""Reading: a page becomes a finding, in a worker; only what the page says. Importing this loads no extractor."""

from urllib.parse import urlsplit

from bot.errors import FetchError, ParseError
from bot.model.finding import Finding
from bot.net import Client
from bot.reading.lexicon import Lexicon, make_lexicon
from bot.reading.page import read_html
from bot.workers import Workers

__all__ = ["Lexicon", "make_lexicon", "read_page"]

MOST_BYTES = 4 * 1024 * 1024
READ_SECONDS = 15.0
ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"


async def read_page(client: Client, workers: Workers, url: str, *, lexicon: Lexicon) -> Finding:
    """Fetch a page and read it in a worker; raises the FetchError family, ParseError or WorkerError."""
    if not url:
        raise FetchError("the entry links to no page")
    answer = await client.get(url, max_bytes=MOST_BYTES, accept=ACCEPT)
    if is_front_page(answer.url) and not is_front_page(url):
        raise ParseError("the address leads to the site's front page")
    content_type = answer.headers.get("content-type", "")
    return await workers.run(read_html, answer.body, answer.url, lexicon, content_type, seconds=READ_SECONDS)


def is_front_page(url: str) -> bool:
    """Whether an address names a site and nothing in it."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query
