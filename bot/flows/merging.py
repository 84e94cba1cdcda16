"""Merging: two stories that are one event become one, and an entry of another event gets a story of its own.

One organiser decides, and what was put together can be taken apart. Nobody is told a second time: what was sent stays
linked to where it belongs now.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.entry import KeptEntry
from bot.model.organiser import CardKind
from bot.model.story import Story, StoryState
from bot.store import Store
from bot.store.broadcasts import add_deed
from bot.store.cards import add_card, decide_card, end_cards_of, find_card, list_open_cards
from bot.store.entries import list_entries_of
from bot.store.joining import absorb_story, find_entry, find_root, move_entry, revive_told
from bot.store.labels import find_pair, put_pair
from bot.store.stories import add_story, find_sensitive_reason, find_story, hold_story, set_lead

log = logging.getLogger(__name__)

ORDER: Final = (
    *(StoryState.PUBLISHED, StoryState.WAITING, StoryState.TO_READ),
    *(StoryState.DISMISSED, StoryState.HISTORY, StoryState.MERGED),
)
"""How a merged story stands: as the one of the two that comes first here, so that nothing is lost or told again."""
LIVE: Final = (StoryState.PUBLISHED, StoryState.WAITING, StoryState.TO_READ)
"""Only such stories are worth an organiser's question."""
OFFERS: Final = 3
"""An entry that would fit more stories than this says little about any of them."""


@dataclass(frozen=True, kw_only=True)
class Merging:
    """What organisers decide about stories that may be one; the caller has made sure that they may."""

    store: Store
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    # Two presses at once must not both find an entry where it was.
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def decide(self, card_id: int, *, same: bool, by: int) -> bool:
        """Answer an offer: the two are one event, or two; False where it was decided before or is no offer."""
        async with self._turn, self.store.write() as connection:
            card = await find_card(connection, card_id)
            if card is None or card.kind is not CardKind.MERGE:
                return False
            decision = "merge" if same else "apart"
            if not await decide_card(connection, card_id, decision, by=by, now=self.now()):
                return False
            return await self.settle(connection, *card.subject_ids, same=same, by=by)

    async def merge_card(self, card_id: int, other: int, *, by: int) -> bool:
        """Put the story of a card that waits and another (its id) together; False where that is over.

        Only what the card showed as similar is taken.
        """
        async with self._turn, self.store.write() as connection:
            card = await find_card(connection, card_id)
            if card is None or card.kind is not CardKind.STORY or other not in card.similar:
                return False
            if not await self.are_two(connection, card.subject_ids[0], other):
                return False
            if not await decide_card(connection, card_id, "merge", by=by, now=self.now()):
                return False
            return await self.settle(connection, card.subject_ids[0], other, same=True, by=by)

    async def are_two(self, connection: AsyncConnection, one: int, other: int) -> bool:
        """Whether these are two stories, of which each still matters."""
        found = [
            await find_story(connection, await find_root(connection, story_id) or story_id) for story_id in (one, other)
        ]
        first, second = found
        if first is None or second is None or first.id == second.id:
            return False
        return first.state in LIVE and second.state in LIVE

    async def merge(self, one: int, other: int, *, by: int) -> bool:
        """Put two stories (ids) into the earlier of them; False where they are one already or there is no such."""
        async with self._turn, self.store.write() as connection:
            return await self.settle(connection, one, other, same=True, by=by)

    async def settle(self, connection: AsyncConnection, one: int, other: int, *, same: bool, by: int) -> bool:
        """Write down what an organiser said of two stories, and do it."""
        roots = [await find_root(connection, story_id) for story_id in (one, other)]
        first, second = [await find_story(connection, root) if root else None for root in sort(roots)]
        if first is None or second is None or first.id == second.id:
            return False
        now = self.now()
        await put_pair(connection, first.id, second.id, same=same, now=now)
        await add_deed(connection, by, "merge" if same else "apart", f"story:{first.id}+{second.id}", now=now)
        if same:
            await self.put_together(connection, first, second, by=by)
            self.wake("publish")
        self.wake("review")
        log.info("stories %d and %d are %s", first.id, second.id, "one" if same else "two")
        return True

    async def put_together(self, connection: AsyncConnection, first: Story, second: Story, *, by: int) -> None:
        """The second story becomes part of the first; cards about either are made anew where they are still due."""
        now = self.now()
        as_second = ORDER.index(second.state) < ORDER.index(first.state)
        await absorb_story(connection, first, second, as_second=as_second, by=by, now=now)
        if await find_sensitive_reason(connection, first.id) is not None:
            await hold_story(connection, first.id, "sensitive")
        for story_id in (first.id, second.id):
            await end_cards_of(connection, story_id, now=now)
        await renew_offers(connection, first.id, second.id, now=now)

    async def split(self, row_id: int, story_id: int, *, by: int) -> int | None:
        """Give an entry (its row id) a story of its own, which is read and then waits as doubtful; returns its id.

        One that readers had been told of before it was put into this story stands again as it did. None where it is
        not in that story any more, leads it, or is alone in it: what leads is what readers were told.
        """
        now = self.now()
        async with self._turn, self.store.write() as connection:
            kept, story = await find_entry(connection, row_id), await find_story(connection, story_id)
            if kept is None or story is None or kept.story_id != story_id or story.lead_row_id == row_id:
                return None
            own = await revive_told(connection, row_id, story_id) or await self.begin(connection, kept)
            await move_entry(connection, row_id, own)
            await set_lead(connection, own, row_id)
            await put_pair(connection, story_id, own, same=False, now=now)
            await end_cards_of(connection, story_id, now=now)
            await add_deed(connection, by, "split", f"story:{story_id}-{own}", now=now)
        self.wake("publish")
        self.wake("review")
        return own

    async def begin(self, connection: AsyncConnection, kept: KeptEntry) -> int:
        """A new story for an entry, which no machine publishes."""
        state = StoryState.TO_READ
        return await add_story(connection, kept.feed_id, state=state, now=self.now(), waiting_reason="doubtful")


async def offer_merges(
    connection: AsyncConnection, story_id: int, also: Sequence[int], *, title: str, now: datetime
) -> int:
    """Ask organisers whether stories that an entry (its title) bridges are one; returns how many cards.

    Each pair is asked about once, and only while both matter to readers.
    """
    made = 0
    for other in also[:OFFERS]:
        made += await offer_merge(connection, story_id, other, title=title, now=now)
    return made


async def offer_merge(connection: AsyncConnection, one: int, other: int, *, title: str, now: datetime) -> bool:
    """Ask about one pair, unless there is nothing to ask."""
    pair = tuple(sorted((one, other)))
    first, second = [await find_story(connection, story_id) for story_id in pair]
    if first is None or second is None or first.id == second.id or not may_be_one(first, second):
        return False
    if await find_pair(connection, one, other) is not None:
        return False
    if any(card.kind is CardKind.MERGE and card.subject_ids == pair for card in await list_open_cards(connection)):
        return False
    await add_card(connection, CardKind.MERGE, pair, title, now=now)
    return True


def may_be_one(first: Story, second: Story) -> bool:
    """Whether it is worth asking: both matter to readers, and they are not about two places."""
    here, there = set(first.verdict.institutions), set(second.verdict.institutions)
    return first.state in LIVE and second.state in LIVE and (not here or not there or not here.isdisjoint(there))


async def renew_offers(connection: AsyncConnection, first: int, second: int, *, now: datetime) -> None:
    """Open questions about a story that was put into another are about that one now."""
    for card in await list_open_cards(connection):
        if card.kind is CardKind.MERGE and second in card.subject_ids:
            await decide_card(connection, card.id, "moved", by=None, now=now)
            (third,) = set(card.subject_ids) - {second}
            await offer_merge(connection, first, third, title=card.text, now=now)


def sort(roots: Sequence[int | None]) -> list[int | None]:
    """The earlier story first."""
    return sorted(roots, key=lambda root: root or 0)


async def list_movable(connection: AsyncConnection, story_id: int) -> list[tuple[int, str, str]]:
    """The entries that could be given a story of their own: (row id, title, source), the first seen first."""
    story = await find_story(connection, story_id)
    if story is None:
        return []
    others = [kept for kept in await list_entries_of(connection, story_id) if kept.row_id != story.lead_row_id]
    return [(kept.row_id, kept.entry.title, kept.entry.source) for kept in others]
