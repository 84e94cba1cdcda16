"""The second ear: what stands on a source's listing page and not in its feed is kept as an entry, too."""

import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AlertsError
from bot.feeds import ListedLink
from bot.flows.keeping import Keeping
from bot.match import Matcher
from bot.model.entry import Entry
from bot.model.feed import FeedState
from bot.model.story import Outcome
from bot.schedule import after_look
from bot.store import Store
from bot.store.cards import add_notice
from bot.store.listed import (
    Listing,
    MissedLink,
    add_links,
    list_due_listings,
    list_missed,
    list_urls,
    mark_looked,
    settle_delivered,
    settle_links,
)

log = logging.getLogger(__name__)

# A feed's fair chance: so many good polls after the page named a link, or so long, should the feed be broken.
POLLS_MISSED = 2
CHANCE_LASTS = timedelta(hours=2)

Look = Callable[[str, Sequence[str]], Awaitable[Sequence[ListedLink]]]
"""(the page, addresses that the feed delivered) -> the page's links to entries."""


@dataclass(frozen=True, kw_only=True)
class SecondEar:
    """`look` reads a listing page (bot.feeds); `exact` says whether a feed's host is polled to the second."""

    store: Store
    matcher: Matcher
    look: Look
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    exact: Callable[[str], bool] = field(default=lambda _url: False)
    roll: Callable[[], float] = random.random

    async def tick(self) -> int:
        """Look at the pages that are due and raise what feeds have missed; returns how many looks there were."""
        async with self.store.read() as connection:
            due = await list_due_listings(connection, self.now())
        for listing in due:
            try:
                await self.look_at(listing)
            except Exception as error:  # noqa: BLE001 -- one bad page never stops the rest
                await self.note_failure(listing, error)
        await self.raise_missed()
        return len(due)

    async def look_at(self, listing: Listing) -> None:
        """One page: read outside any transaction, its new links kept in one. The first look at a page is history."""
        async with self.store.read() as connection:
            delivered = await list_urls(connection, listing.feed.id)
        links = await self.look(listing.url, delivered)
        ours = {link.place: (link.url, link.title) for link in links if link.ours}
        others = {link.place: (link.url, link.title) for link in links if not link.ours}
        now = self.now()
        async with self.store.write() as connection:
            first = listing.known_url != listing.url
            await add_links(connection, listing.feed.id, ours, history=first, now=now)
            await add_links(connection, listing.feed.id, others, history=True, now=now)
            due = after_look(listing.feed, now, exact=self.is_exact(listing), roll=self.roll())
            await mark_looked(connection, listing.feed.id, due_at=due, known_url=listing.url, failure=None)

    async def note_failure(self, listing: Listing, error: Exception) -> None:
        """Write down why a look failed; what nobody foresaw is logged with its traceback."""
        foreseen = isinstance(error, AlertsError)
        reason = str(error) if foreseen else f"unexpected: {type(error).__name__}"
        log.warning("%s: its listing page: %s", listing.feed.spec.name, reason, exc_info=None if foreseen else error)
        due = after_look(
            listing.feed,
            self.now(),
            failures=listing.failures + 1,
            exact=self.is_exact(listing),
            roll=self.roll(),
        )
        async with self.store.write() as connection:
            await mark_looked(connection, listing.feed.id, due_at=due, known_url=listing.known_url, failure=reason)

    def is_exact(self, listing: Listing) -> bool:
        """Whether the page's host may be asked as often as we like."""
        return self.exact(listing.url)

    async def raise_missed(self) -> None:
        """Keep as entries what feeds had their chance to deliver and did not, each feed's in a transaction."""
        now = self.now()
        missed = partial(list_missed, seen_before=now - CHANCE_LASTS, polls=POLLS_MISSED)
        async with self.store.read() as connection:
            if not await missed(connection):
                return
        async with self.store.write() as connection:
            await settle_delivered(connection, now)
            found = await missed(connection)
        for feed, links in found:
            try:
                await self.raise_of(feed, links)
            except Exception:  # one feed's links never stop another's
                log.exception("%s: what its page shows could not be kept", feed.spec.name)

    async def raise_of(self, feed: FeedState, links: Sequence[MissedLink]) -> None:
        """Keep one feed's missed links, or none of them; a link that it delivered just now waits for the next tick."""
        async with self.store.write() as connection:
            begun = await self.keep(connection, feed, links)
            await settle_links(connection, [link.row_id for link in links], self.now())
        if begun:
            self.wake("publish")

    async def keep(self, connection: AsyncConnection, feed: FeedState, links: Sequence[MissedLink]) -> int:
        """Keep one feed's missed links; organisers are told of those that are ours. Returns the stories to be read."""
        entries = [as_entry(feed, link) for link in links]
        now = self.now()
        for entry in entries:
            if self.matcher.judge(entry).outcome is not Outcome.IGNORE:
                words = {"title": entry.title, "feed": feed.spec.name}
                await add_notice(connection, "missed-by-feed", words, now=now)
        log.warning("%s: %d entries are on its page and not in the feed", feed.spec.name, len(entries))
        return await Keeping(self.matcher, connection, feed, now).keep_new(entries)


def as_entry(feed: FeedState, link: MissedLink) -> Entry:
    """A link as an entry. Its identity is its page, under which the feed's own entry will be recognised later."""
    return Entry(
        id=link.place,
        url=link.url,
        title=link.title or link.url,
        source=feed.spec.name,
        kind=feed.spec.kind,
        missed_by_feed=True,
    )
