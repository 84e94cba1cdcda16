"""Publish: a story's page is read, and the story becomes an alert with every delivery owed, or waits for a person.

Reading is outside any transaction; the rest is the second of the two transactions (DESIGN.md rule 2).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import AlertsError
from bot.flows.composing import Composing, Material
from bot.flows.judging import Reading, follows_of, is_urgent, judge_again, own_words, warned, with_places
from bot.match import Matcher
from bot.model.broadcast import digest_of
from bot.model.delivery import MessageKind
from bot.model.entry import KeptEntry
from bot.model.feed import FeedKind
from bot.model.finding import Finding
from bot.model.message import Message, Picture
from bot.model.story import Outcome, Story, StoryState
from bot.model.subscriber import Wants
from bot.schedule import backoff, next_rereading
from bot.store import Store
from bot.store.broadcasts import add_deed
from bot.store.edits import find_ask
from bot.store.entries import list_entries_of
from bot.store.joining import find_prior
from bot.store.messages import add_message, enqueue
from bot.store.stories import (
    add_alert,
    count_alerts_of_poll,
    count_unattended_alerts,
    find_finding,
    find_sensitive_reason,
    find_story,
    hold_story,
    list_stories,
    lock_story,
    move_story,
    put_finding,
    set_reread_at,
    set_verdict,
)

log = logging.getLogger(__name__)

READ_SECONDS = 20
STORIES_AT_ONCE = 4
STORIES_LOOKED_AT = 200
# More unattended alerts than this in a day wait for an organiser (DESIGN.md rule 4).
FUSE_PER_DAY = 8
# More than this of one poll wait; the poll itself holds what is certain at once, reading may make more of them certain.
FUSE_PER_POLL = 3
# An alert is worth sending for two days; later it is an archive, not an alert.
ALERT_LASTS = timedelta(hours=48)
Settle: TypeAlias = Callable[[AsyncConnection], Awaitable[bool]]


@dataclass(frozen=True, kw_only=True)
class Publish:
    """`read` brings a page's finding (its feed's kind helps) or raises an AlertsError; `composing` makes the alert."""

    store: Store
    matcher: Matcher
    read: Callable[[str, FeedKind | None], Awaitable[Finding]]
    composing: Composing
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    # Story -> how often it could not be published, and until when it is left alone.
    resting: dict[int, tuple[int, datetime]] = field(default_factory=dict)

    async def tick(self) -> int:
        """Read and decide stories that are to be read, a few at once; returns how many. A bad one stops no other."""
        async with self.store.read() as connection:
            waiting = await list_stories(connection, StoryState.TO_READ, STORIES_LOOKED_AT)
        due = [story for story in waiting if not self.rests(story.id)][:STORIES_AT_ONCE]
        results = await asyncio.gather(*map(self.advance, due), return_exceptions=True)
        for story, result in zip(due, results, strict=True):
            self.note_result(story.id, result)
        return sum(not isinstance(result, BaseException) for result in results)

    def rests(self, story_id: int) -> bool:
        """Whether a story that could not be published is left alone for now."""
        return story_id in self.resting and self.resting[story_id][1] > self.now()

    def note_result(self, story_id: int, result: BaseException | None) -> None:
        """A story that could not be published is tried again, after growing pauses."""
        if result is None:
            self.resting.pop(story_id, None)
            return
        tries = self.resting.get(story_id, (0, None))[0] + 1
        self.resting[story_id] = (tries, self.now() + backoff(tries))
        log.error("story %d could not be published; it is tried again", story_id, exc_info=result)

    async def advance(self, story: Story) -> None:
        """Take one story from `to_read` to published, waiting or dismissed."""
        async with self.store.read() as connection:
            entries = await list_entries_of(connection, story.id)
            prior = await find_prior(connection, story.id)
        reading = await self.read_story(story, entries)
        judged = replace(story, verdict=reading.verdict)
        material = Material(story=judged, finding=reading.finding, entries=entries, prior=prior)
        pictures = await self.composing.draw_charts(material)
        async with self.store.write() as connection:
            outcome = await self.decide(connection, story, reading, material, pictures)
        log.info("story %d: %s", story.id, outcome.value)
        self.wake("deliver" if outcome is StoryState.PUBLISHED else "review")

    async def read_story(self, story: Story, entries: Sequence[KeptEntry]) -> Reading:
        """Read the lead's page within the time allowed; where it cannot be read the feed's own text serves."""
        lead = next(kept for kept in entries if kept.row_id == story.lead_row_id).entry
        try:
            async with asyncio.timeout(READ_SECONDS):
                finding = await self.read(lead.url or "", lead.kind)
        except (AlertsError, TimeoutError) as error:
            log.info(
                "story %d: its page was not read (%s); the feed's own text serves", story.id, str(error) or "too slow"
            )
            # Its words may have changed since they were judged.
            verdict = judge_again(story.verdict, self.matcher.judge(lead))
            return Reading(own_words(lead, verdict), lead.url, from_page=False, verdict=verdict)
        verdict = judge_again(story.verdict, self.matcher.judge(lead, page_text=finding.text))
        return Reading(finding, lead.url, from_page=True, verdict=with_places(verdict, finding))

    async def decide(
        self,
        connection: AsyncConnection,
        story: Story,
        reading: Reading,
        material: Material,
        pictures: Mapping[str, Picture],
    ) -> StoryState:
        """Publish, wait or dismiss, with everything that belongs to it. What the poll has changed meanwhile is seen."""
        now = self.now()
        current = await find_story(connection, story.id)
        if reading.verdict.sensitive:
            await hold_story(connection, story.id, "sensitive")
        if current is None or current.state is not StoryState.TO_READ or current.lead_row_id != story.lead_row_id:
            return current.state if current else StoryState.DISMISSED
        await put_finding(connection, story.id, reading.finding, url=reading.url, from_page=reading.from_page, now=now)
        verdict = warned(reading.verdict, await find_sensitive_reason(connection, story.id))
        await set_verdict(connection, story.id, verdict)
        judged = replace(current, verdict=verdict)
        if verdict.outcome is Outcome.IGNORE and not verdict.sensitive:
            return await self.move(connection, story.id, StoryState.DISMISSED, "its page is about something else")
        reason = await self.why_wait(connection, judged)
        if reason is not None:
            return await self.move(connection, story.id, StoryState.WAITING, reason)
        await self.put_alert(connection, replace(material, story=judged), pictures, by=None)
        return await self.move(connection, story.id, StoryState.PUBLISHED, None)

    async def move(
        self, connection: AsyncConnection, story_id: int, target: StoryState, reason: str | None
    ) -> StoryState:
        """Move a story on from `to_read`."""
        await move_story(
            connection, story_id, sources=[StoryState.TO_READ], target=target, now=self.now(), reason=reason
        )
        return target

    async def why_wait(self, connection: AsyncConnection, story: Story) -> str | None:
        """Why a story must wait for a person: sensitive, doubtful or fuse; None where it may be pushed unattended."""
        if story.verdict.sensitive:
            return "sensitive"
        if story.waiting_reason is not None:
            return story.waiting_reason
        if story.verdict.outcome is not Outcome.ALERT:
            return "doubtful"
        today = await count_unattended_alerts(connection, self.now() - timedelta(days=1))
        of_poll = await count_alerts_of_poll(connection, story.id)
        return "fuse" if today >= FUSE_PER_DAY or of_poll >= FUSE_PER_POLL else None

    async def publish_story(
        self, story_id: int, *, by: int, held_for: str | None = None, settle: Settle | None = None
    ) -> bool:
        """Publish a waiting story because an organiser (their user id) decided so.

        False, and nothing is done, when it waits no more or not for `held_for` alone, when anything that its alert is
        made of changed meanwhile, or when `settle`, asked in the same transaction, says so.
        """
        async with self.store.read() as connection:
            material = await self.find_material(connection, story_id)
        pictures = await self.composing.draw_charts(material) if material else {}
        async with self.store.write() as connection:
            await lock_story(connection, story_id)
            if material is None or await self.find_material(connection, story_id) != material:
                return False
            story = material.story
            if story.state is not StoryState.WAITING or held_for not in {None, story.waiting_reason}:
                return False
            if settle is not None and not await settle(connection):
                return False
            digest = await self.put_alert(connection, material, pictures, by=by)
            published = StoryState.PUBLISHED
            await move_story(
                connection, story_id, sources=[StoryState.WAITING], target=published, now=self.now(), by=by
            )
            await add_deed(connection, by, "publish", f"story:{story_id}", now=self.now(), digest=digest)
        self.wake("deliver")
        return True

    async def find_material(self, connection: AsyncConnection, story_id: int) -> Material | None:
        """What a story's alert is composed from; where its page was not read yet, the feed's own words serve."""
        story = await find_story(connection, story_id)
        if story is None:
            return None
        entries = await list_entries_of(connection, story_id)
        lead = next(kept for kept in entries if kept.row_id == story.lead_row_id).entry
        finding = await find_finding(connection, story_id) or own_words(lead, story.verdict)
        prior, ask = await find_prior(connection, story_id), await find_ask(connection, story_id)
        return Material(story=story, finding=finding, entries=entries, prior=prior, ask=ask)

    async def preview(self, story_id: int) -> Mapping[str, Message]:
        """The alert as readers would see it, by language; empty where the story has not been read."""
        async with self.store.read() as connection:
            read = await find_finding(connection, story_id) is not None
            material = await self.find_material(connection, story_id) if read else None
        return self.composing.preview(material) if material else {}

    async def put_alert(
        self, connection: AsyncConnection, material: Material, pictures: Mapping[str, Picture], *, by: int | None
    ) -> str:
        """The message, the alert, a delivery per subscriber owed, and when its page is read again; its words' hash."""
        now, story = self.now(), material.story
        texts = self.composing.compose(material, pictures)
        message_id = await add_message(connection, MessageKind.ALERT, texts, now=now, expires_at=now + ALERT_LASTS)
        await add_alert(connection, story.id, message_id, now=now, by=by)
        await set_reread_at(connection, story.id, next_rereading(material.finding.kind, now, now))
        owed = await enqueue(
            connection,
            message_id,
            MessageKind.ALERT,
            wants=Wants.ALERTS,
            follows=follows_of(story.verdict),
            now=now,
            urgent=is_urgent(story.verdict, material.finding),
        )
        log.info("story %d: an alert is owed to %d subscribers", story.id, owed)
        return digest_of(texts)
