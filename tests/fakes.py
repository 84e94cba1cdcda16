"""Small real servers and stand-ins that tests of more than one room use."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import TypeVar

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from bot.serving import Address, serve
from bot.workers import Workers

T = TypeVar("T")


class WorkersHere(Workers):
    """Does the work in this process: what a worker is for is tested with it."""

    async def run(self, function: Callable[..., T], *args: object, seconds: float) -> T:
        """The function's result or its own error."""
        del seconds
        return function(*args)


@dataclass
class Item:
    """An item of a feed, and the page it links to."""

    number: int
    title: str
    summary: str = ""
    page: str | None = None
    published_at: datetime = field(default_factory=lambda: datetime.now(UTC))


class Site:
    """A site on loopback with one RSS feed, to which tests publish."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.status = 200
        self.body: bytes | None = None
        self.fetches = 0
        self.address: Address | None = None

    @property
    def url(self) -> str:
        """Where it is served."""
        assert self.address is not None
        return self.address.url

    @property
    def feed_url(self) -> str:
        """The feed's address."""
        return f"{self.url}/feed/"

    @property
    def host(self) -> str:
        """As `fetch.allow_hosts` wants it."""
        return self.url.removeprefix("http://")

    def publish(self, title: str, summary: str = "", page: str | None = None) -> None:
        """Add an item to the feed, at its top."""
        self.items.insert(0, Item(len(self.items) + 1, title, summary, page))

    def rss(self) -> bytes:
        """The feed as WordPress writes it."""
        items = "".join(
            f"<item><title>{escape(item.title)}</title><link>{self.url}/pages/{item.number}</link>"
            f'<guid isPermaLink="false">{self.url}/?p={item.number}</guid>'
            f"<pubDate>{format_datetime(item.published_at)}</pubDate>"
            f"<description>{escape(item.summary)}</description></item>"
            for item in self.items
        )
        head = f"<title>Inspectorate</title><link>{self.url}/</link><description>News</description>"
        return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()

    async def feed(self, request: Request) -> Response:
        """The feed's endpoint."""
        del request
        self.fetches += 1
        body = self.rss() if self.body is None else self.body
        return Response(body, status_code=self.status, media_type="application/rss+xml")

    async def page(self, request: Request) -> Response:
        """A report's page; 404 where the item has none."""
        number = int(request.path_params["number"])
        page = next((item.page for item in self.items if item.number == number), None)
        return HTMLResponse(page or "Not found", status_code=200 if page else 404)


@asynccontextmanager
async def running_site() -> AsyncIterator[Site]:
    """A site while the block runs."""
    site = Site()
    app = Starlette(routes=[Route("/feed/", site.feed), Route("/pages/{number}", site.page)])
    async with serve(app) as address:
        site.address = address
        yield site
