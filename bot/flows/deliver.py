"""Deliver: due deliveries are claimed in small batches, paced, sent, and settled just after their answer."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from math import ceil

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import TokenRevokedError
from bot.flows.aftermath import GIVEN_BACK, Aftermath, Answer, give_back
from bot.flows.fates import settle_receipt
from bot.flows.gone import judge_gone
from bot.model.delivery import ClaimedDelivery, Fate, Receipt
from bot.store import Store
from bot.store.claims import claim_deliveries, has_due
from bot.store.deliveries import settle
from bot.store.endings import list_endings
from bot.store.identity import LAG_SECONDS, find_freeze, get_pace, take_pace

log = logging.getLogger(__name__)

# Sends at once, as many as the transport has connections; and with them what is claimed to follow at once.
IN_FLIGHT = 128
IN_HAND = 2 * IN_FLIGHT
# Answers that come within this are written down together.
GROUP_SECONDS = 0.03
# With nothing to do but wait for the pace or an answer, we look again after this.
REST_SECONDS = 0.05
# What is claimed reaches so far ahead; the next claim is made when half of it is used up.
CLAIM_SECONDS = 0.1
DRAIN_SECONDS = 5
# Nobody else takes a claim for a minute; one that has lain this long is not sent by a process that was frozen.
FRESH_FOR = timedelta(seconds=8)
# Answers must not be lost with the database's connection: they are written down when it is back.
PATIENCE = (0.1, 0.5, 1, 2, 4, 8, 8)
Flying = dict[asyncio.Task[Receipt], ClaimedDelivery]


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
    zone: tzinfo = UTC  # whose hours readers' quiet ones are
    _stopping: bool = False
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _working: int = 0
    _endings: dict[asyncio.Task[None], Flying] = field(default_factory=dict)
    _lanes: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(IN_FLIGHT))

    def __post_init__(self) -> None:
        """Nothing is in flight yet."""
        self._idle.set()
        self._aftermath = Aftermath(now=self.now, wake=self.wake)

    async def tick(self, limit: int | None = None) -> int:
        """Deliver what is due until nothing is, `limit` were claimed, or we are told to stop; returns how many settled.

        Who ends at the limit does not wait for the last answers: they are written down beside the next tick, and are
        not in the count. One that never comes would hold up everybody.
        """
        flying: Flying = {}
        count = claimed = 0
        with self.at_work():
            try:
                while not self._stopping and (limit is None or claimed < limit):
                    settled, taken = await self.turn(flying, IN_HAND if limit is None else limit - claimed)
                    count, claimed = count + settled, claimed + taken
                    if not flying and not await self.is_due():
                        break
                    await self.rest(flying)
                if limit is not None and claimed >= limit:
                    flying = self.leave(flying)
            finally:
                count += await self.drain(flying)
            if count:
                await self.judge()
        return count

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """What `stop` waits for."""
        self._working += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._working -= 1
            if not self._working:
                self._idle.set()

    def leave(self, flying: Flying) -> Flying:
        """Let what is in flight be settled by itself; returns what is left in the caller's hands: nothing."""
        if flying:
            ending = asyncio.create_task(self.finish(flying))
            self._endings[ending] = flying
            ending.add_done_callback(self._endings.pop)
        return {}

    async def finish(self, flying: Flying) -> None:
        """Write down the last answers of a chunk. Of a token that was refused whoever sends next hears, too."""
        with self.at_work(), suppress(TokenRevokedError):
            try:
                while flying and not self._stopping:
                    await self.rest(flying)
                    await self.turn(flying, 0)
            finally:
                await self.drain(flying)
            await self.judge()

    async def stop(self, seconds: float) -> None:
        """Claim nothing more, and wait up to `seconds` until what is in flight has its answer."""
        self._stopping = True
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)

    async def turn(self, flying: Flying, left: int) -> tuple[int, int]:
        """In one transaction write down the answers that came, and claim what may follow: how many of each."""
        answers = {task: (flying[task], receipt_of(task)) for task in flying if task.done()}
        others = sum(len(left_over) for left_over in self._endings.values() if left_over is not flying)
        room = min(left, IN_HAND - others - len(flying) + len(answers))
        if not answers and (room <= 0 or not await self.is_due()):
            return 0, 0
        began_at = self.now()
        claimed, waits = await self.firmly(list(answers.values()), room)
        for task in answers:
            del flying[task]
        for delivery, seconds in zip(claimed, waits, strict=True):
            flying[asyncio.create_task(self.send_in_time(delivery, began_at, seconds))] = delivery
        if any(receipt.fate is Fate.REVOKED for _, receipt in answers.values()):
            raise TokenRevokedError
        return len(answers), len(claimed)

    async def firmly(self, answers: Sequence[Answer], room: int) -> tuple[Sequence[ClaimedDelivery], Sequence[float]]:
        """Settle and claim; again where the database fails us in the middle, if there are answers to keep."""
        for pause in PATIENCE if answers else ():
            try:
                return await self.settle_and_claim(answers, room)
            except (DBAPIError, OSError, TimeoutError) as error:
                log.warning("the ledger does not answer (%s); %d answers wait", type(error).__name__, len(answers))
                await asyncio.sleep(pause)
        return await self.settle_and_claim(answers, room)

    async def settle_and_claim(
        self, answers: Sequence[Answer], room: int
    ) -> tuple[Sequence[ClaimedDelivery], Sequence[float]]:
        """All of it in one transaction; returns what was claimed, and the seconds until each is to be sent."""
        now = self.now()
        async with self.store.write() as connection:
            if answers:
                results = [settle_receipt(delivery, receipt, now, random.random()) for delivery, receipt in answers]  # noqa: S311 - chance, no secret
                await settle(connection, results, now)
                await self._aftermath.follow_up(connection, answers, now)
            return await self.claim(connection, room, now)

    async def claim(
        self, connection: AsyncConnection, room: int, now: datetime
    ) -> tuple[Sequence[ClaimedDelivery], Sequence[float]]:
        """Take as many due deliveries as the shared pace and our room allow, and when each is to be sent."""
        pace = await get_pace(connection, now)
        if room <= 0 or self._stopping or pace.held or pace.ahead >= CLAIM_SECONDS / 2:
            return [], []
        rate = self.per_second * pace.share
        claimed = await claim_deliveries(
            connection,
            worker=self.worker,
            now=now,
            limit=min(room, ceil(rate * (CLAIM_SECONDS - max(pace.ahead, -LAG_SECONDS)))),
            per_chat_seconds=self.per_chat_seconds,
            zone=self.zone,
        )
        if not claimed:
            return [], []
        wait = await take_pace(connection, now=now, sends=len(claimed), per_second=rate)
        if await find_freeze(connection) is not None:
            await give_back(connection, claimed, now)
            return [], []
        return claimed, [wait + place / rate for place in range(len(claimed))]

    async def is_due(self) -> bool:
        """Whether anything may be sent now; asked without the write lock: an idle or held bot writes nothing."""
        now = self.now()
        async with self.store.read() as connection:
            return not (await get_pace(connection, now)).held and await has_due(connection, now)

    async def send_in_time(self, delivery: ClaimedDelivery, claimed_at: datetime, seconds: float) -> Receipt:
        """Send one when its turn has come, unless we are stopping, or were frozen since it was claimed.

        Somebody else may have it by then. The last look is just before the request.
        """
        await asyncio.sleep(seconds)
        async with self._lanes:
            if self._stopping or self.now() - claimed_at > FRESH_FOR:
                return GIVEN_BACK
            return await self.send(delivery)

    async def rest(self, flying: Flying) -> None:
        """Wait a moment for an answer, and for those that come with it."""
        if not flying:
            await asyncio.sleep(REST_SECONDS)
            return
        await asyncio.wait(flying, timeout=REST_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(GROUP_SECONDS)

    async def drain(self, flying: Flying) -> int:
        """On the way out: a last wait for answers; what has none by then is settled as unknown."""
        if not flying:
            return 0
        done, late = await asyncio.wait(flying, timeout=DRAIN_SECONDS)
        for task in late:
            task.cancel()
        unanswered = Receipt(fate=Fate.UNKNOWN, reason="stopped before Telegram answered")
        answers = [(flying[task], receipt_of(task) if task in done else unanswered) for task in flying]
        await self.firmly(answers, 0)
        return len(done)

    async def judge(self) -> None:
        """What was sent has been answered: believe those answers that said "gone", unless more are to come."""
        now = self.now()
        async with self.store.read() as connection:
            if not await list_endings(connection):
                return
            idle = not await has_due(connection, now)
        async with self.store.write() as connection:
            if await judge_gone(connection, now, idle=idle):
                self.wake("review")


def receipt_of(task: asyncio.Task[Receipt]) -> Receipt:
    """A send's receipt; a fault of ours in the middle of it is told, and nobody knows whether the message left."""
    error = task.exception()
    if error is None:
        return task.result()
    log.error("a delivery met a fault of ours", exc_info=error)
    return Receipt(fate=Fate.UNKNOWN, reason=f"a fault of ours: {type(error).__name__}")
