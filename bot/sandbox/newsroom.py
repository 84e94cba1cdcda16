"""The newsroom: a few sites on loopback that publish sample findings in the shapes of the real feeds.

Three desks: an inspectorate (WordPress RSS), a government (GOV.UK Atom) and a newspaper (BBC-like RSS). Each begins
with some older entries; once somebody presses a button, the edition of this run comes out over about two minutes.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.model.feed import FeedKind, FeedSpec
from bot.sandbox.editions import Edition, Piece, history

EVERY = timedelta(seconds=3)
BEGINS_BY_ITSELF = timedelta(minutes=5)
WINDOW = 10  # entries a feed lists, as WordPress does
EDITIONS_KEPT = 20

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Desk:
    """One site: its feed (path and template), its kind, and where its pages are."""

    name: str
    title: str
    kind: FeedKind
    feed: str
    template: str
    media_type: str
    page: str


DESKS = (
    Desk(
        "inspectorate",
        "Sample inspectorate",
        FeedKind.INSPECTORATE,
        "inspectorate/feed/",
        "inspectorate.xml",
        "application/rss+xml",
        "inspectorate/hmipris_reports/{slug}/",
    ),
    Desk(
        "government",
        "Sample government news",
        FeedKind.GOVERNMENT,
        "government/organisations/sample-office.atom",
        "government.xml",
        "application/atom+xml",
        "government/news/{slug}",
    ),
    Desk("news", "Sample newspaper", FeedKind.NEWS, "news/rss.xml", "news.xml", "text/xml", "news/articles/{slug}"),
)


class Newsroom:
    """The sandbox's sources. `clock` gives the present as an aware datetime."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._opened_at = self._founded_at = clock()
        self._past: tuple[Edition, ...] = ()
        self._edition: Edition | None = None
        self._fetched: set[str] = set()
        self._pages = _pages()

    def begin(self, now: datetime) -> None:
        """Let this run's edition start; the second call and all later ones change nothing."""
        if self._edition is None:
            self._edition = Edition(self.number, now)

    @property
    def number(self) -> int:
        """The number of this run's edition, from 1."""
        return 1 + max((edition.number for edition in self._past), default=0)

    def feeds(self, base_url: str) -> tuple[FeedSpec, ...]:
        """The feeds to poll, given where the application is mounted ("http://127.0.0.1:8080")."""
        root = base_url.rstrip("/") + "/newsroom/"
        return tuple(FeedSpec(name=desk.title, url=root + desk.feed, kind=desk.kind, every=EVERY) for desk in DESKS)

    def snapshot(self) -> dict[str, Any]:
        """What the next run must know, as JSON: when the newsroom was founded, its editions, and the time now."""
        editions = [*self._past, *([self._edition] if self._edition else [])]
        return {
            "founded_at": self._founded_at.isoformat(),
            "taken_at": self._clock().isoformat(),
            "editions": [_edition_kept(edition) for edition in editions[-EDITIONS_KEPT:]],
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Take over from an earlier run: its edition ended when the snapshot was taken, and a new one is due."""
        self._founded_at = datetime.fromisoformat(kept["founded_at"])
        taken_at = datetime.fromisoformat(kept["taken_at"])
        self._past = tuple(_edition_from(row, taken_at) for row in kept["editions"])
        self._edition = None

    def routes(self) -> list[BaseRoute]:
        """The newsroom's routes, all under /newsroom/."""
        inside: list[BaseRoute] = []
        for desk in DESKS:
            inside.append(Route("/" + desk.feed, self._feed_of(desk), name=f"{desk.name}-feed"))
            inside.append(Route("/" + desk.page, self._page_of(desk), name=f"{desk.name}-page"))
        inside.append(Route("/inspectorate/", self._by_id))
        inside.append(Route("/charts/{id:int}.svg", self._chart, name="chart"))
        return [Mount("/newsroom", routes=inside, name="newsroom")]

    def _feed_of(self, desk: Desk) -> Endpoint:
        async def feed(request: Request) -> Response:
            return self._feed(desk, request)

        return feed

    def _page_of(self, desk: Desk) -> Endpoint:
        async def page(request: Request) -> Response:
            piece = self._find(lambda piece: piece.desk == desk.name and piece.slug == request.path_params["slug"])
            return HTMLResponse(self._pages.get_template(f"{piece.page}.html").render(piece=piece, request=request))

        return page

    def _feed(self, desk: Desk, request: Request) -> Response:
        pieces = self._listed(desk.name)
        body = self._pages.get_template(desk.template).render(desk=desk, pieces=pieces, request=request).encode()
        changed_at = pieces[0].published_at.replace(microsecond=0)
        headers = {
            "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
            "Last-Modified": format_datetime(changed_at.astimezone(UTC), usegmt=True),
        }
        if _is_known(request, headers["ETag"], changed_at):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=f"{desk.media_type}; charset=utf-8", headers=headers)

    def _listed(self, desk: str) -> list[Piece]:
        """Newest first. A feed's first answer in a run has only older entries: the bot takes it as history."""
        now = self._clock()
        if now >= self._opened_at + BEGINS_BY_ITSELF:
            self.begin(now)
        editions = [*self._past, *([self._edition] if self._edition and desk in self._fetched else [])]
        self._fetched.add(desk)
        pieces = [*history(self._founded_at), *(piece for edition in editions for piece in edition.published(now))]
        mine = [piece for piece in pieces if piece.desk == desk]
        return sorted(mine, key=lambda piece: piece.published_at, reverse=True)[:WINDOW]

    def _find(self, wanted: Callable[[Piece], bool]) -> Piece:
        """A piece that is out, or was in an earlier run; its page stays when the feed no longer lists it."""
        pieces = [*history(self._founded_at), *(piece for edition in self._past for piece in edition.pieces())]
        if self._edition:
            pieces += self._edition.published(self._clock())
        for piece in pieces:
            if wanted(piece):
                return piece
        raise HTTPException(404, "No such page in the sample newsroom.")

    async def _by_id(self, request: Request) -> Response:
        """The address that a WordPress guid is made of leads to the page."""
        piece = self._find(
            lambda piece: piece.desk == "inspectorate" and str(piece.id) == request.query_params.get("p")
        )
        return RedirectResponse(request.url_for("newsroom:inspectorate-page", slug=piece.slug), 301)

    async def _chart(self, request: Request) -> Response:
        piece = self._find(lambda piece: piece.page == "report" and piece.id == request.path_params["id"])
        return Response(self._pages.get_template("chart.svg").render(piece=piece), media_type="image/svg+xml")


def _pages() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates" / "newsroom"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["rfc822"] = lambda at: format_datetime(at.astimezone(UTC))
    environment.filters["gmt"] = lambda at: format_datetime(at.astimezone(UTC), usegmt=True)
    environment.filters["rfc3339"] = lambda at: at.astimezone(UTC).isoformat(timespec="seconds")
    environment.filters["day"] = lambda at: f"{at.day} {at:%B %Y}"
    return environment


def _is_known(request: Request, etag: str, changed_at: datetime) -> bool:
    """Whether the asker's copy is ours (RFC 9110, section 13.2.2: the tag, where given, decides alone)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    try:
        return changed_at <= parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except (TypeError, ValueError):
        return False


def _edition_kept(edition: Edition) -> dict[str, Any]:
    closed_at = edition.closed_at.isoformat() if edition.closed_at else None
    return {"number": edition.number, "started_at": edition.started_at.isoformat(), "closed_at": closed_at}


def _edition_from(row: Mapping[str, Any], taken_at: datetime) -> Edition:
    edition = Edition(row["number"], datetime.fromisoformat(row["started_at"]), taken_at)
    return replace(edition, closed_at=datetime.fromisoformat(row["closed_at"])) if row["closed_at"] else edition
