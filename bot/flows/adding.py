"""Adding feeds in chat: an address is looked at, tried and given a kind; and feeds are tried, paused and removed.

Everything that is chosen on the way is in the database. Fetching is outside any transaction, and every change that an
organiser makes is in the audit.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AlertsError
from bot.feeds import Fetched
from bot.feeds.discover import read_address
from bot.feeds.identity import canonical
from bot.match import Matcher
from bot.model.entry import Entry
from bot.model.feed import Candidate, FeedDraft, FeedKind, FeedSpec, FeedState, Trial
from bot.model.story import Outcome
from bot.store import Store
from bot.store.broadcasts import add_deed
from bot.store.feeds import find_feed, list_feeds
from bot.store.own_feeds import (
    add_draft,
    add_own_feed,
    choose_kind,
    choose_url,
    end_draft,
    find_draft,
    remove_feed,
    switch_feed,
)

MOST_JUDGED = 60
EXAMPLES = 3
LONGEST_NAME = 120


class Found(StrEnum):
    """What looking at an address, or a press on the way, came to."""

    NO_ADDRESS = "no-address"
    UNREADABLE = "unreadable"
    NOTHING = "nothing"
    KNOWN = "known"
    SEVERAL = "several"
    TRIED = "tried"
    ADDED = "added"
    DROPPED = "dropped"
    PASSED = "passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """`draft` is there where something is to be chosen, `feed` where there is one already, `reason` where it failed."""

    found: Found
    draft: FeedDraft | None = None
    feed: FeedState | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Adding:
    """`discover` finds the feeds at an address, `fetch` brings one feed's entries (bot.feeds)."""

    store: Store
    matcher: Matcher
    discover: Callable[[str], Awaitable[Sequence[Candidate]]]
    fetch: Callable[[FeedState], Awaitable[Fetched]]
    now: Callable[[], datetime]
    wake: Callable[[str], None]

    async def look(self, typed: str, *, by: int) -> Look:
        """What feeds are at an address that somebody typed; a single one is tried at once."""
        url = read_address(typed)
        if url is None:
            return Look(found=Found.NO_ADDRESS)
        known = await self.find_known(url)
        if known is not None:
            return Look(found=Found.KNOWN, feed=known)
        try:
            candidates = await self.discover(url)
        except AlertsError as error:
            return Look(found=Found.UNREADABLE, reason=str(error))
        return await self.begin(candidates, by)

    async def begin(self, candidates: Sequence[Candidate], by: int) -> Look:
        """A draft about those that are not there yet."""
        known = [await self.find_known(one.url) for one in candidates]
        fresh = [one for one, feed in zip(candidates, known, strict=True) if feed is None]
        if not fresh:
            there = next((feed for feed in known if feed is not None), None)
            return Look(found=Found.KNOWN if there else Found.NOTHING, feed=there)
        async with self.store.write() as connection:
            draft = await add_draft(connection, by, fresh, self.now())
        return await self.pick(draft.id, 0) if len(fresh) == 1 else Look(found=Found.SEVERAL, draft=draft)

    async def pick(self, draft_id: int, number: int) -> Look:
        """Try one of the feeds that were found."""
        draft = await self.find_draft(draft_id)
        if draft is None or number >= len(draft.found):
            return Look(found=Found.PASSED)
        url = draft.found[number].url
        try:
            trial = await self.attempt(FeedSpec(name="", url=url, kind=FeedKind.NEWS))
        except AlertsError as error:
            return Look(found=Found.UNREADABLE, draft=draft, reason=str(error))
        async with self.store.write() as connection:
            await choose_url(connection, draft_id, url, trial)
        return await self.show(draft_id)

    async def choose(self, draft_id: int, kind: FeedKind) -> Look:
        """Say what kind the feed is."""
        async with self.store.write() as connection:
            await choose_kind(connection, draft_id, kind)
        return await self.show(draft_id)

    async def show(self, draft_id: int) -> Look:
        """A draft as it stands."""
        draft = await self.find_draft(draft_id)
        return Look(found=Found.TRIED if draft else Found.PASSED, draft=draft)

    async def add(self, draft_id: int, *, by: int) -> Look:
        """Add the feed, once; its first poll is history."""
        async with self.store.write() as connection:
            draft = await find_draft(connection, draft_id)
            if draft is None or draft.url is None or draft.kind is None:
                return Look(found=Found.PASSED)
            known = find_same(draft.url, await list_feeds(connection))
            await end_draft(connection, draft_id, self.now())
            if known is not None:
                return Look(found=Found.KNOWN, feed=known)
            spec = FeedSpec(name=draft.name[:LONGEST_NAME], url=draft.url, kind=draft.kind)
            feed_id = await add_own_feed(connection, spec)
            await self.note(connection, by, "add", feed_id or 0)
            feed = await find_feed(connection, feed_id or 0)
        self.wake("poll")
        return Look(found=Found.ADDED, feed=feed)

    async def drop(self, draft_id: int) -> Look:
        """Do not add it."""
        async with self.store.write() as connection:
            dropped = await end_draft(connection, draft_id, self.now())
        return Look(found=Found.DROPPED if dropped else Found.PASSED)

    async def test(self, feed: FeedState) -> Trial:
        """Fetch a feed now, whole, and keep nothing of it; raises an AlertsError with the reason where it fails."""
        return await self.attempt(feed.spec, feed.identity_rule)

    async def switch(self, feed_id: int, *, on: bool, by: int) -> bool:
        """Pause or resume; False where it is so already."""
        async with self.store.write() as connection:
            done = await switch_feed(connection, feed_id, on=on)
            if done:
                await self.note(connection, by, "resume" if on else "pause", feed_id)
        if done and on:
            self.wake("poll")
        return done

    async def remove(self, feed_id: int, *, by: int) -> bool:
        """Take it out; False where it is out already."""
        async with self.store.write() as connection:
            done = await remove_feed(connection, feed_id, self.now())
            if done:
                await self.note(connection, by, "remove", feed_id)
        return done

    async def attempt(self, spec: FeedSpec, rule: str | None = None) -> Trial:
        """One fetch of a feed, and what its newest entries would be to us."""
        fetched = await self.fetch(FeedState(id=0, spec=spec, identity_rule=rule))
        entries = newest_first(fetched.entries)[:MOST_JUDGED]
        outcomes = {kind.value: [0, 0, 0] for kind in FeedKind}
        examples = []
        for entry in entries:
            for kind in FeedKind:
                outcome = self.matcher.judge(replace(entry, kind=kind)).outcome
                outcomes[kind.value][ORDER.index(outcome)] += 1
                if kind is spec.kind and outcome is Outcome.ALERT:
                    examples.append(entry.title)
            # People are answered between two entries.
            await asyncio.sleep(0)
        return Trial(
            title=fetched.title,
            entries=len(fetched.entries),
            newest_at=max((one.published_at for one in fetched.entries if one.published_at), default=None),
            judged=len(entries),
            outcomes={kind: (alert, review, ignore) for kind, (alert, review, ignore) in outcomes.items()},
            examples=tuple(examples[:EXAMPLES]),
        )

    async def find_known(self, url: str) -> FeedState | None:
        """The feed that is there under this address, or one that is the same but for what does not matter."""
        async with self.store.read() as connection:
            return find_same(url, await list_feeds(connection))

    async def find_draft(self, draft_id: int) -> FeedDraft | None:
        """A draft that is still open."""
        async with self.store.read() as connection:
            return await find_draft(connection, draft_id)

    async def note(self, connection: AsyncConnection, by: int, verb: str, feed_id: int) -> None:
        """A row of the audit."""
        await add_deed(connection, by, f"feed_{verb}", f"feed:{feed_id}", now=self.now())


ORDER = (Outcome.ALERT, Outcome.REVIEW, Outcome.IGNORE)


def find_same(url: str, feeds: Sequence[FeedState]) -> FeedState | None:
    """The feed with this address, or with one that differs from it only in what does not matter."""
    key = canonical(url)
    return next((feed for feed in feeds if key in {canonical(feed.spec.url), canonical(feed.fetch_url or "")}), None)


def newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Entries by date, those without one last; else as the feed lists them."""
    return sorted(entries, key=lambda one: -one.published_at.timestamp() if one.published_at else 0.0)
