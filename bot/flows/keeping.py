"""Keeping: what is new in a feed is kept with its verdict and its story; what changed, with what it said before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds import Fetched
from bot.feeds.identity import adopt, link_key
from bot.flows.leading import lead_officially
from bot.flows.merging import offer_merges
from bot.flows.publish import FUSE_PER_POLL
from bot.match import Matcher
from bot.match.cluster import choose_story
from bot.match.shelf import Shelf
from bot.model.entry import Entry
from bot.model.feed import FeedState
from bot.model.story import Outcome, StoryState, Traces, Verdict
from bot.store.cards import end_cards_of
from bot.store.entries import (
    Words,
    add_entry,
    ask_reread,
    find_identities,
    find_known,
    list_candidates,
    set_entry_verdict,
    update_entry,
    words_of,
)
from bot.store.stories import add_story, hold_story, release_doubt, revive_history, set_lead

# An entry dated longer than this before it was first seen is history (DESIGN.md rule 4).
OLD_AFTER = timedelta(days=14)
# Reactions and second outlets come within days; a progress review months later is another story.
STORIES_FOR = timedelta(days=120)

Candidates = list[tuple[int, list[Traces]]]
Begun = list[tuple[int, Verdict]]
"""Stories that are to be read, with the verdict that makes each news."""


@dataclass(frozen=True)
class Keeping:
    """The first transaction (DESIGN.md rule 2): entries, verdicts and stories of one feed."""

    matcher: Matcher
    connection: AsyncConnection
    feed: FeedState
    now: datetime

    async def keep(self, fetched: Fetched) -> tuple[int, bool]:
        """Keep what is new; returns how many stories are to be read, and whether anything was new or different."""
        entries, known = await self.recognise(fetched.entries)
        changed = [entry for entry in entries if entry.id in known and known[entry.id] != words_of(entry)]
        renewed = []
        for entry in changed:
            renewed += await self.keep_change(entry, republished=is_republished(known[entry.id], entry))
        fresh = [entry for entry in entries if entry.id not in known]
        begun = await self.keep_fresh(fresh) if fresh else []
        return await self.hold_burst([*renewed, *begun]), bool(fresh or changed)

    async def recognise(self, fetched: Sequence[Entry]) -> tuple[Sequence[Entry], dict[str, Words]]:
        """The entries under the identities that they are kept by, and what the known ones said before."""
        known = await find_known(self.connection, self.feed.id, [entry.id for entry in fetched])
        places = await find_identities(self.connection, self.feed.id, map(link_key, fetched))
        entries = adopt(fetched, known, places)
        others = [entry.id for entry in entries if entry.id not in known]
        return entries, known | await find_known(self.connection, self.feed.id, others)

    async def keep_change(self, entry: Entry, *, republished: bool) -> Begun:
        """Keep an entry's new words; returns its story if that makes news of what nobody was told.

        They never alert a second time, but may make a story sensitive that is not published yet, and have the page of
        a published one read again, unless the publisher only went back to earlier words.
        """
        change = await update_entry(self.connection, self.feed.id, entry, self.now)
        verdict = self.matcher.judge(entry)
        if change.story_id is None:
            return []
        if verdict.sensitive:
            await set_entry_verdict(self.connection, self.feed.id, entry.id, verdict)
            await hold_story(self.connection, change.story_id, "sensitive")
            await end_cards_of(self.connection, change.story_id, now=self.now)
        if not change.returned:
            await ask_reread(self.connection, change.story_id, self.now)
        if not republished or change.returned or verdict.outcome is Outcome.IGNORE or self.is_history(entry):
            return []
        revived = await revive_history(self.connection, change.story_id, change.row_id)
        return [(change.story_id, verdict)] if revived else []

    async def keep_new(self, fresh: Sequence[Entry]) -> int:
        """Keep new entries; returns how many stories are to be read."""
        return await self.hold_burst(await self.keep_fresh(fresh))

    async def hold_burst(self, begun: Begun) -> int:
        """How many stories are to be read; where too many would go out unattended, those wait for a person."""
        unattended = [story_id for story_id, verdict in begun if verdict.unattended]
        if len(unattended) > FUSE_PER_POLL:
            for story_id in unattended:
                await hold_story(self.connection, story_id, "fuse")
        return len(begun)

    async def keep_fresh(self, fresh: Sequence[Entry]) -> Begun:
        """Keep new entries, the oldest first; returns the stories they began, with their verdicts."""
        candidates = Shelf(await list_candidates(self.connection, self.now - STORIES_FOR))
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
        if choice.story_id is not None:
            revived = await self.join(entry, verdict, traces, choice.story_id, candidates)
            if choice.also and not self.is_history(entry):
                await offer_merges(self.connection, choice.story_id, choice.also, title=entry.title, now=self.now)
            return revived
        return await self.begin(entry, verdict, traces, candidates, choice.follows)

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
        await lead_officially(self.connection, story_id, row_id, self.feed.spec.kind, verdict, now=self.now)
        return story_id if revived else None

    async def begin(
        self, entry: Entry, verdict: Verdict, traces: Traces, candidates: Candidates, follows: int | None
    ) -> int | None:
        """Begin a story, which may be a new turn of an earlier one; returns it unless it is history."""
        history = self.is_history(entry)
        state = StoryState.HISTORY if history else StoryState.TO_READ
        story_id = await add_story(self.connection, self.feed.id, state=state, now=self.now, follows=follows)
        await set_lead(self.connection, story_id, await self.add(entry, verdict, traces, story_id))
        candidates.append((story_id, [traces]))
        return None if history else story_id

    async def add(self, entry: Entry, verdict: Verdict, traces: Traces, story_id: int | None) -> int:
        """Keep the row."""
        return await add_entry(
            self.connection,
            self.feed.id,
            entry,
            place=link_key(entry) or None,
            verdict=verdict,
            traces=traces,
            story_id=story_id,
            history=self.is_history(entry),
            now=self.now,
        )

    def is_history(self, entry: Entry) -> bool:
        """Whether it was there before we listened, or is too old to be news (DESIGN.md rule 4).

        What the second ear heard was not there at its own first look, whatever the feed's is.
        """
        if entry.published_at is not None and entry.published_at < self.now - OLD_AFTER:
            return True
        return self.feed.history_at is None and not entry.missed_by_feed


def is_republished(before: Words, entry: Entry) -> bool:
    """Whether a publisher issued a page anew, rather than touched it: a later stamp, and another account of the same.

    GOV.UK stamps its ids at every change. Where the words stay, or the title is put otherwise, it is an edit.
    """
    title, summary, stamp = before
    return bool(stamp) and entry.stamp > stamp and entry.title == title and entry.summary != summary
