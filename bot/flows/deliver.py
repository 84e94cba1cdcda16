"""Deliver: due deliveries are claimed in small batches, paced, sent, and settled just after their answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import TokenRevokedError
from bot.flows.fates import settle_receipt
from bot.model.delivery import ClaimedDelivery, DeliveryState, Fate, Receipt
from bot.model.subscriber import EndedReason
from bot.store import Store
from bot.store.cards import add_notice
from bot.store.deliveries import (
    claim_deliveries,
    count_states,
    has_due,
    put_back,
    settle,
    skip_deliveries_of,
)
from bot.store.identity import find_paused_until, free_pace, pause_sending, spend_pace
from bot.store.messages import mark_stopped, stop_message
from bot.store.subscribers import end_subscriptions, move_chat

log = logging.getLogger(__name__)

IN_FLIGHT = 128
# Answers that come within this are written down together.
GROUP_SECONDS = 0.03
# A budget that is spent is asked again after this.
SPENT_SECONDS = 0.05
# When Telegram says "later" to a second chat within this many seconds, it means all of us.
ALL_OF_US_SECONDS = 10
DRAIN_SECONDS = 5
# Nobody else takes a claim for a minute; one that has lain this long is not sent by a process that was frozen.
FRESH_FOR = timedelta(seconds=8)
TURNS_KEPT = 10_000
# So many chats' refusals of a text that others accepted are about the text after all.
REFUSALS_ARE_ABOUT_US = 3


@dataclass(kw_only=True)
class Deliver:
    """`send` gives one delivery to Telegram with the reader's reason line; `worker` names this process in claims."""

    store: Store
    send: Callable[[ClaimedDelivery], Awaitable[Receipt]]
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    worker: str
    per_second: float
    per_chat_seconds: float = 1.0
    # When each chat's next turn comes.
    _turns: dict[int, datetime] = field(default_factory=dict)
    _last_later: tuple[int, datetime] | None = None
    _stopping: bool = False
    _idle: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        """Nothing is in flight yet."""
        self._idle.set()

    async def tick(self, limit: int | None = None) -> int:
        """Deliver what is due until nothing is, `limit` have been, or we are told to stop; returns how many settled."""
        flying: dict[asyncio.Task[Receipt], ClaimedDelivery] = {}
        count = 0
        self._idle.clear()
        try:
            while not self._stopping:
                claimed_at = self.now()
                left = IN_FLIGHT if limit is None else limit - count - len(flying)
                for delivery in await self.claim(min(IN_FLIGHT - len(flying), left)):
                    flying[asyncio.create_task(self.send_fresh(delivery, claimed_at))] = delivery
                if not flying and (left <= 0 or not await self.is_due()):
                    break
                count += await self.settle_answered(flying, SPENT_SECONDS)
        finally:
            count += await self.drain(flying)
            self._idle.set()
        return count

    async def stop(self, seconds: float) -> None:
        """Claim nothing more, and wait up to `seconds` until what is in flight has its answer."""
        self._stopping = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)

    async def claim(self, room: int) -> Sequence[ClaimedDelivery]:
        """Take as many due deliveries as the shared pace and our room allow, in one transaction.

        One whose chat has just been sent to goes back at once, due at its turn: what is claimed is sent now.
        """
        if room <= 0 or not await self.is_due():
            return []
        now = self.now()
        async with self.store.write() as connection:
            free = min(room, await free_pace(connection, now=now, per_second=self.per_second))
            if free <= 0:
                return []
            claimed = await claim_deliveries(connection, worker=self.worker, now=now, limit=free)
            mine = [delivery for delivery in claimed if self.take_turn(delivery, now)]
            for delivery in claimed:
                if delivery not in mine:
                    await put_back(connection, delivery.id, due_at=self._turns[delivery.key.chat_id])
            await spend_pace(connection, now=now, sends=len(mine), per_second=self.per_second)
        return mine

    def take_turn(self, delivery: ClaimedDelivery, now: datetime) -> bool:
        """Whether this chat's turn has come; if so its next one is `per_chat_seconds` later."""
        chat = delivery.key.chat_id
        if self._turns.get(chat, now) > now:
            return False
        if len(self._turns) > TURNS_KEPT:
            self._turns = {one: turn for one, turn in self._turns.items() if turn > now}
        self._turns[chat] = now + timedelta(seconds=self.per_chat_seconds)
        return True

    async def is_due(self) -> bool:
        """Whether anything may be sent now; asked without the write lock: an idle or held bot writes nothing."""
        now = self.now()
        async with self.store.read() as connection:
            until = await find_paused_until(connection)
            return (until is None or until <= now) and await has_due(connection, now)

    async def send_fresh(self, delivery: ClaimedDelivery, claimed_at: datetime) -> Receipt:
        """Send one, unless this process was frozen since it was claimed: somebody else may have it by now."""
        if self.now() - claimed_at > FRESH_FOR:
            return Receipt(fate=Fate.NOT_SENT, reason="claimed too long ago")
        return await self.send(delivery)

    async def settle_answered(self, flying: dict[asyncio.Task[Receipt], ClaimedDelivery], seconds: float) -> int:
        """Wait a moment for answers and write down those that came."""
        if not flying:
            await asyncio.sleep(seconds)
            return 0
        await asyncio.wait(flying, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(GROUP_SECONDS)
        answered = [task for task in flying if task.done()]
        try:
            await self.settle_all([(flying[task], receipt_of(task)) for task in answered])
        finally:
            # A token that was refused is raised after the answers are written down.
            for task in answered:
                del flying[task]
        return len(answered)

    async def drain(self, flying: dict[asyncio.Task[Receipt], ClaimedDelivery]) -> int:
        """On the way out: a last wait for answers; what has none by then is settled as unknown."""
        if not flying:
            return 0
        done, late = await asyncio.wait(flying, timeout=DRAIN_SECONDS)
        for task in late:
            task.cancel()
        unanswered = Receipt(fate=Fate.UNKNOWN, reason="stopped before Telegram answered")
        await self.settle_all([(flying[task], receipt_of(task) if task in done else unanswered) for task in flying])
        return len(done)

    async def settle_all(self, answers: Sequence[tuple[ClaimedDelivery, Receipt]]) -> None:
        """Write down answers, and what follows from them, in one transaction."""
        now = self.now()
        async with self.store.write() as connection:
            await settle(connection, [settle_receipt(delivery, receipt, now) for delivery, receipt in answers], now)
            for delivery, receipt in answers:
                await self.follow_up(connection, delivery, receipt, now)
        if any(receipt.fate is Fate.REVOKED for _, receipt in answers):
            raise TokenRevokedError

    async def follow_up(
        self,
        connection: AsyncConnection,
        delivery: ClaimedDelivery,
        receipt: Receipt,
        now: datetime,
    ) -> None:
        """What an answer means beyond its own row."""
        match receipt.fate:
            case Fate.GONE:
                reason = receipt.ended_reason or EndedReason.NOT_FOUND
                await end_subscriptions(connection, delivery.subscriber_id, reason=reason, now=now)
                await skip_deliveries_of(connection, delivery.subscriber_id, now=now, reason=reason.value)
            case Fate.MIGRATED if receipt.new_chat_id is not None:
                await move_chat(connection, delivery.key.chat_id, receipt.new_chat_id, now=now)
            case Fate.BAD_CONTENT:
                await self.stop_batch(connection, delivery, receipt, now)
            case Fate.LATER:
                await self.hold_all_if_repeated(connection, delivery.key.chat_id, receipt, now)
            case _:
                pass

    async def stop_batch(
        self,
        connection: AsyncConnection,
        delivery: ClaimedDelivery,
        receipt: Receipt,
        now: datetime,
    ) -> None:
        """Telegram refuses our text: nobody else is sent it, nobody is disabled, organisers are told (rule 12).

        Where others have accepted the very same text, a refusal or two is about those chats, and the rest is sent.
        """
        states = await count_states(connection, delivery.message_id)
        if states[DeliveryState.SENT] and states[DeliveryState.FAILED] < REFUSALS_ARE_ABOUT_US:
            log.warning("message %d was refused for one chat (%s)", delivery.message_id, receipt.reason)
            await add_notice(connection, "refused-once", {"reason": receipt.reason}, now=now)
            self.wake("review")
            return
        first = await mark_stopped(connection, delivery.message_id, now=now)
        skipped = await stop_message(connection, delivery.message_id, now=now, reason="the text was refused")
        if not first:
            return
        log.error("message %d was refused by Telegram (%s); %d not sent", delivery.message_id, receipt.reason, skipped)
        await add_notice(connection, "refused", {"reason": receipt.reason, "skipped": skipped}, now=now)
        self.wake("review")

    async def hold_all_if_repeated(
        self,
        connection: AsyncConnection,
        chat_id: int,
        receipt: Receipt,
        now: datetime,
    ) -> None:
        """One "later" holds its own chat; another chat's soon after holds all bulk for as long as it says."""
        previous, self._last_later = self._last_later, (chat_id, now)
        if previous is None or previous[0] == chat_id or now - previous[1] >= timedelta(seconds=ALL_OF_US_SECONDS):
            return
        until = now + timedelta(seconds=receipt.retry_after or 1)
        log.warning("Telegram asks for patience: all sending is held until %s", until.isoformat())
        await pause_sending(connection, until=until)


def receipt_of(task: asyncio.Task[Receipt]) -> Receipt:
    """A send's receipt; a fault of ours in the middle of it is told, and nobody knows whether the message left."""
    error = task.exception()
    if error is None:
        return task.result()
    log.error("a delivery met a fault of ours", exc_info=error)
    return Receipt(fate=Fate.UNKNOWN, reason=f"a fault of ours: {type(error).__name__}")
