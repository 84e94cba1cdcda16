"""Updates that Telegram brings to our webhook: answered one by one, each confirmed only after its callback ended."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from bot.errors import TokenRevokedError
from bot.updates.health import Polling, PollState, pause_after
from bot.updates.parse import id_of, read_update
from bot.updates.turns import App, Turn, Turns, utc_now

log = logging.getLogger(__name__)

# Telegram is asked this often how its deliveries go, and whether the webhook is still ours.
LOOK_SECONDS = 60.0
# An error of Telegram's deliveries counts for this long.
RECENT = timedelta(minutes=2)
CONNECTIONS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """Where Telegram brings updates (an https address), the secret it sends along, and the kinds it brings."""

    url: str
    secret: str
    allowed: Iterable[str]


class PushedUpdates:
    """Sets the webhook and keeps it set until cancelled; `take` is called with each update that arrives.

    `health` and `last_good_poll_at` tell how it goes, as those of UpdateLoop do.
    """

    def __init__(
        self,
        application: App,
        turns: Turns,
        hook: Hook,
        *,
        look_seconds: float = LOOK_SECONDS,
        grace_seconds: float = 5,
        now: Callable[[], datetime] = utc_now,
        pause: Callable[[int], float] = pause_after,
    ) -> None:
        self._bot = application.bot
        self._turns = turns
        self._hook = hook
        self._look_seconds = look_seconds
        self._grace_seconds = grace_seconds
        self._now = now
        self._pause = pause
        self._in_hand: set[Turn] = set()
        self._open = False
        self.health = Polling(PollState.STARTING)
        self.last_good_poll_at: datetime | None = None

    async def take(self, raw: object) -> bool:
        """Answer one update; whether Telegram may forget it. What cannot be read it may."""
        if not self._open:
            return False
        update_id = id_of(raw)
        if update_id is None:
            log.error("an update without an id was skipped")
            return True
        update = read_update(update_id, raw, self._bot)
        if update is None:
            return True
        turn = self._turns.take(update)
        self._in_hand.add(turn)
        # Whoever asked may hang up: the callback goes on, and is ours to wait for until it has ended.
        turn.task.add_done_callback(lambda _: self._in_hand.discard(turn))
        await asyncio.wait([turn.task])
        trouble = None if turn.task.cancelled() else turn.task.exception()
        if trouble is not None:
            log.error("the database failed around update %d", update_id, exc_info=trouble)
        return turn.answered or not (turn.task.cancelled() or trouble)

    async def run(self) -> None:
        """Keep the webhook ours until cancelled; then wait a little for callbacks in hand. Raises TokenRevokedError."""
        failures = 0
        self._open = True
        try:
            while True:
                try:
                    await self._look()
                    failures = 0
                except InvalidToken:
                    self.health = Polling(PollState.REVOKED, str(TokenRevokedError()))
                    raise TokenRevokedError from None
                except TelegramError as error:
                    failures += 1
                    self._tell(PollState.FAILING, f"Telegram cannot be reached for the webhook: {error.message}")
                await asyncio.sleep(self._pause(failures) if failures else self._look_seconds)
        finally:
            await self._drain()

    async def _look(self) -> None:
        there = await self._bot.get_webhook_info()
        if self.last_good_poll_at is None or there.url != self._hook.url:
            # Set anew at each start, too: Telegram does not tell which secret it has.
            await self._set()
            there = await self._bot.get_webhook_info()
        self.last_good_poll_at = self._now()
        trouble = recent_trouble(there, self._now())
        self._tell(PollState.FAILING if trouble else PollState.LISTENING, trouble)

    async def _set(self) -> None:
        await self._bot.set_webhook(
            self._hook.url,
            secret_token=self._hook.secret,
            allowed_updates=list(self._hook.allowed),
            max_connections=CONNECTIONS,
        )
        log.info("Telegram brings updates to the webhook")

    def _tell(self, state: PollState, sentence: str) -> None:
        if sentence and sentence != self.health.sentence:
            log.warning(sentence)
        self.health = Polling(state, sentence)

    async def _drain(self) -> None:
        self._open = False
        turns = list(self._in_hand)
        for turn in turns:
            if not turn.started:
                turn.task.cancel()
        if turns:
            _, late = await asyncio.wait([turn.task for turn in turns], timeout=self._grace_seconds)
            for task in late:
                task.cancel()
        if self.health.state is not PollState.REVOKED:
            self.health = Polling(PollState.STOPPED)


def recent_trouble(there: WebhookInfo, now: datetime) -> str:
    """What Telegram says of its last delivery, if it failed lately; "" where all is well."""
    failed_at = there.last_error_date
    if failed_at is None or now - failed_at > RECENT or not there.pending_update_count:
        return ""
    return f"Telegram cannot bring updates: {there.last_error_message} ({there.pending_update_count} wait)"
