"""The second ear's memory: the links of a feed's listing page, and which of them its feed did not deliver."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feed import FeedState
from bot.store.feeds import as_feed, live
from bot.store.schema import entries, feeds, listed_links

URLS_COMPARED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A feed with a listing page to look at.

    `known_url` is the page whose links are known: another one, or None, makes the next look history. `failures` counts
    the looks that failed in a row.
    """

    feed: FeedState
    url: str
    known_url: str | None
    failures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedLink:
    """A link that stands on the page and that the feed, which had its chance, did not deliver."""

    row_id: int
    place: str
    url: str
    title: str


async def list_due_listings(connection: AsyncConnection, now: datetime, limit: int = 10) -> Sequence[Listing]:
    """Polled feeds whose listing page is to be looked at, the longest overdue first."""
    due = or_(feeds.c.index_due_at.is_(None), feeds.c.index_due_at <= now)
    query = live().where(feeds.c.index_url.is_not(None), due).order_by(feeds.c.index_due_at, feeds.c.id).limit(limit)
    return [
        Listing(feed=as_feed(row), url=row.index_url, known_url=row.index_known_url, failures=row.index_failures)
        for row in await connection.execute(query)
    ]


async def list_urls(connection: AsyncConnection, feed_id: int) -> Sequence[str]:
    """The newest addresses that a feed delivered: what its listing page's own links look like."""
    query = (
        select(entries.c.url)
        .where(entries.c.feed_id == feed_id, entries.c.url.is_not(None))
        .order_by(entries.c.id.desc())
        .limit(URLS_COMPARED)
    )
    return [row.url for row in await connection.execute(query)]


async def add_links(
    connection: AsyncConnection, feed_id: int, links: Mapping[str, tuple[str, str]], *, history: bool, now: datetime
) -> int:
    """Keep links (place -> url and title) that were not known; `history` ones are never raised. Returns how many."""
    query = select(listed_links.c.place).where(listed_links.c.feed_id == feed_id, listed_links.c.place.in_(list(links)))
    known = set((await connection.execute(query)).scalars())
    rows = [
        {
            "feed_id": feed_id,
            "place": place,
            "url": url,
            "title": title,
            "first_seen_at": now,
            "settled_at": now if history else None,
        }
        for place, (url, title) in links.items()
        if place not in known
    ]
    if rows:
        await connection.execute(insert(listed_links), rows)
    return len(rows)


async def mark_looked(
    connection: AsyncConnection, feed_id: int, *, due_at: datetime, known_url: str | None, failure: str | None
) -> None:
    """Write down a look at a listing page: a good one (`failure` None) makes its links known."""
    failures = 0 if failure is None else feeds.c.index_failures + 1
    await connection.execute(
        update(feeds)
        .where(feeds.c.id == feed_id)
        .values(index_due_at=due_at, index_known_url=known_url, index_failure=failure, index_failures=failures),
    )


async def count_poll(connection: AsyncConnection, feed_id: int) -> None:
    """The feed was polled well: one chance more to deliver what its page lists."""
    open_links = (listed_links.c.feed_id == feed_id) & listed_links.c.settled_at.is_(None)
    await connection.execute(update(listed_links).where(open_links).values(polls=listed_links.c.polls + 1))


async def settle_delivered(connection: AsyncConnection, now: datetime) -> None:
    """Links that their feed delivered after all are done with."""
    # An entry may be known by an id that is its page's address, while its link leads there by a detour.
    same = or_(entries.c.place == listed_links.c.place, entries.c.identity == listed_links.c.place)
    delivered = exists().where(entries.c.feed_id == listed_links.c.feed_id, same)
    await connection.execute(
        update(listed_links).where(listed_links.c.settled_at.is_(None), delivered).values(settled_at=now),
    )


async def list_missed(
    connection: AsyncConnection, *, seen_before: datetime, polls: int
) -> Sequence[tuple[FeedState, Sequence[MissedLink]]]:
    """Open links by feed, first seen before a moment or missed by so many good polls; the first seen first."""
    late = or_(listed_links.c.first_seen_at <= seen_before, listed_links.c.polls >= polls)
    query = select(listed_links).where(listed_links.c.settled_at.is_(None), late).order_by(listed_links.c.id)
    links: dict[int, list[MissedLink]] = {}
    for row in await connection.execute(query):
        missed = MissedLink(row_id=row.id, place=row.place, url=row.url, title=row.title)
        links.setdefault(row.feed_id, []).append(missed)
    if not links:
        return []
    rows = await connection.execute(live().where(feeds.c.id.in_(list(links))))
    return [(as_feed(row), links[row.id]) for row in rows]


async def settle_links(connection: AsyncConnection, row_ids: Collection[int], now: datetime) -> None:
    """These links were raised."""
    await connection.execute(
        update(listed_links).where(listed_links.c.id.in_(list(row_ids))).values(settled_at=now),
    )
