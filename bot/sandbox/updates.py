"""The queue of updates and the long poll that takes them."""

import asyncio
from collections.abc import Sequence
from typing import Any

from bot.sandbox.refusals import SECOND_POLLER, conflict

JSON = dict[str, Any]

# Telegram sends these only to bots that ask for them by name (Bot API, getUpdates).
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_MOST = 100
_LONGEST = 50.0


class Updates:
    """Updates wait here, in order, until a poll's offset or the webhook confirms them."""

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.pending: list[JSON] = []
        self.allowed: list[str] = []
        self.added = asyncio.Event()
        self._poll: asyncio.Future[None] | None = None

    def add(self, kind: str, content: JSON) -> None:
        """Queue an update of this kind ("message", "callback_query", ...) unless the bot did not ask for the kind."""
        if not self._wanted(kind):
            return
        self.pending.append({"update_id": self.next_id, kind: content})
        self.next_id += 1
        self.added.set()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _ON_REQUEST

    async def take(self, *, offset: int, limit: int, seconds: float) -> list[JSON]:
        """The waiting updates, after those before `offset` are forgotten; waits up to `seconds` for one.

        A poll that is still waiting is ended with 409, as Telegram does.
        """
        self.end_poll(SECOND_POLLER)
        self._confirm(offset)
        if not self.pending and seconds > 0:
            await self._wait(min(seconds, _LONGEST))
        return self.pending[: min(limit, _MOST) if limit > 0 else _MOST]

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def end_poll(self, words: str) -> None:
        """End the poll that waits, if one does, with 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(words))

    def allow(self, kinds: Sequence[str] | None) -> None:
        """The kinds that the bot wants from now on; None leaves what was, an empty list means the usual ones."""
        if kinds is not None:
            self.allowed = list(kinds)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [update for update in self.pending if update["update_id"] >= offset]

    def confirm_first(self) -> None:
        """The webhook took the first update."""
        del self.pending[:1]

    def clear(self) -> None:
        """Forget everything that waits."""
        self.pending = []

    def snapshot(self) -> JSON:
        """As JSON."""
        return {"next_id": self.next_id, "pending": self.pending, "allowed": self.allowed}

    def restore(self, state: JSON) -> None:
        """What `snapshot` gave; ids never go back."""
        self.next_id = max(self.next_id, state["next_id"])
        self.pending, self.allowed = list(state["pending"]), list(state["allowed"])
        self.added.set()
