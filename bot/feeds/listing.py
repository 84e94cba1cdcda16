"""A source's listing page: the links on it that look like the source's own entries (the second ear)."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from w3lib.encoding import html_to_unicode

from bot.errors import ParseError
from bot.feeds.identity import canonical, place_of
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
    """One link of a listing page. `place` is its canonical address; `title` is "" where none is to be had.

    `ours`: it looks like an entry of the source. The others are told too, so that none of them is taken for new when
    the feed later brings its like.
    """

    place: str
    url: str
    title: str
    ours: bool = True


async def list_links(client: Client, workers: Workers, url: str, delivered: Sequence[str]) -> Sequence[ListedLink]:
    """The links of a listing page's site, the source's entries first. `delivered` are addresses that the feed brought.

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
    places = Places(url, delivered)
    ours: dict[str, ListedLink] = {}
    others: dict[str, ListedLink] = {}
    for anchor in page.iter("a"):
        link = choose_url([absolute(base, anchor.get("href") or "").partition("#")[0]])
        if link is None or not places.may_hold(link) or any(up.tag in FURNITURE for up in anchor.iterancestors()):
            continue
        add_anchor(ours if link in places else others, anchor, link, ours=link in places)
    return (*ours.values(), *others.values())


def add_anchor(found: dict[str, ListedLink], anchor: Any, link: str, *, ours: bool) -> None:
    """Note an anchor; of several to one page the longest words are its title."""
    place = place_of(link)
    before = found.get(place)
    if before is not None:
        found[place] = replace(before, title=max(before.title, title_of(anchor), key=len))
    elif len(found) < MOST_LINKS:
        found[place] = ListedLink(place=place, url=link, title=title_of(anchor), ours=ours)


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

    def may_hold(self, url: str) -> bool:
        """Whether this could be an entry: a page of the site that is neither this one nor a list."""
        place = canonical(url)
        parts = urlsplit(place)
        other = parts.netloc == self._host and place != self._page
        return other and not TURNING.search(parts.path) and not FILE.search(parts.path)

    def __contains__(self, url: object) -> bool:
        if not self.may_hold(str(url)):
            return False
        parts = urlsplit(canonical(str(url)))
        folder = folder_of(parts)
        below = bool(self._below) and len(steps(parts.path)) > len(self._below)
        return folder in self._folders or (below and folder[: len(self._below)] == self._below)


def folder_of(parts: SplitResult) -> tuple[str, ...]:
    """The steps of a path before its last, which names the page."""
    return steps(parts.path)[:-1]


def steps(path: str) -> tuple[str, ...]:
    """A path's steps, with figures for any figures."""
    return tuple(NUMBER.sub("0", unquote(step)) for step in path.split("/") if step)
