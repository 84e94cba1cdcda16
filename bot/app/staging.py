"""What a simulation plays, and how: people, a message that is owed to them, and the real flow that sends it."""

import asyncio
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from telegram import Bot

from bot.app.place import utc_now
from bot.app.simulated import ENOUGH_SECONDS, Measured
from bot.campaign import Pack
from bot.compose.reason import because, with_reason
from bot.compose.wording import Wording
from bot.flows.deliver import Deliver
from bot.model.delivery import ClaimedDelivery, Fate, MessageKind, Receipt
from bot.model.message import Button, Message
from bot.model.subscriber import EVERYTHING, Wants
from bot.sandbox.crowd import Shares, chat_of
from bot.sandbox.crowd_server import TOKEN, CrowdServer
from bot.sending import build_bot, send
from bot.store import Store
from bot.store.deliveries import count_states
from bot.store.identity import claim_identity
from bot.store.messages import add_message, enqueue
from bot.store.simulating import RowsWritten, add_crowd, has_open, measure_bytes

PEOPLE_AT_ONCE = 5000
# Between two looks at the ledger while what is left is not due yet.
PAUSE_SECONDS = 0.1
# Nothing was answered for so long: nothing more will come.
STALLED_SECONDS = 180
DRAIN_SECONDS = 5
LASTS = timedelta(days=30)
# Telegram takes more than this a second only for Stars (Bots FAQ).
FREE_RATE = 30
ENDS = (Fate.SENT, Fate.GONE)
MESSAGE = Message(
    "<b>A simulated message.</b> " + "It is about as long as a real one, and nobody reads it. " * 15,
    ((Button("Read", url="https://example.org"),),),
)

Tell = Callable[[str, int], None]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be played; `sample` stops after 20 s of sending.

    `database` is an empty PostgreSQL's URL, or None for a SQLite file that is made and removed. `latency` in seconds is
    how long each answer takes.
    """

    subscribers: int
    rate: float
    shares: Shares
    kind: MessageKind = MessageKind.CALL
    latency: float = 0.05
    database: str | None = None
    sample: bool = False

    @property
    def people(self) -> int:
        """How many are played: for a sample no more than can be reached in its time."""
        enough = int(self.rate * ENOUGH_SECONDS * 2) + 1
        return min(self.subscribers, enough) if self.sample else self.subscribers


class Stage:
    """One play; its figures are put down on the way."""

    def __init__(self, plan: Plan, store: Store, crowd: CrowdServer, tell: Tell, stopped: asyncio.Event) -> None:
        self.plan, self.store, self.crowd, self.tell, self.stopped = plan, store, crowd, tell, stopped
        self.wants = Wants.CALLS if plan.kind is MessageKind.CALL else Wants.ALERTS
        self.done = 0
        self.moved_at = time.monotonic()
        self.sizes: list[int] = []
        self.enqueue_seconds = 0.0

    async def measure(self) -> None:
        """Put down how large the database is."""
        async with self.store.read() as connection:
            self.sizes.append(await measure_bytes(connection))

    async def settle_people(self) -> None:
        """Let the subscribers be there, as many as there is time for before a stop."""
        await self.measure()
        async with self.store.write() as connection:
            await claim_identity(connection, bot_id=1, username="simulated")
        for first in range(1, self.plan.people + 1, PEOPLE_AT_ONCE):
            if self.stopped.is_set():
                break
            numbers = range(first, min(first + PEOPLE_AT_ONCE, self.plan.people + 1))
            async with self.store.write() as connection:
                await add_crowd(connection, [chat_of(n, self.plan.shares) for n in numbers], self.wants, now=utc_now())
            self.tell("Subscribing", numbers[-1])
        await self.measure()

    async def owe(self) -> int:
        """Put the message into the ledger; returns its id."""
        kind, now, began = self.plan.kind, utc_now(), time.monotonic()
        async with self.store.write() as connection:
            message_id = await add_message(connection, kind, {"en": MESSAGE}, now=now, expires_at=now + LASTS)
            await enqueue(connection, message_id, kind, wants=self.wants, follows=[EVERYTHING], now=now)
        self.enqueue_seconds = time.monotonic() - began
        return message_id

    async def play(self, message_id: int, pack: Pack) -> Measured:
        """Send until nothing is owed any more, and say what it took."""
        # Connections that end take what they had written before out of the count.
        await self.store.close()
        with RowsWritten() as rows:
            async with self.store.read() as connection:
                written = await rows.count(connection)
            began, cpu = time.monotonic(), time.process_time()
            async with build_bot(TOKEN, api_url=self.crowd.url) as bot:
                finished = await self.deliver(bot, pack)
            seconds, cpu = time.monotonic() - began, time.process_time() - cpu
            tally = await self.crowd.tally()
            await self.measure()
            await self.store.close()
            async with self.store.read() as connection:
                written = await rows.count(connection) - written
                totals = await count_states(connection, message_id)
        return Measured(
            plan_subscribers=self.plan.subscribers,
            people=sum(totals.values()),
            rate=self.plan.rate,
            kind=self.plan.kind.value,
            database=self.store.dialect,
            finished=finished,
            seconds=seconds,
            enqueue_seconds=self.enqueue_seconds,
            cpu_seconds=cpu,
            peak_bytes=peak_bytes(),
            sizes=(self.sizes[0], self.sizes[1], self.sizes[2]),
            rows_written=written,
            totals={state.value: count for state, count in totals.items()},
            tally=tally,
        )

    async def deliver(self, bot: Bot, pack: Pack) -> bool:
        """Run the flow until nothing is open, time is up or we are told to stop; whether nothing is open."""
        if self.stopped.is_set():
            return False
        deliver = Deliver(
            store=self.store,
            send=self.sender(bot, pack),
            now=utc_now,
            wake=lambda _: None,
            worker="simulation",
            per_second=self.plan.rate,
        )
        running = asyncio.create_task(self.beat(deliver))
        stopping = asyncio.create_task(self.stopped.wait())
        limit = ENOUGH_SECONDS if self.plan.sample else None
        await asyncio.wait({running, stopping}, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        await deliver.stop(DRAIN_SECONDS)
        running.cancel()
        with suppress(asyncio.CancelledError):
            return await running
        return False

    async def beat(self, deliver: Deliver) -> bool:
        """Tick as the engine does; whether all was settled before nothing moved any more."""
        while time.monotonic() - self.moved_at < STALLED_SECONDS:
            await deliver.tick()
            async with self.store.read() as connection:
                if not await has_open(connection):
                    return True
            await asyncio.sleep(PAUSE_SECONDS)
        return False

    def sender(self, bot: Bot, pack: Pack) -> Callable[[ClaimedDelivery], Awaitable[Receipt]]:
        """What gives a delivery to Telegram, as `run` does it."""
        wording = Wording.load("en")

        async def send_one(delivery: ClaimedDelivery) -> Receipt:
            reason = because(delivery.follows, wording, pack.institution_name, delivery.kind, topic_of=pack.topic_label)
            message = with_reason(delivery.message, reason)
            receipt = await send(bot, delivery.key, message, paid=self.plan.rate > FREE_RATE)
            self.moved_at = time.monotonic()
            self.done += receipt.fate in ENDS
            self.tell("Sending", self.done)
            return receipt

        return send_one


def peak_bytes() -> int:
    """The most memory this process has had; the system counts in kilobytes, but for macOS."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
