"""Retouching: one copy in a reader's chat is corrected or taken back, and what its answer means.

It can be repeated without harm, so a copy of which nothing is known yet is simply gone through once more, after a rest.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.compose.blank import BLANK
from bot.compose.correction import compose_withdrawn
from bot.compose.wording import DEFAULT_LANGUAGE, Wording
from bot.model.amendment import Amendment, AmendmentKind, SentCopy
from bot.model.delivery import Fate, Receipt
from bot.model.message import Message, Picture

# Nothing is known of these copies yet.
AGAIN = (Fate.LATER, Fate.NOT_SENT, Fate.REVOKED, Fate.UNKNOWN)
# A chat that never answers holds up nobody: after so many tries, some four minutes, its copy counts as not changed.
TRIES = 8
FIRST_REST = timedelta(seconds=2)
LONGEST_REST = timedelta(minutes=1)
# Telegram answers within a second: who waits longer for one chat keeps all others waiting. Where nobody's answer comes
# so soon, the next are given twice the time.
ANSWER_WITHIN = 2.0
ANSWER_AT_MOST = 20.0
# Telegram's words (Bot API errors): the copy has no picture although others have, or has one although others have not.
OTHER_SHAPE = ("there is no text in the message", "there is no caption in the message")
DELETED_BEFORE = "message to delete not found"


@dataclass(kw_only=True)
class Retouching:
    """`edit` and `delete` change a message (chat, message id); `render` adds what is each reader's own."""

    edit: Callable[[int, int, Message], Awaitable[Receipt]]
    delete: Callable[[int, int], Awaitable[Receipt]]
    render: Callable[[SentCopy, Message], Message]
    wordings: Mapping[str, Wording]
    now: Callable[[], datetime]
    _patience: float = 0.0
    # Delivery -> how often there was no answer, and until when its chat is left alone.
    _tries: dict[int, int] = field(default_factory=dict)
    _rests: dict[int, datetime] = field(default_factory=dict)

    async def change(self, amendment: Amendment, copy: SentCopy, *, pictured: bool) -> Receipt:
        """Do to a copy what is to be done; one that was only marked as withdrawn is UNTRIED."""
        change = self.take_back if amendment.kind is AmendmentKind.WITHDRAW else self.correct
        try:
            async with asyncio.timeout(max(self._patience, ANSWER_WITHIN)):
                return await change(amendment, copy, pictured=pictured)
        except TimeoutError:
            return Receipt(fate=Fate.UNKNOWN, reason="no answer in time")

    def adapt(self, *, answered: bool) -> None:
        """After a batch: give the next answers more time where none came, less where some did."""
        waited = max(self._patience, ANSWER_WITHIN)
        self._patience = waited / 2 if answered else min(waited * 2, ANSWER_AT_MOST)

    async def correct(self, amendment: Amendment, copy: SentCopy, *, pictured: bool) -> Receipt:
        """Let a copy show the corrected words."""
        text = amendment.texts.get(copy.language) or amendment.texts[DEFAULT_LANGUAGE]
        if not pictured:
            return await self.edit_copy(copy, self.render(copy, text))
        return await self.edit_pictured(copy, self.render(copy, text), bare=amendment.body.bare)

    async def take_back(self, amendment: Amendment, copy: SentCopy, *, pictured: bool) -> Receipt:
        """Delete a copy; one that Telegram deletes no more says that it was withdrawn, and shows nothing else."""
        receipt = await self.delete(copy.key.chat_id, copy.telegram_message_id)
        if receipt.fate is not Fate.BAD_CONTENT:
            return receipt
        if DELETED_BEFORE in receipt.reason.lower():
            return Receipt(fate=Fate.SENT, telegram_message_id=copy.telegram_message_id)
        wording = self.wordings.get(copy.language, self.wordings[DEFAULT_LANGUAGE])
        told = compose_withdrawn(amendment.decided_at or amendment.created_at, wording)
        marked = await (self.edit_pictured(copy, told, bare=True) if pictured else self.edit_copy(copy, told))
        return replace(marked, fate=Fate.UNTRIED) if marked.fate is Fate.SENT else marked

    async def edit_pictured(self, copy: SentCopy, message: Message, *, bare: bool) -> Receipt:
        """Edit what stands below a picture; a `bare` one shows nothing. Where that is refused the words change."""
        if bare:
            receipt = await self.edit_copy(copy, replace(message, picture=Picture(BLANK)))
            if receipt.fate is not Fate.BAD_CONTENT:
                return receipt
        return await self.edit_copy(copy, replace(message, picture=Picture()))

    async def edit_copy(self, copy: SentCopy, message: Message) -> Receipt:
        """Edit it as what it is: a picture that was refused was sent as words alone."""
        receipt = await self.edit(copy.key.chat_id, copy.telegram_message_id, message)
        if receipt.fate is Fate.BAD_CONTENT and any(words in receipt.reason.lower() for words in OTHER_SHAPE):
            other = replace(message, picture=None if message.picture else Picture())
            return await self.edit(copy.key.chat_id, copy.telegram_message_id, other)
        return receipt

    def settle(self, copy: SentCopy, receipt: Receipt) -> Receipt:
        """The receipt; a copy of which nothing is known rests; one that never answers is given up as BAD_CONTENT."""
        known = copy.delivery_id
        if receipt.fate is not Fate.UNKNOWN:
            self.rest(known, receipt)
            return receipt
        self._tries[known] = tries = self._tries.get(known, 0) + 1
        self._rests[known] = self.now() + min(LONGEST_REST, FIRST_REST * 2 ** (tries - 1))
        if tries < TRIES:
            return receipt
        self._tries.pop(known)
        return replace(receipt, fate=Fate.BAD_CONTENT)

    def rest(self, delivery_id: int, receipt: Receipt) -> None:
        """Leave a chat alone for as long as Telegram says; of what is done with nothing is remembered."""
        self._tries.pop(delivery_id, None)
        self._rests.pop(delivery_id, None)
        if receipt.fate is Fate.LATER:
            self._rests[delivery_id] = self.now() + timedelta(seconds=receipt.retry_after or 1.0)

    def resting(self) -> Collection[int]:
        """The deliveries whose chats are left alone now."""
        now = self.now()
        self._rests = {known: until for known, until in self._rests.items() if until > now}
        return self._rests.keys()
