"""Amending: what the clock does with a correction or a withdrawal. It goes through the copies and ends counted.

Editing and deleting can be repeated without harm: what was in hand when a program ended is gone through once more.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.correction import compose_withdrawn
from bot.compose.wording import DEFAULT_LANGUAGE, Wording
from bot.flows.relisting import LOOKED_BACK, relist_digests
from bot.model.amendment import Amendment, AmendmentKind, SentCopy, Step
from bot.model.delivery import Fate, Receipt
from bot.model.message import Message, Picture
from bot.model.organiser import CardKind
from bot.store import Store
from bot.store.amended_digests import list_outdated
from bot.store.amendments import advance, find_amendment, list_working, move_amendment
from bot.store.cards import decide_card, find_card_of, list_open_cards, touch_card
from bot.store.copies import list_copies, list_still_claimed, owe_note
from bot.store.identity import find_paused_until, get_pace, pause_sending, slow_down, take_pace
from bot.store.sent import find_sent_message

log = logging.getLogger(__name__)

# A batch is what goes out in half a second, but no more than this: so much is repeated after a crash at most.
MOST = 128
# Nothing is known of these copies yet: they are gone through once more.
AGAIN = (Fate.LATER, Fate.NOT_SENT, Fate.REVOKED, Fate.UNKNOWN)
# A chat that never answers holds up nobody: after so many tries its copy counts as not changed.
TRIES = 5
PROGRESS_EVERY = timedelta(seconds=3)
SHOWN_FOR = timedelta(minutes=2)
# The pace has a row of its own, which other senders use: nobody waits longer than this for it.
LONGEST_WAIT = 5.0
# Telegram's words (Bot API errors): the copy has no picture although others have, or has one although others have not.
OTHER_SHAPE = ("there is no text in the message", "there is no caption in the message")
DELETED_BEFORE = "message to delete not found"


@dataclass(kw_only=True)
class Amending:
    """`edit` and `delete` change a message (chat, message id); `render` adds what is each reader's own.

    `per_second` is the rate of bulk sending, which this shares.
    """

    store: Store
    edit: Callable[[int, int, Message], Awaitable[Receipt]]
    delete: Callable[[int, int], Awaitable[Receipt]]
    render: Callable[[SentCopy, Message], Message]
    wordings: Mapping[str, Wording]
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    per_second: float
    # Delivery -> how often there was no answer.
    _tries: dict[int, int] = field(default_factory=dict)

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
                waits = await relist_digests(connection, self.wordings, self.now()) > 0

    async def turn(self) -> int | None:
        """One batch of the most urgent amendment that may go on: how many are done with; None where all has to wait."""
        async with self.store.read() as connection:
            for amendment in await list_working(connection):
                if await self.is_held(connection, amendment):
                    continue
                copies = await list_copies(connection, amendment, self.batch)
                message = await find_sent_message(connection, amendment.message_id)
                waits = not copies and await list_still_claimed(connection, amendment.in_flight)
                if not waits:
                    break
            else:
                return None
        if not copies:
            return await self.finish(amendment)
        return await self.work(amendment, copies, pictured=message is not None and message.pictured)

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
        """Change a batch at the common pace, and keep how far that got; None where the rest has to wait."""
        async with self.store.write() as connection:
            rate = self.per_second * (await get_pace(connection, self.now())).share
            wait = await take_pace(connection, now=self.now(), sends=len(copies), per_second=rate)
        await asyncio.sleep(min(wait, LONGEST_WAIT))
        change = self.take_back if amendment.kind is AmendmentKind.WITHDRAW else self.correct
        receipts = await asyncio.gather(
            *(
                self.in_turn(place / rate, change, amendment, copy, pictured=pictured)
                for place, copy in enumerate(copies)
            )
        )
        settled = [self.settle(copy, receipt) for copy, receipt in zip(copies, receipts, strict=True)]
        done = next((place for place, receipt in enumerate(settled) if receipt.fate in AGAIN), len(settled))
        async with self.store.write() as connection:
            await self.keep(connection, amendment, copies[:done], settled[:done])
            await self.hold_on(connection, settled)
        return done if done == len(settled) else None

    async def in_turn(
        self,
        seconds: float,
        change: Callable[..., Awaitable[Receipt]],
        amendment: Amendment,
        copy: SentCopy,
        *,
        pictured: bool,
    ) -> Receipt:
        """One copy, when its turn has come."""
        await asyncio.sleep(seconds)
        return await change(amendment, copy, pictured=pictured)

    async def correct(self, amendment: Amendment, copy: SentCopy, *, pictured: bool) -> Receipt:
        """Let a copy show the corrected words."""
        text = amendment.texts.get(copy.language) or amendment.texts[DEFAULT_LANGUAGE]
        return await self.edit_copy(copy, self.render(copy, replace(text, picture=Picture() if pictured else None)))

    async def take_back(self, amendment: Amendment, copy: SentCopy, *, pictured: bool) -> Receipt:
        """Delete a copy; one that Telegram deletes no more says that it was withdrawn, and is UNTRIED."""
        receipt = await self.delete(copy.key.chat_id, copy.telegram_message_id)
        if receipt.fate is not Fate.BAD_CONTENT:
            return receipt
        if DELETED_BEFORE in receipt.reason.lower():
            return Receipt(fate=Fate.SENT, telegram_message_id=copy.telegram_message_id)
        wording = self.wordings.get(copy.language, self.wordings[DEFAULT_LANGUAGE])
        told = compose_withdrawn(amendment.decided_at or amendment.created_at, wording)
        marked = await self.edit_copy(copy, replace(told, picture=Picture() if pictured else None))
        return replace(marked, fate=Fate.UNTRIED) if marked.fate is Fate.SENT else marked

    async def edit_copy(self, copy: SentCopy, message: Message) -> Receipt:
        """Edit it as what it is: a picture that was refused was sent as words alone."""
        receipt = await self.edit(copy.key.chat_id, copy.telegram_message_id, message)
        if receipt.fate is Fate.BAD_CONTENT and any(words in receipt.reason.lower() for words in OTHER_SHAPE):
            other = replace(message, picture=None if message.picture else Picture())
            return await self.edit(copy.key.chat_id, copy.telegram_message_id, other)
        return receipt

    def settle(self, copy: SentCopy, receipt: Receipt) -> Receipt:
        """The receipt; one that never answers is given up as BAD_CONTENT."""
        if receipt.fate is not Fate.UNKNOWN:
            self._tries.pop(copy.delivery_id, None)
            return receipt
        tries = self._tries.get(copy.delivery_id, 0) + 1
        self._tries[copy.delivery_id] = tries
        return replace(receipt, fate=Fate.BAD_CONTENT) if tries >= TRIES else receipt

    async def keep(
        self, connection: AsyncConnection, amendment: Amendment, copies: Sequence[SentCopy], receipts: Sequence[Receipt]
    ) -> None:
        """Add up what came of these copies, and remember which is the last; who had one late is told late."""
        changed = sum(receipt.fate is Fate.SENT for receipt in receipts)
        marked = sum(receipt.fate is Fate.UNTRIED for receipt in receipts)
        ids = {copy.delivery_id for copy in copies}
        late = [one for one in amendment.in_flight if one in ids]
        ordered = max(ids - set(late), default=amendment.position)
        kept = await advance(
            connection,
            amendment,
            changed=amendment.changed + changed,
            marked=amendment.marked + marked,
            failed=amendment.failed + len(receipts) - changed - marked,
            position=max(amendment.position, ordered),
            in_flight=[one for one in amendment.in_flight if one not in ids],
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

    async def hold_on(self, connection: AsyncConnection, receipts: Sequence[Receipt]) -> None:
        """Telegram's call for patience holds all that is bulk, as it does where messages are sent."""
        waits = [receipt.retry_after or 1.0 for receipt in receipts if receipt.fate is Fate.LATER]
        if not waits:
            return
        if len(waits) > 1:
            await slow_down(connection, self.now())
        await pause_sending(connection, until=self.now() + timedelta(seconds=max(waits)))
        log.warning("Telegram asks for patience with edits: all is held for %.0f s", max(waits))

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
