"""Updates in turn: one chat's callbacks one after the other, chats side by side, each update once."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

from telegram import Update
from telegram.ext import Application

from bot.errors import TooMuchError
from bot.updates.busy import showing_busy
from bot.updates.crowds import Crowds, find_talker

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]


class Seen(Protocol):
    """Which updates have been answered, kept across restarts."""

    async def was_seen(self, update_id: int) -> bool:
        """Whether this update's callback has ended before."""

    async def mark_seen(self, update_id: int, now: datetime) -> None:
        """Remember that it has."""


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


class Turn:
    """One update on its way. `started` is set when its callback may begin, `answered` when it has ended.

    With `refusal` it is one too many of its sender's, and gets that instead of its callback. The task raises what the
    store raises.
    """

    def __init__(
        self, turns: "Turns", update: Update, previous: "Turn | None", refusal: TooMuchError | None = None
    ) -> None:
        self.update = update
        self.refusal = refusal
        self.started = False
        self.answered = False
        self.task = asyncio.create_task(turns.answer(self, previous), name=f"update {update.update_id}")


class Turns:
    """Runs the callbacks of an application that is initialised, at most `at_once` of them side by side.

    A callback has `callback_seconds`; then it is cancelled, the error goes to the application's error callbacks, and
    the update counts as answered: Telegram gives no more than 100 updates after one that is not. Of whoever has too
    many updates waiting (bot.updates.crowds) the rest goes to the error callbacks as TooMuchError.
    """

    def __init__(
        self,
        application: App,
        seen: Seen,
        *,
        now: Callable[[], datetime] = utc_now,
        at_once: int = 32,
        callback_seconds: float = 120,
    ) -> None:
        self._application = application
        self._seen = seen
        self._now = now
        self._room = asyncio.Semaphore(at_once)
        self._seconds = callback_seconds
        self._last: dict[int, Turn] = {}
        self._crowds = Crowds()

    def take(self, update: Update) -> Turn:
        """Put an update at the end of its chat's line. One that was answered before ends without its callback."""
        chat, talker = chat_of(update), find_talker(update)
        refusal = None
        if talker is not None and self._crowds.join(talker):
            refusal = TooMuchError(first=self._crowds.tell(talker))
        turn = Turn(self, update, self._last.get(chat), refusal)
        self._last[chat] = turn
        if talker is not None:
            turn.task.add_done_callback(lambda _: self._crowds.leave(talker))
        turn.task.add_done_callback(lambda _: self._leave(chat, turn))
        return turn

    async def answer(self, turn: Turn, previous: Turn | None) -> None:
        """Wait for the chat's previous turn and for room, then run the callback and remember it."""
        if previous is not None:
            await asyncio.wait([previous.task])
        async with self._room:
            turn.started = True
            if await self._seen.was_seen(turn.update.update_id):
                return
            if turn.refusal is None:
                await self._call(turn.update)
            else:
                await self._application.process_error(turn.update, turn.refusal)
            turn.answered = True
            await self._seen.mark_seen(turn.update.update_id, self._now())

    async def _call(self, update: Update) -> None:
        try:
            async with asyncio.timeout(self._seconds), showing_busy(update):
                await self._application.process_update(update)
        except TimeoutError as error:
            log.error("update %d was cut off after %s s", update.update_id, self._seconds)  # noqa: TRY400 - no news in it
            await self._application.process_error(update, error)

    def _leave(self, chat: int, turn: Turn) -> None:
        if self._last[chat] is turn:
            del self._last[chat]


def chat_of(update: Update) -> int:
    """Whose line an update joins: its chat's, else its person's (a private chat's id is the same), else its own."""
    whose = update.effective_chat or update.effective_user
    return whose.id if whose is not None else -update.update_id
