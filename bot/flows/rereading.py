"""Reading again: what a published story's page says now is compared with what readers were sent.

Organisers get one card with the difference; readers get nothing from here.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.change import compose_change, list_changes
from bot.compose.wording import Wording
from bot.errors import AlertsError
from bot.model.feed import FeedKind
from bot.model.finding import Finding
from bot.model.organiser import CardKind
from bot.schedule import backoff, next_rereading
from bot.store import Store
from bot.store.broadcasts import add_deed
from bot.store.cards import add_card, decide_card, list_open_cards
from bot.store.rereadings import (
    Rereadable,
    find_rereadable,
    list_due_rereadings,
    postpone_rereading,
    put_latest,
)

log = logging.getLogger(__name__)

READ_SECONDS = 20
PAGES_AT_ONCE = 2
# A page that cannot be read is tried again after an hour, two, four; then the schedule's next time.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(hours=1), timedelta(hours=12)
MOST_FAILURES = 4


@dataclass(frozen=True, kw_only=True)
class Rereading:
    """`read` brings a page's finding (its feed's kind helps) or raises an AlertsError; `name_of` names a place."""

    store: Store
    read: Callable[[str, FeedKind | None], Awaitable[Finding]]
    name_of: Callable[[str], str]
    wording: Wording
    now: Callable[[], datetime]
    wake: Callable[[str], None]

    async def tick(self) -> int:
        """Read pages that are due, a few at once; returns how many were read. A bad one stops no other."""
        async with self.store.read() as connection:
            due = await list_due_rereadings(connection, self.now(), PAGES_AT_ONCE)
        results = await asyncio.gather(*map(self.reread, due), return_exceptions=True)
        for page, result in zip(due, results, strict=True):
            if isinstance(result, BaseException):
                await self.postpone(page, result)
        return sum(not isinstance(result, BaseException) for result in results)

    async def reread(self, page: Rereadable) -> None:
        """Read one page, outside any transaction, and keep and tell what is new in it."""
        async with asyncio.timeout(READ_SECONDS):
            finding = await self.read(page.url, page.kind)
        async with self.store.write() as connection:
            current = await find_rereadable(connection, page.story_id)
            if current is not None:
                await self.compare(connection, current, finding)

    async def compare(self, connection: AsyncConnection, page: Rereadable, finding: Finding) -> None:
        """Make a card where the page says something that it did not say when it was last read."""
        now = self.now()
        # Where its page could not be read at first, only now its kind is known.
        planned = [next_rereading(kind, page.published_at, now) for kind in (page.sent.kind, finding.kind)]
        next_at = next((at for at in planned if at is not None), None)
        await put_latest(connection, page.story_id, finding, now=now, next_at=next_at)
        if not list_changes(page.latest, finding, self.wording, self.name_of):
            return
        changes = list_changes(page.sent, finding, self.wording, self.name_of)
        await self.close_earlier(connection, page.story_id)
        text = compose_change(page.title, changes, self.wording)
        await add_card(connection, CardKind.CHANGE, [page.story_id], text, now=now)
        log.warning("story %d: its page has changed after its alert; organisers are told", page.story_id)
        self.wake("review")

    async def close_earlier(self, connection: AsyncConnection, story_id: int) -> None:
        """End the card of an earlier change: the new one tells both."""
        for card in await list_open_cards(connection):
            if card.kind is CardKind.CHANGE and card.subject_ids == (story_id,):
                await decide_card(connection, card.id, "moved", by=None, now=self.now())

    async def postpone(self, page: Rereadable, error: BaseException) -> None:
        """A page that could not be read is tried again after growing pauses, and not for ever."""
        expected = isinstance(error, AlertsError | TimeoutError)
        log.log(
            logging.INFO if expected else logging.ERROR,
            "story %d: its page could not be read again (%s)",
            page.story_id,
            str(error) if expected else type(error).__name__,
            exc_info=None if expected else error,
        )
        now, failures = self.now(), page.failures + 1
        planned = next_rereading(page.sent.kind, page.published_at, now)
        soon = now + backoff(failures, first=FIRST_PAUSE, most=LONGEST_PAUSE)
        next_at = planned if failures >= MOST_FAILURES else min(soon, planned or soon)
        async with self.store.write() as connection:
            await postpone_rereading(
                connection, page.story_id, failures=0 if failures >= MOST_FAILURES else failures, next_at=next_at
            )


async def acknowledge_change(store: Store, card_id: int, *, by: int, now: datetime) -> bool:
    """An organiser (their user id) has seen a change's card; False where somebody was first, or it is another card."""
    async with store.write() as connection:
        open_cards = {card.id: card for card in await list_open_cards(connection)}
        card = open_cards.get(card_id)
        if card is None or card.kind is not CardKind.CHANGE:
            return False
        done = await decide_card(connection, card_id, "seen", by=by, now=now)
        if done:
            await add_deed(connection, by, "see_change", f"story:{card.subject_ids[0]}", now=now)
        return done
