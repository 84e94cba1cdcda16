"""Amending: what the clock does with a correction or a withdrawal. It goes through the copies and ends counted.

Editing and deleting can be repeated without harm: what was in hand when a program ended is gone through once more.
What one chat does not answer is left for later, so that it holds up nobody else's copy.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.relisting import LOOKED_BACK, relist_digests
from bot.flows.retouching import AGAIN, Retouching
from bot.flows.strain import Strain
from bot.model.amendment import Amendment, AmendmentKind, SentCopy, Step
from bot.model.delivery import Fate, Receipt
from bot.model.organiser import CardKind
from bot.store import Store
from bot.store.amended_digests import list_outdated
from bot.store.amendments import advance, find_amendment, list_working, move_amendment
from bot.store.cards import decide_card, find_card_of, list_open_cards, touch_card
from bot.store.copies import has_left, list_fresh, list_left, list_still_claimed, owe_note
from bot.store.identity import find_paused_until, get_pace, pause_sending, slow_down, take_pace
from bot.store.sent import find_sent_message

log = logging.getLogger(__name__)

# A batch is what goes out in half a second, but no more than this: so much is repeated after a crash at most.
MOST = 128
# So many copies are left for later at most, before they are gone through first.
LEFT_FOR_LATER = 300
PROGRESS_EVERY = timedelta(seconds=3)
SHOWN_FOR = timedelta(minutes=2)
# The pace has a row of its own, which other senders use: nobody waits longer than this for it.
LONGEST_WAIT = 5.0


@dataclass(kw_only=True)
class Amending:
    """`per_second` is the rate of bulk sending, which this shares."""

    store: Store
    retouching: Retouching
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    per_second: float
    _strain: Strain = field(default_factory=Strain)

    async def tick(self) -> int:
        """Go through copies until none is left or Telegram asks for patience; returns how many were gone through."""
        await self.relist()
        count = 0
        while (gone_through := await self.turn()) is not None:
            count += gone_through
        await self.end_cards()
        return count

    async def relist(self) -> None:
        """Let digests follow what was decided about what they list."""
        async with self.store.read() as connection:
            waits = bool(await list_outdated(connection, self.now() - LOOKED_BACK, 1))
        while waits:
            async with self.store.write() as connection:
                waits = await relist_digests(connection, self.retouching.wordings, self.now()) > 0

    async def turn(self) -> int | None:
        """One batch of the most urgent amendment that may go on: how many are done with; None where all has to wait."""
        async with self.store.read() as connection:
            for amendment in await list_working(connection):
                if await self.is_held(connection, amendment):
                    continue
                # In this order: what is settled between the two questions is in the second's answer.
                waits = bool(await list_still_claimed(connection, amendment.in_flight))
                copies = await self.list_next(connection, amendment)
                message = await find_sent_message(connection, amendment.message_id)
                if copies or not (waits or await has_left(connection, amendment)):
                    break
            else:
                return None
        if not copies:
            return await self.finish(amendment)
        return await self.work(amendment, copies, pictured=message is not None and message.pictured)

    async def list_next(self, connection: AsyncConnection, amendment: Amendment) -> Sequence[SentCopy]:
        """The next copies: those that were not tried yet come first, unless very many are left for later."""
        resting = self.retouching.resting()
        fresh = await list_fresh(connection, amendment, self.batch)
        if fresh and len(amendment.in_flight) < LEFT_FOR_LATER:
            return fresh
        return await list_left(connection, amendment, self.batch, resting)

    @property
    def batch(self) -> int:
        """How many copies are taken in hand at once."""
        return min(MOST, max(1, round(self.per_second / 2)))

    async def is_held(self, connection: AsyncConnection, amendment: Amendment) -> bool:
        """Whether it has to wait. Taking back sends nothing to anybody: of all holds only Telegram's holds that up."""
        if amendment.kind is not AmendmentKind.CORRECT:
            paused_until = await find_paused_until(connection)
            return paused_until is not None and paused_until > self.now()
        return (await get_pace(connection, self.now())).held

    async def work(self, amendment: Amendment, copies: Sequence[SentCopy], *, pictured: bool) -> int | None:
        """Change a batch at the common pace, and keep what came of it; None where the rest has to wait."""
        async with self.store.write() as connection:
            rate = self.per_second * (await get_pace(connection, self.now())).share
            wait = await take_pace(connection, now=self.now(), sends=len(copies), per_second=rate)
        await asyncio.sleep(min(wait, LONGEST_WAIT))
        receipts = await asyncio.gather(
            *(self.in_turn(place / rate, amendment, copy, pictured=pictured) for place, copy in enumerate(copies))
        )
        await self.hold_on(receipts)
        answered = any(receipt.fate not in AGAIN for receipt in receipts)
        self.retouching.adapt(answered=answered)
        fresh = copies[0].delivery_id not in amendment.in_flight
        if fresh and len(copies) > 1 and not answered:
            return None  # Nobody answers: that is about none of these copies.
        settled = [self.retouching.settle(*one) for one in zip(copies, receipts, strict=True)]
        await self.keep(amendment, copies, settled)
        return sum(receipt.fate not in AGAIN for receipt in settled) or None

    async def in_turn(self, seconds: float, amendment: Amendment, copy: SentCopy, *, pictured: bool) -> Receipt:
        """One copy, when its turn has come."""
        await asyncio.sleep(seconds)
        return await self.retouching.change(amendment, copy, pictured=pictured)

    async def keep(self, amendment: Amendment, copies: Sequence[SentCopy], receipts: Sequence[Receipt]) -> None:
        """Add up what came of these copies, leave the others for later; who had one late is told late."""
        fates = {copy.delivery_id: receipt.fate for copy, receipt in zip(copies, receipts, strict=True)}
        done = [one for one, fate in fates.items() if fate not in AGAIN]
        changed = sum(fate is Fate.SENT for fate in fates.values())
        marked = sum(fate is Fate.UNTRIED for fate in fates.values())
        late = [one for one in done if one in amendment.in_flight]
        left = [one for one in amendment.in_flight if one not in done]
        async with self.store.write() as connection:
            kept = await advance(
                connection,
                amendment,
                changed=amendment.changed + changed,
                marked=amendment.marked + marked,
                failed=amendment.failed + len(done) - changed - marked,
                position=max([amendment.position, *(one for one in fates if one not in amendment.in_flight)]),
                in_flight=[*left, *(one for one in fates if one not in done and one not in left)],
            )
            if kept and late and amendment.told_id is not None:
                await owe_note(connection, amendment.message_id, amendment.told_id, now=self.now(), only=late)
            if kept:
                await self.show_progress(connection, amendment)

    async def show_progress(self, connection: AsyncConnection, amendment: Amendment) -> None:
        """Let the card show how far it is, not too often."""
        now = self.now()
        if amendment.progress_at is not None and now - amendment.progress_at < PROGRESS_EVERY:
            return
        card = await find_card_of(connection, CardKind.AMENDMENT, amendment.id)
        current = await find_amendment(connection, amendment.id)
        if card is not None and current is not None:
            await advance(connection, current, progress_at=now)
            await touch_card(connection, card.id, f"done-{current.position}")
            self.wake("review")

    async def hold_on(self, receipts: Sequence[Receipt]) -> None:
        """Telegram's call for patience holds all that is bulk, as it does where messages are sent."""
        wait = self._strain.is_flood(receipts)
        if wait is None:
            return
        async with self.store.write() as connection:
            await slow_down(connection, self.now())
            await pause_sending(connection, until=self.now() + timedelta(seconds=wait))
        log.warning("Telegram asks for patience with edits: all is held for %.0f s", wait)

    async def finish(self, amendment: Amendment) -> int | None:
        """Nothing is left to go through: 0, or None where another has moved it meanwhile."""
        async with self.store.write() as connection:
            if not await move_amendment(connection, amendment, Step.FINISH, ended_at=self.now()):
                return None
            card = await find_card_of(connection, CardKind.AMENDMENT, amendment.id)
            if card is not None:
                await touch_card(connection, card.id, "done")
        log.info(
            "amendment %d is done: %d changed, %d marked, %d not",
            *(amendment.id, amendment.changed, amendment.marked, amendment.failed),
        )
        self.wake("review")
        return 0

    async def end_cards(self) -> None:
        """End the cards of what is done, when every chat has had the time to get its own: a withdrawal is soon done."""
        now = self.now()
        async with self.store.read() as connection:
            cards = [card for card in await list_open_cards(connection) if card.kind is CardKind.AMENDMENT]
            found = [(card, await find_amendment(connection, card.subject_ids[0])) for card in cards]
        for card, amendment in found:
            if amendment is not None and amendment.ended_at is not None and now - amendment.ended_at >= SHOWN_FOR:
                async with self.store.write() as connection:
                    await decide_card(connection, card.id, "done", by=None, now=now)
