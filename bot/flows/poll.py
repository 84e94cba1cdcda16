"""Poll: due feeds are fetched and parsed, and what is new is kept with verdict and story, in one transaction."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AlertsError, StatusError
from bot.feeds import Fetched
from bot.feeds.identity import adopt
from bot.flows.publish import FUSE_PER_POLL
from bot.match import Matcher
from bot.match.cluster import choose_story
from bot.model.entry import Entry
from bot.model.feed import FeedKind, FeedState
from bot.model.story import Outcome, StoryState, Traces, Verdict
from bot.schedule import after_failure, after_success
from bot.store import Store
from bot.store.cards import end_cards_of
from bot.store.entries import (
    add_entry,
    find_identities,
    find_known,
    list_candidates,
    set_entry_verdict,
    update_entry,
)
from bot.store.feeds import PollResult, list_due_feeds, mark_poll_failed, mark_polled
from bot.store.stories import add_story, hold_story, release_doubt, revive_history, set_lead

log = logging.getLogger(__name__)

FEEDS_AT_ONCE = 8
# While some feeds are slow, others that fall due are looked for this often.
LOOK_SECONDS = 1.0
# An entry dated longer than this before it was first seen is history (DESIGN.md rule 4).
OLD_AFTER = timedelta(days=14)
# Reactions and second outlets come within days; a progress review months later is another story.
STORIES_FOR = timedelta(days=120)

Candidates = list[tuple[int, list[Traces]]]


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
            begun, changed = await Keeping(self.matcher, connection, feed, now).keep(fetched)
            await mark_polled(connection, self.result_of(feed, fetched, now, changed=changed))
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
        )

    async def note_failure(self, feed: FeedState, error: Exception) -> None:
        """Write down why a poll failed, in words for /feeds; what nobody foresaw is logged with its traceback."""
        foreseen = isinstance(error, AlertsError)
        reason = str(error) if foreseen else f"unexpected: {type(error).__name__}"
        log.warning("%s: %s", feed.spec.name, reason, exc_info=None if foreseen else error)
        now = self.now()
        wait = error.retry_after if isinstance(error, StatusError) else None
        due = after_failure(feed, now, retry_after=wait, exact=self.exact(feed.spec.url), roll=self.roll())
        async with self.store.write() as connection:
            await mark_poll_failed(connection, feed.id, reason=reason, polled_at=now, next_poll_at=due)


@dataclass(frozen=True)
class Keeping:
    """The first transaction (DESIGN.md rule 2): entries, verdicts and stories of one fetched feed."""

    matcher: Matcher
    connection: AsyncConnection
    feed: FeedState
    now: datetime

    async def keep(self, fetched: Fetched) -> tuple[int, bool]:
        """Keep what is new; returns how many stories are to be read, and whether anything was new or different."""
        known = await find_known(self.connection, self.feed.id, [entry.id for entry in fetched.entries])
        urls = await find_identities(self.connection, self.feed.id, [entry.url for entry in fetched.entries])
        entries = adopt(fetched.entries, known, urls)
        known |= await find_known(self.connection, self.feed.id, [e.id for e in entries if e.id not in known])
        fresh = [entry for entry in entries if entry.id not in known]
        changed = [e for e in entries if e.id in known and known[e.id] != (e.title, e.summary)]
        for entry in changed:
            await self.keep_change(entry)
        begun = await self.keep_fresh(fresh) if fresh else []
        if len([verdict for _, verdict in begun if verdict.unattended]) > FUSE_PER_POLL:
            for story_id, verdict in begun:
                if verdict.unattended:
                    await hold_story(self.connection, story_id, "fuse")
        return len(begun), bool(fresh or changed)

    async def keep_change(self, entry: Entry) -> None:
        """Keep an entry's new words. They never alert, but may make a story sensitive that is not published yet."""
        story_id = await update_entry(self.connection, self.feed.id, entry, self.now)
        verdict = self.matcher.judge(entry)
        if story_id is not None and verdict.sensitive:
            await set_entry_verdict(self.connection, self.feed.id, entry.id, verdict)
            await hold_story(self.connection, story_id, "sensitive")
            await end_cards_of(self.connection, story_id, now=self.now)

    async def keep_fresh(self, fresh: Sequence[Entry]) -> list[tuple[int, Verdict]]:
        """Keep new entries, the oldest first; returns the stories they began, with their verdicts."""
        candidates = await list_candidates(self.connection, self.now - STORIES_FOR)
        begun = []
        # Feeds list the newest first; the first to tell a story should begin it.
        for entry in reversed(fresh):
            verdict = self.matcher.judge(entry)
            story_id = await self.keep_entry(entry, verdict, candidates)
            if story_id is not None:
                begun.append((story_id, verdict))
        return begun

    async def keep_entry(self, entry: Entry, verdict: Verdict, candidates: Candidates) -> int | None:
        """Keep one entry; returns its story if it began one that is to be read."""
        # What was there before we listened is no news of today; anything else without a date is.
        traces = self.matcher.trace(entry, verdict, None if self.is_history(entry) else self.now.date())
        if verdict.outcome is Outcome.IGNORE:
            await self.add(entry, verdict, traces, None)
            return None
        choice = choose_story(traces, candidates)
        if choice is not None:
            return await self.join(entry, verdict, traces, choice.story_id, candidates)
        return await self.begin(entry, verdict, traces, candidates)

    async def join(
        self, entry: Entry, verdict: Verdict, traces: Traces, story_id: int, candidates: Candidates
    ) -> int | None:
        """Add an entry to a story quietly; returns the story only if it was history and is news now.

        It never alerts a second time; it may hold back what is not published yet, or vouch for it.
        """
        row_id = await self.add(entry, verdict, traces, story_id)
        next(known for story, known in candidates if story == story_id).append(traces)
        news = not self.is_history(entry)
        revived = news and await revive_history(self.connection, story_id, row_id)
        if verdict.sensitive:
            await hold_story(self.connection, story_id, "sensitive")
            await end_cards_of(self.connection, story_id, now=self.now)
        elif verdict.unattended and news:
            await release_doubt(self.connection, story_id, row_id)
        if self.feed.spec.kind is FeedKind.INSPECTORATE and verdict.outcome is Outcome.ALERT:
            await set_lead(self.connection, story_id, row_id, only_unpublished=True)
        return story_id if revived else None

    async def begin(self, entry: Entry, verdict: Verdict, traces: Traces, candidates: Candidates) -> int | None:
        """Begin a story; returns it unless it is history."""
        history = self.is_history(entry)
        state = StoryState.HISTORY if history else StoryState.TO_READ
        story_id = await add_story(self.connection, self.feed.id, state=state, now=self.now)
        await set_lead(self.connection, story_id, await self.add(entry, verdict, traces, story_id))
        candidates.append((story_id, [traces]))
        return None if history else story_id

    async def add(self, entry: Entry, verdict: Verdict, traces: Traces, story_id: int | None) -> int:
        """Keep the row."""
        return await add_entry(
            self.connection,
            self.feed.id,
            entry,
            verdict=verdict,
            traces=traces,
            story_id=story_id,
            history=self.is_history(entry),
            now=self.now,
        )

    def is_history(self, entry: Entry) -> bool:
        """Whether it was there before we listened, or is too old to be news (DESIGN.md rule 4)."""
        return self.feed.history_at is None or (
            entry.published_at is not None and entry.published_at < self.now - OLD_AFTER
        )
