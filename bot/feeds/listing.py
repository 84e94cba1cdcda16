"""A source's listing page: the links on it that look like the source's own entries (the second ear)."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from w3lib.encoding import html_to_unicode

from bot.errors import ParseError
from bot.feeds.identity import canonical
from bot.feeds.parse import BINARY, choose_url
from bot.feeds.raw import absolute
from bot.feeds.text import clean_title
from bot.net import Client
from bot.workers import Workers

READ_SECONDS = 15.0
ACCEPT = "text/html, application/xhtml+xml, */*;q=0.8"
MOST_LINKS = 500
LONGEST_PAGE = 3_000_000
# What stands round a list on every page of a site, and is no entry of it.
FURNITURE = frozenset({"nav", "header", "footer", "aside", "form", "script", "style", "template", "noscript"})
HEADINGS = ".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6"
# How far up from a link that says only "read more" its heading is looked for.
STEPS_UP = 4
EMPTY_WORDS = (
    "read find out learn see view show continue click more full the this here reading report article story page "
    "detail details download pdf open go to about it on"
)
SAYS_NOTHING = frozenset(EMPTY_WORDS.split())
NUMBER = re.compile(r"\d+")
TURNING = re.compile(r"/(?:page|feed|tag|category|author|search)(?:/|$)", re.IGNORECASE)
FILE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|ico|css|js|xml|rss|atom|json|ics|zip|mp[34])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLink:
    """One entry as a listing page names it. `place` is its canonical address; `title` is "" where none is to be had."""

    place: str
    url: str
    title: str


async def list_links(client: Client, workers: Workers, url: str, delivered: Sequence[str]) -> Sequence[ListedLink]:
    """The entries on a listing page, in its order. `delivered` are addresses that the feed brought.

    Raises the FetchError family, ParseError or WorkerError.
    """
    answer = await client.get(url, accept=ACCEPT)
    return await workers.run(
        read_listing, answer.body, dict(answer.headers), answer.url, tuple(delivered), seconds=READ_SECONDS
    )


def read_listing(
    body: bytes, headers: Mapping[str, str], url: str, delivered: Collection[str]
) -> tuple[ListedLink, ...]:
    """Read a page; runs in a worker. Raises ParseError for what is no web page."""
    import lxml.etree  # noqa: PLC0415 -- heavy: no other process than a worker loads it
    import lxml.html  # noqa: PLC0415

    if body.startswith(BINARY) or not body.strip():
        raise ParseError("the listing page is empty, or no web page")
    _, text = html_to_unicode(headers.get("content-type"), body[:LONGEST_PAGE])
    try:
        page = lxml.html.document_fromstring(
            text.replace("\x00", "").encode(), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (lxml.etree.LxmlError, ValueError) as error:
        raise ParseError("the listing page cannot be read") from error
    base = absolute(url, (page.xpath("string(//base/@href)") or "")[:2000]) or url
    titles: dict[str, tuple[str, str]] = {}
    ours = Places(url, delivered)
    for anchor in page.iter("a"):
        add_anchor(titles, anchor, base, ours)
        if len(titles) >= MOST_LINKS:
            break
    return tuple(ListedLink(place=place, url=link, title=title) for place, (link, title) in titles.items())


def add_anchor(titles: dict[str, tuple[str, str]], anchor: Any, base: str, ours: "Places") -> None:
    """Note an anchor that leads to an entry; of several to one page the longest words are its title."""
    link = choose_url([absolute(base, anchor.get("href") or "").partition("#")[0]])
    if link is None or link not in ours or any(up.tag in FURNITURE for up in anchor.iterancestors()):
        return
    place = canonical(link)
    first, before = titles.get(place, (link, ""))
    titles[place] = (first, max(before, title_of(anchor), key=len))


def title_of(anchor: Any) -> str:
    """An anchor's words; where they only say "read more", the nearest heading above it."""
    for words in (anchor.text_content(), anchor.get("title"), anchor.get("aria-label")):
        title = clean_title(words or "", markup=False)
        if not set(re.findall(r"[^\W\d_]+", title.lower())) <= SAYS_NOTHING:
            return title
    return next(filter(None, headings_above(anchor)), "")


def headings_above(anchor: Any) -> Iterator[str]:
    """Headings of the blocks round an anchor, as long as a block holds one heading only: the anchor's own."""
    for _, block in zip(range(STEPS_UP), anchor.iterancestors(), strict=False):
        found = block.xpath(HEADINGS)
        if len(found) > 1:
            return
        if found:
            yield clean_title(found[0].text_content(), markup=False)


class Places:
    """Which addresses look like a source's entries: on its host, and where the feed's entries or the page itself are.

    Figures in a path stand for any (a feed's /2026/11/ is a site's /2027/01/). A path that only the host shares says
    nothing: every page of a site has that.
    """

    def __init__(self, page: str, delivered: Iterable[str]) -> None:
        self._page = canonical(page)
        parts = urlsplit(self._page)
        self._host = parts.netloc
        self._folders = {folder_of(urlsplit(place)) for url in delivered if (place := canonical(url))} - {()}
        self._below = steps(parts.path)

    def __contains__(self, url: object) -> bool:
        place = canonical(str(url))
        parts = urlsplit(place)
        if parts.netloc != self._host or place == self._page or TURNING.search(parts.path) or FILE.search(parts.path):
            return False
        folder = folder_of(parts)
        below = bool(self._below) and len(steps(parts.path)) > len(self._below)
        return folder in self._folders or (below and folder[: len(self._below)] == self._below)


def folder_of(parts: SplitResult) -> tuple[str, ...]:
    """The steps of a path before its last, which names the page."""
    return steps(parts.path)[:-1]


def steps(path: str) -> tuple[str, ...]:
    """A path's steps, with figures for any figures."""
    return tuple(NUMBER.sub("0", unquote(step)) for step in path.split("/") if step)
