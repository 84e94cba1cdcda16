"""Patience with organisers' chats: when to try again, and what need not be sent again.

In memory: after a restart everything is tried at once, and Telegram says again how long to wait.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.model.delivery import Fate, Receipt

# Between the first try that has no answer and the second: long enough for a short outage to pass.
UNSURE_FOR = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """What a run remembers of chats that asked to wait, and of (card, chat) pairs that are half done."""

    now: Callable[[], datetime]
    previewed: set[tuple[int, int]] = field(default_factory=set)
    _waits: dict[int, datetime] = field(default_factory=dict)
    _unsure: dict[tuple[int, int], datetime] = field(default_factory=dict)

    def waits(self, chat_id: int) -> bool:
        """Whether Telegram asked us to leave this chat alone for now."""
        until = self._waits.get(chat_id)
        return until is not None and self.now() < until

    async def call(self, chat_id: int, call: Callable[[], Awaitable[Receipt]]) -> Receipt:
        """Make a call for a chat; LATER without making it while the chat is left alone."""
        if self.waits(chat_id):
            return Receipt(fate=Fate.LATER, reason="Telegram asked for patience")
        receipt = await call()
        if receipt.fate is Fate.LATER:
            self._waits[chat_id] = self.now() + timedelta(seconds=receipt.retry_after or 0)
        return receipt

    def is_due(self, card_id: int, chat_id: int) -> bool:
        """Whether a card may be tried in a chat by itself."""
        since = self._unsure.get((card_id, chat_id))
        return not self.waits(chat_id) and (since is None or self.now() - since >= UNSURE_FOR)

    def is_second_unknown(self, card_id: int, chat_id: int) -> bool:
        """Note a try that has no answer; whether it was not the first."""
        again = (card_id, chat_id) in self._unsure
        self._unsure.setdefault((card_id, chat_id), self.now())
        return again

    def end(self, card_id: int, chat_id: int) -> None:
        """The card is done with in this chat."""
        self.previewed.discard((card_id, chat_id))
        self._unsure.pop((card_id, chat_id), None)
