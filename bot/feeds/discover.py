"""From any address of a site to the feeds it has: the address itself, what its page names, then the usual places."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bot.errors import AlertsError, ParseError, StatusError
from bot.feeds.decode import decode
from bot.feeds.identity import canonical
from bot.feeds.parse import parse_feed
from bot.feeds.raw import absolute
from bot.feeds.text import clean_title
from bot.model.feed import Candidate
from bot.net import Client, Response
from bot.workers import Workers

PARSE_SECONDS = 15.0
MOST_FOUND = 8
PAGE_LENGTH = 1024 * 1024
TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
    }
)
# Where publishing systems put a feed when the page does not say. WordPress first: most of our sources run on it.
USUAL = ("feed/", "rss.xml", "atom.xml", "feed.xml", "index.xml", "rss", "feed.json")
MOST_TRIED = 10
# A server that says one of these does not want to be asked further.
UNWELCOME = frozenset({401, 403, 429, 503})
AROUND = " \t\n<>\"'“”‘’,;."
TYPED = re.compile(
    r"^(?:feed:(?://)?)?(?:(?P<scheme>https?)://|(?![a-z][a-z0-9+.-]*:(?!\d)))(?P<rest>[^\s]+)$", re.IGNORECASE
)
HOST = re.compile(r"[^\s/?#@]+\.[^\s/?#@.]{2,}|localhost|\[[0-9a-f:]+\]|\d+(?:\.\d+){3}", re.IGNORECASE)


def read_address(typed: str) -> str | None:
    """An address as people type or paste it, as an http(s) URL; None where it is none.

    Without a scheme it is taken for https; `feed:` in front and brackets or a full stop around it are dropped.
    """
    match = TYPED.match(typed.strip(AROUND))
    if match is None:
        return None
    host = re.sub(r":\d+$", "", re.split(r"[/?#]", match["rest"], maxsplit=1)[0].rpartition("@")[2])
    return f"{(match['scheme'] or 'https').lower()}://{match['rest']}" if HOST.fullmatch(host) else None


async def discover_feeds(client: Client, workers: Workers, url: str) -> tuple[Candidate, ...]:
    """The feeds at an address, at most eight, the likeliest first; empty where there is none.

    The page is asked for once; the usual places only where it names none, at most ten of them, and no further once the
    server turns us away. Raises the FetchError family where the address itself cannot be read.
    """
    answer = await client.get(url)
    title = await find_title(workers, answer)
    if title is not None:
        return (Candidate(url=answer.permanent_url or url, title=title),)
    named = await workers.run(find_links, answer.body, dict(answer.headers), answer.url, seconds=PARSE_SECONDS)
    return named or await try_usual_places(client, workers, answer.url)


async def find_title(workers: Workers, answer: Response) -> str | None:
    """The title of an answer that is a feed; None where it is something else. WorkerError goes on."""
    try:
        parsed = await workers.run(parse_feed, answer.body, dict(answer.headers), answer.url, seconds=PARSE_SECONDS)
    except ParseError:
        return None
    return parsed.title


async def try_usual_places(client: Client, workers: Workers, url: str) -> tuple[Candidate, ...]:
    """The first usual place that is a feed, if any is."""
    for place in usual_places(url):
        try:
            answer = await client.get(place)
            title = await find_title(workers, answer)
        except StatusError as error:
            if error.status in UNWELCOME:
                return ()
        except AlertsError:
            continue
        else:
            if title is not None:
                return (Candidate(url=answer.permanent_url or place, title=title),)
    return ()


def usual_places(url: str) -> list[str]:
    """Where a feed may be: below the page itself, then at the root of its site; at most ten."""
    path = urlsplit(url).path
    own = urljoin(url, path if path.endswith("/") else f"{path}/")
    root = urljoin(url, "/")
    here = [urljoin(own, name) for name in USUAL[:2]] if own != root else []
    # As the publishing system of the government does it.
    beside = [own.rstrip("/") + ".atom"] if own != root else []
    return list(dict.fromkeys([*here, *beside, *(urljoin(root, name) for name in USUAL)]))[:MOST_TRIED]


def find_links(body: bytes, headers: Mapping[str, str], url: str) -> tuple[Candidate, ...]:
    """The feeds that a page names in its links (rel=alternate), at most eight; those of comments last.

    Run it in a worker: pages can be hostile.
    """
    reader = LinkReader()
    reader.feed(decode(body, headers)[:PAGE_LENGTH])
    base = absolute(url, reader.base) or url
    return tuple(choose(make_candidates(reader.links, base)))


class LinkReader(HTMLParser):
    """Collects a page's base, and (address, title) of the links that lead to feeds."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.links: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102 - the library's name
        values = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = values.get("href", "").strip()
        elif tag == "link" and leads_to_feed(values) and values.get("href", "").strip():
            self.links.append((values["href"].strip(), values.get("title", "")))


def leads_to_feed(values: Mapping[str, str]) -> bool:
    """Whether a link's attributes say so. Plain JSON is a site's programming interface far more often than a feed."""
    relations = values.get("rel", "").lower().split()
    kind = values.get("type", "").partition(";")[0].strip().lower()
    return kind in TYPES and ("alternate" in relations or "feed" in relations)


def make_candidates(links: Iterable[tuple[str, str]], base: str) -> Iterator[Candidate]:
    """The links as absolute http(s) addresses."""
    for href, title in links:
        try:
            url = urljoin(base, href)
        except ValueError:
            continue
        if url.startswith(("http://", "https://")):
            yield Candidate(url=url, title=clean_title(title, markup=False))


def choose(candidates: Iterable[Candidate]) -> Sequence[Candidate]:
    """Each feed once, those of comments last; the first eight."""
    distinct: dict[str, Candidate] = {}
    for one in candidates:
        distinct.setdefault(canonical(one.url), one)
    ranked = sorted(distinct.values(), key=lambda one: "comments" in f"{one.url} {one.title}".lower())
    return ranked[:MOST_FOUND]
