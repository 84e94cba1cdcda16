"""One feed, fetched and parsed."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from bot.errors import FeedEndedError, StatusError
from bot.feeds.parse import ParsedFeed, parse_feed
from bot.model.entry import Entry
from bot.model.feed import FeedState
from bot.net import Client, Response
from bot.net.response import read_max_age
from bot.schedule import may_be_conditional
from bot.workers import Workers

PARSE_SECONDS = 15.0
PATIENCE = 3
GONE = 410
GONE_STATUSES = frozenset({404, GONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a good fetch brought.

    `etag` and `last_modified` replace what was remembered. `moved_to` is the address to ask from now on, once it has
    parsed, or None. `identity_rule` is the rule by which the entries have their ids. `ttl` is how long the feed or its
    server asks us to wait; bot.schedule bounds it; `own_ttl` is the feed's part in that. `digest` stands for the body.
    `title` is the feed's own.
    """

    status: Literal["entries", "not_modified"]
    entries: tuple[Entry, ...] = ()
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    identity_rule: str | None = None
    ttl: timedelta | None = None
    own_ttl: timedelta | None = None
    digest: str | None = None
    title: str = ""


async def fetch_feed(client: Client, workers: Workers, feed: FeedState, *, conditional: bool | None = None) -> Fetched:
    """Fetch a feed's current address and parse it in a worker.

    A remembered new address that is gone, or failed three times in a row, gives way to the original one. Once a day
    (bot.schedule.may_be_conditional), and where `conditional` is False, the validators stay at home, which finds what a
    stuck cache hides. In between, a body that is the last one again counts as "nothing new". Raises FeedEndedError
    where the publisher says that this is the end (410, or in words), else the FetchError family, ParseError or
    WorkerError; nothing is to be remembered then.
    """
    if conditional is None:
        conditional = may_be_conditional(feed, datetime.now(UTC))
    answer, moved = await get_anywhere(client, feed, conditional=conditional)
    if answer.not_modified:
        return not_modified(feed, answer)
    back = feed.spec.url if feed.fetch_url and not moved else None
    moved_to = answer.permanent_url or back
    if conditional and moved_to is None and feed.history_at is not None and digest_of(answer) == feed.body_digest:
        return replace(not_modified(feed, answer), etag=answer.etag, last_modified=answer.last_modified)
    parsed = await workers.run(
        parse_feed, answer.body, dict(answer.headers), answer.url, feed.identity_rule, seconds=PARSE_SECONDS
    )
    if parsed.ended:
        raise FeedEndedError("the publisher says, in the feed itself, that it has ended")
    return fetched(feed, answer, parsed, moved_to=moved_to)


def digest_of(answer: Response) -> str:
    """What stands for all that parsing depends on: the body, its type and the address that it came from."""
    head = f"{answer.url}\n{answer.headers.get('content-type', '')}\n"
    return hashlib.sha256(head.encode() + answer.body).hexdigest()


async def get_anywhere(client: Client, feed: FeedState, *, conditional: bool) -> tuple[Response, bool]:
    """The answer, and whether it came from the remembered new address."""
    try:
        if feed.fetch_url and feed.failures < PATIENCE:
            try:
                return await get(client, feed, feed.fetch_url, conditional=conditional), True
            except StatusError as error:
                if error.status not in GONE_STATUSES:
                    raise
                conditional = False
        return await get(client, feed, feed.spec.url, conditional=conditional), False
    except StatusError as error:
        if error.status == GONE:
            raise FeedEndedError(str(error)) from error
        raise


async def get(client: Client, feed: FeedState, url: str, *, conditional: bool) -> Response:
    """One GET, conditional where something is remembered; the poll that begins a feed's history never is."""
    if not conditional or feed.history_at is None:
        return await client.get(url)
    return await client.get(url, etag=feed.etag, last_modified=feed.last_modified)


def not_modified(feed: FeedState, answer: Response) -> Fetched:
    """The same as last time: what was remembered stays, but for validators that the server renewed."""
    return Fetched(
        status="not_modified",
        etag=answer.etag or feed.etag,
        last_modified=answer.last_modified or feed.last_modified,
        identity_rule=feed.identity_rule,
        ttl=longest(feed.ttl, read_max_age(answer.headers)),
        own_ttl=feed.ttl,
        digest=feed.body_digest,
    )


def fetched(feed: FeedState, answer: Response, parsed: ParsedFeed, *, moved_to: str | None) -> Fetched:
    """A 200 that parsed: both validators are replaced, even by nothing."""
    spec = feed.spec
    return Fetched(
        status="entries",
        entries=tuple(replace(entry, source=spec.name, kind=spec.kind) for entry in parsed.entries),
        etag=answer.etag,
        last_modified=answer.last_modified,
        moved_to=moved_to,
        identity_rule=parsed.rule,
        ttl=longest(parsed.ttl, read_max_age(answer.headers)),
        own_ttl=parsed.ttl,
        digest=digest_of(answer),
        title=parsed.title,
    )


def longest(*waits: timedelta | None) -> timedelta | None:
    """The longest of those that there are."""
    return max((wait for wait in waits if wait is not None), default=None)
