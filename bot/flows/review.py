"""Review: stories that wait become cards, and an organiser's press decides them. The first press wins.

Nothing here has a clock of its own: a card that nobody presses waits for ever (DESIGN.md rule 6).
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.card import compose_story_card
from bot.compose.wording import Wording
from bot.flows.publish import Publish
from bot.flows.ruling import Choice, Ruling, covers, fits, is_open, sort_out
from bot.flows.subjects import find_similar, list_subjects
from bot.model.label import Reason
from bot.model.organiser import Card, CardKind
from bot.model.story import Story, StoryState
from bot.store import Store
from bot.store.broadcasts import add_deed
from bot.store.cards import add_card, decide_card, find_card, list_open_cards, touch_card
from bot.store.labels import label_lead
from bot.store.stories import find_story, list_stories, move_story

log = logging.getLogger(__name__)

CHOOSING = "choosing"
"""The stage of a fuse card that is being decided story by story."""
ABOUT_STORIES = (CardKind.STORY, CardKind.FUSE)
# More than this many stories wait in the database until others are decided.
STORIES_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class Review:
    """`wording` is that of the organisers' chats."""

    store: Store
    publish: Publish
    wording: Wording
    now: Callable[[], datetime]
    # Between a card's end and its story's nobody else may look: the story would seem to have no card.
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def make_cards(self) -> int:
        """A card for every waiting story that has none; close those whose story waits no more. Returns how many cards.

        Stories that the fuse holds share one card, made when all of them have been read; a sensitive or doubtful one
        is never decided by the bunch.
        """
        async with self._turn:
            async with self.store.read() as connection:
                waiting = await list_stories(connection, StoryState.WAITING, STORIES_AT_ONCE)
                unread = await list_stories(connection, StoryState.TO_READ, STORIES_AT_ONCE)
                cards = [card for card in await list_open_cards(connection) if card.kind in ABOUT_STORIES]
            await self.close_settled(cards, {story.id for story in waiting})
            carded = {
                story.id for story in waiting if any(covers(card, story.id, story.waiting_reason) for card in cards)
            }
            single, bunch = sort_out([story for story in waiting if story.id not in carded], unread)
            for story in single:
                await self.make_story_card(story)
            if bunch:
                await self.make_fuse_card(bunch)
        return len(single) + bool(bunch)

    async def close_settled(self, cards: Sequence[Card], waiting: set[int]) -> None:
        """End cards that have nothing left to decide, because other entries or an earlier press settled it."""
        settled = [card for card in cards if not waiting.intersection(card.subject_ids)]
        for card in settled:
            async with self.store.write() as connection:
                await decide_card(connection, card.id, "moved", by=None, now=self.now())

    async def make_story_card(self, story: Story) -> None:
        """A card with the alert as readers would get it."""
        text, similar = await self.card_text(story), await find_similar(self.store, story)
        async with self.store.write() as connection:
            await add_card(connection, CardKind.STORY, [story.id], text, now=self.now(), similar=similar)
        log.info("story %d waits for an organiser: %s", story.id, story.waiting_reason)

    async def card_text(self, story: Story) -> str:
        """What a card about this story says now."""
        preview = await self.publish.preview(story.id)
        async with self.store.read() as connection:
            (subject,) = await list_subjects(connection, [story.id])
        return compose_story_card(story, preview.get(self.wording.language), subject.title, self.wording)

    async def make_fuse_card(self, stories: Sequence[Story]) -> None:
        """One card for a burst; its text is composed when it is shown, because it tells what became of each."""
        async with self.store.write() as connection:
            await add_card(connection, CardKind.FUSE, [story.id for story in stories], "", now=self.now())
        log.info("%d stories wait for an organiser: too many at once", len(stories))

    async def decide(
        self, card_id: int, choice: Choice, *, by: int, story_id: int | None = None, reason: Reason = Reason.OTHER
    ) -> bool:
        """Do what an organiser (their user id) chose; False where it was decided before, or fits no such card.

        `story_id` names one story of a fuse card, `reason` is why it is dismissed. The caller has made sure that they
        may. What they said is kept as a label of what they were shown.
        """
        ruling = Ruling(choice, by, reason)
        async with self._turn:
            async with self.store.read() as connection:
                card = await find_card(connection, card_id)
            if card is None or card.decided_at is not None or not fits(card, choice, story_id):
                return False
            if choice is Choice.PUBLISH and await self.is_outdated(card):
                return False
            if story_id is not None:
                return await self.decide_one(card, ruling, story_id)
            return await self.decide_whole(card, ruling)

    async def is_outdated(self, card: Card) -> bool:
        """Whether the one story of a card has changed since: nobody publishes what they were not shown.

        Such a card ends here, and the story gets a new one.
        """
        if card.kind is not CardKind.STORY:
            return False
        async with self.store.read() as connection:
            story = await find_story(connection, card.subject_ids[0])
        if story is None or story.state is not StoryState.WAITING or await self.card_text(story) == card.text:
            return False
        async with self.store.write() as connection:
            await decide_card(connection, card.id, "moved", by=None, now=self.now())
        return True

    async def decide_whole(self, card: Card, ruling: Ruling) -> bool:
        """A card of one story ends with it or not at all. A burst's is taken first, so that two presses never mix.

        What a crash leaves of a burst gets a new card. One that has nothing left to decide is nobody's decision.
        """
        if card.kind is CardKind.STORY and ruling.choice.publishes:
            return await self.publish_one(card, ruling, card.subject_ids[0])
        async with self.store.write() as connection:
            subjects = await list_subjects(connection, card.subject_ids)
            waiting = [subject.story_id for subject in subjects if is_open(card, subject)]
            if not waiting or not await decide_card(connection, card.id, ruling.decision, by=ruling.by, now=self.now()):
                return False
            if not ruling.choice.publishes:
                return any([await self.dismiss(connection, ruling, story_id) for story_id in waiting])
        return any([await self.publish_one(card, ruling, story_id) for story_id in waiting])

    async def decide_one(self, card: Card, ruling: Ruling, story_id: int) -> bool:
        """One story of a fuse card; the last one ends the card."""
        async with self.store.read() as connection:
            (subject,) = await list_subjects(connection, [story_id])
        if not is_open(card, subject) or not await self.carry_out(card, ruling, story_id):
            return False
        async with self.store.write() as connection:
            subjects = await list_subjects(connection, card.subject_ids)
            if any(is_open(card, subject) for subject in subjects):
                await touch_card(connection, card.id, CHOOSING)
            else:
                await decide_card(connection, card.id, "chosen", by=ruling.by, now=self.now())
        return True

    async def carry_out(self, card: Card, ruling: Ruling, story_id: int) -> bool:
        """Publish or dismiss one story if it still waits."""
        if ruling.choice.publishes:
            return await self.publish_one(card, ruling, story_id)
        async with self.store.write() as connection:
            return await self.dismiss(connection, ruling, story_id)

    async def publish_one(self, card: Card, ruling: Ruling, story_id: int) -> bool:
        """Publish one story, with its label and, where it has a card of its own, the end of that: all or nothing.

        Of a burst only what the fuse alone still holds: a story may turn out sensitive between two others.
        """
        alone = card.kind is CardKind.STORY

        async def settle(connection: AsyncConnection) -> bool:
            if alone and not await decide_card(connection, card.id, ruling.decision, by=ruling.by, now=self.now()):
                return False
            await label_lead(connection, story_id, ruling.said, now=self.now())
            return True

        held_for = None if alone else "fuse"
        return await self.publish.publish_story(story_id, by=ruling.by, held_for=held_for, settle=settle)

    async def dismiss(self, connection: AsyncConnection, ruling: Ruling, story_id: int) -> bool:
        """Dismiss one story if it still waits, with a row of the audit and a label."""
        now = self.now()
        moved = await move_story(
            connection,
            story_id,
            sources=[StoryState.WAITING],
            target=StoryState.DISMISSED,
            now=now,
            by=ruling.by,
            reason=ruling.reason.value,
        )
        if not moved:
            return False
        await add_deed(connection, ruling.by, "dismiss", f"story:{story_id}", now=now)
        await label_lead(connection, story_id, ruling.said, now=now)
        return True
