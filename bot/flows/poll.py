"""Poll: due feeds are fetched and parsed, and what is new is kept with verdict and story, in one transaction."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.errors import AlertsError, FeedEndedError, StatusError
from bot.feeds import Fetched
from bot.flows.keeping import Keeping
from bot.match import Matcher
from bot.model.feed import FeedState
from bot.schedule import LONGEST_WAIT, after_failure, after_success
from bot.store import Store
from bot.store.feeds import (
    PollResult,
    forget_validators,
    is_current,
    list_due_feeds,
    mark_poll_failed,
    mark_polled,
)
from bot.store.listed import count_poll

log = logging.getLogger(__name__)

FEEDS_AT_ONCE = 8
# While some feeds are slow, others that fall due are looked for this often.
LOOK_SECONDS = 1.0
NOT_MODIFIED = 304


@dataclass(frozen=True, kw_only=True)
class Poll:
    """`fetch` brings one feed's entries (bot.feeds); `exact` says whether a feed's host is polled to the second."""

    store: Store
    matcher: Matcher
    fetch: Callable[[FeedState], Awaitable[Fetched]]
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    exact: Callable[[str], bool] = field(default=lambda _url: False)
    roll: Callable[[], float] = random.random

    async def tick(self) -> int:
        """Poll what is due, a few at once, until nothing is; returns how many. One slow feed holds up no other."""
        running: dict[asyncio.Task[None], FeedState] = {}
        count = 0
        try:
            while True:
                for feed in await self.list_due(running.values()):
                    running[asyncio.create_task(self.poll_feed(feed))] = feed
                if not running:
                    return count
                ended, _ = await asyncio.wait(running, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
                for task in ended:
                    await self.note_end(running.pop(task), task)
                count += len(ended)
        finally:
            for task in running:
                task.cancel()

    async def list_due(self, running: Collection[FeedState]) -> list[FeedState]:
        """Due feeds that are not being polled, as many as there is room for."""
        busy = {feed.id for feed in running}
        async with self.store.read() as connection:
            due = await list_due_feeds(connection, self.now(), FEEDS_AT_ONCE + len(busy))
        return [feed for feed in due if feed.id not in busy][: FEEDS_AT_ONCE - len(busy)]

    async def note_end(self, feed: FeedState, task: asyncio.Task[None]) -> None:
        """Write down a failure; what is no ordinary exception goes on."""
        error = task.exception()
        if isinstance(error, Exception):
            await self.note_failure(feed, error)
        elif error is not None:
            raise error

    async def poll_feed(self, feed: FeedState) -> None:
        """One feed: fetched outside any transaction, kept in one."""
        fetched = await self.fetch(feed)
        now = self.now()
        async with self.store.write() as connection:
            if not await is_current(connection, feed):
                # An organiser paused or removed it while it was fetched.
                return
            begun, changed = await Keeping(self.matcher, connection, feed, now).keep(fetched)
            await mark_polled(connection, self.result_of(feed, fetched, now, changed=changed))
            if feed.spec.index_url:
                await count_poll(connection, feed.id)
        if begun:
            log.info("%s: %d new stories to read", feed.spec.name, begun)
            self.wake("publish")

    def result_of(self, feed: FeedState, fetched: Fetched, now: datetime, *, changed: bool) -> PollResult:
        """What the feed's row learns from a good poll."""
        return PollResult(
            feed_id=feed.id,
            polled_at=now,
            next_poll_at=after_success(feed, now, ttl=fetched.ttl, exact=self.exact(feed.spec.url), roll=self.roll()),
            changed=changed,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            fetch_url=fetched.moved_to or feed.fetch_url,
            identity_rule=fetched.identity_rule,
            body_digest=fetched.digest,
            ttl=fetched.own_ttl,
        )

    async def note_failure(self, feed: FeedState, error: Exception) -> None:
        """Write down why a poll failed, in words for /feeds; what nobody foresaw is logged with its traceback."""
        foreseen = isinstance(error, AlertsError)
        reason = str(error) if foreseen else f"unexpected: {type(error).__name__}"
        log.warning("%s: %s", feed.spec.name, reason, exc_info=None if foreseen else error)
        now = self.now()
        due = after_failure(feed, now, retry_after=asked_for(error), exact=self.exact(feed.spec.url), roll=self.roll())
        gone = isinstance(error, FeedEndedError)
        async with self.store.write() as connection:
            await mark_poll_failed(connection, feed.id, reason=reason, polled_at=now, next_poll_at=due, gone=gone)
            if isinstance(error, StatusError) and error.status == NOT_MODIFIED:
                await forget_validators(connection, feed.id)


def asked_for(error: Exception) -> timedelta | None:
    """How long to leave a feed alone: as its server asks, or a day where its publisher says that it has ended."""
    if isinstance(error, FeedEndedError):
        return LONGEST_WAIT
    return error.retry_after if isinstance(error, StatusError) else None
