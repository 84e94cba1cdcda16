"""The polling guard around getUpdates."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.errors import TokenRevokedError
from bot.updates.health import TWO_POLLERS, WEBHOOK_SET, Polling, PollState, pause_after
from bot.updates.parse import id_of, read_update
from bot.updates.turns import App, Turn, Turns, utc_now

log = logging.getLogger(__name__)

ALLOWED = ("message", "callback_query", "inline_query", "my_chat_member")
# The most that getUpdates gives at once (Bot API).
BATCH = 100
# While a callback runs, Telegram repeats its update at once at every poll: this long between two such polls.
BREATH_SECONDS = 0.25
LONGEST_FLOOD_SECONDS = 300.0
# The same trouble is said again after this long.
SAY_AGAIN = timedelta(minutes=10)
# A long poll's answer may come this much after its own time.
SLACK_SECONDS = 10


class UpdateLoop:
    """Polls one bot's updates until cancelled; the application is initialised already and has no Updater.

    `health` and `last_good_poll_at` tell how it goes. `pause` gives the seconds to wait after n failures in a row.
    """

    def __init__(
        self,
        application: App,
        turns: Turns,
        *,
        allowed: Iterable[str] = ALLOWED,
        poll_seconds: float = 25,
        grace_seconds: float = 5,
        now: Callable[[], datetime] = utc_now,
        pause: Callable[[int], float] = pause_after,
    ) -> None:
        self._turns = turns
        self._bot = application.bot
        self._allowed = list(allowed)
        self._poll_seconds = poll_seconds
        self._grace_seconds = grace_seconds
        self._now = now
        self._pause = pause
        self._in_hand: dict[int, Turn] = {}
        self._ended: set[int] = set()
        self._owed: set[int] = set()
        self._next = 0
        self._confirmed = 0
        self._failures = 0
        self._stalls = 0
        self._said_at: dict[str, datetime] = {}
        self.health = Polling(PollState.STARTING)
        self.last_good_poll_at: datetime | None = None

    @property
    def offset(self) -> int:
        """The lowest update without an answer, else the one after the last; asking from it confirms all below."""
        return min((*self._in_hand, *self._owed), default=self._next)

    async def run(self) -> None:
        """Poll until cancelled; then wait a little for callbacks in hand, and confirm. Raises TokenRevokedError."""
        try:
            while True:
                await self._round()
        finally:
            await self._drain()

    async def _round(self) -> None:
        clock = asyncio.get_running_loop().time
        started = clock()
        try:
            batch = await self._get(self._poll_seconds, BATCH)
        except InvalidToken:
            self.health = Polling(PollState.REVOKED, str(TokenRevokedError()))
            raise TokenRevokedError from None
        except TelegramError as error:
            await self._wait_out(error)
            return
        self._note_good_poll()
        # What is owed is in this batch, or behind it; what is in neither Telegram has dropped.
        self._owed.clear()
        fresh = sum([self._take(raw) for raw in batch])
        await self._breathe(idle=not fresh and (bool(batch) or clock() - started < BREATH_SECONDS))

    async def _get(self, seconds: float, limit: int) -> list[Any]:
        offset = self.offset
        parameters = {"timeout": seconds, "limit": limit, "allowed_updates": self._allowed, "offset": offset or None}
        # The raw path: get_updates() would parse the whole batch at once, and one bad update would spoil it.
        answer = await self._bot._post("getUpdates", parameters, read_timeout=seconds + SLACK_SECONDS)  # noqa: SLF001
        if not isinstance(answer, list):
            raise TelegramError("the answer is no list of updates")
        self._confirmed = offset
        self._ended = {update_id for update_id in self._ended if update_id >= offset}
        return answer

    def _note_good_poll(self) -> None:
        if self.health.state in {PollState.CONFLICT, PollState.FAILING}:
            log.warning("Telegram is heard again.")
        self.last_good_poll_at = self._now()
        self.health = Polling(PollState.LISTENING)
        self._failures = 0

    def _take(self, raw: object) -> bool:
        """Whether this was news. What cannot be read is skipped, and confirmed with the rest."""
        update_id = id_of(raw)
        if update_id is None:
            log.error("an update without an id was skipped")
            return False
        self._next = update_id + 1
        if update_id in self._in_hand or update_id in self._ended:
            return False
        update = read_update(update_id, raw, self._bot)
        if update is None:
            self._ended.add(update_id)
        else:
            turn = self._in_hand[update_id] = self._turns.take(update)
            turn.task.add_done_callback(partial(self._close, turn))
        return True

    def _close(self, turn: Turn, task: asyncio.Task[None]) -> None:
        update_id = turn.update.update_id
        del self._in_hand[update_id]
        trouble = None if task.cancelled() else task.exception()
        if trouble is not None:
            log.error("the database failed around update %d", update_id, exc_info=trouble)
        answered = turn.answered or not (task.cancelled() or trouble)
        (self._ended if answered else self._owed).add(update_id)

    async def _breathe(self, *, idle: bool) -> None:
        """Let callbacks end, so that the next poll confirms them; never ask again at once for what is known."""
        if self._in_hand:
            await asyncio.wait([turn.task for turn in self._in_hand.values()], timeout=BREATH_SECONDS)
        elif idle:
            await asyncio.sleep(BREATH_SECONDS)
        self._stalls = self._stalls + 1 if self._owed else 0
        if self._owed:
            await asyncio.sleep(self._pause(self._stalls))

    async def _wait_out(self, error: TelegramError) -> None:
        self._failures += 1
        if not isinstance(error, Conflict):
            self._say(PollState.FAILING, f"Telegram cannot be heard: {error.message}")
        elif "webhook" not in error.message.lower():
            self._say(PollState.CONFLICT, TWO_POLLERS)
        else:
            self._say(PollState.CONFLICT, WEBHOOK_SET)
            with suppress(TelegramError):
                await self._bot.delete_webhook()
        await asyncio.sleep(max(self._pause(self._failures), seconds_asked(error)))

    def _say(self, state: PollState, sentence: str) -> None:
        now = self._now()
        self.health = Polling(state, sentence)
        said_at = self._said_at.get(sentence)
        if said_at is None or now - said_at >= SAY_AGAIN:
            self._said_at[sentence] = now
            log.warning(sentence)

    async def _drain(self) -> None:
        turns = list(self._in_hand.values())
        for turn in turns:
            if not turn.started:
                turn.task.cancel()
        if turns:
            _, late = await asyncio.wait([turn.task for turn in turns], timeout=self._grace_seconds)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=1)
        await self._confirm()
        if self.health.state is not PollState.REVOKED:
            self.health = Polling(PollState.STOPPED)

    async def _confirm(self) -> None:
        if self.offset == self._confirmed:
            return
        try:
            await self._get(0, 1)
        except TelegramError as error:
            log.warning("the last updates are not confirmed and will come again: %s", error.message)


def seconds_asked(error: TelegramError) -> float:
    """How long Telegram asks us to wait, up to five minutes; 0 where it does not."""
    if not isinstance(error, RetryAfter):
        return 0
    wait = error.retry_after
    return min(LONGEST_FLOOD_SECONDS, wait.total_seconds() if isinstance(wait, timedelta) else wait)
