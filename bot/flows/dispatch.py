"""Dispatch: what the clock and the ledger do with a broadcast. It begins when it has cooled off, and ends counted."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.calls import COUNTDOWN, compose_stage
from bot.compose.wording import Wording
from bot.flows.approving import end_card, show_stage
from bot.flows.broadcast import Broadcasting
from bot.flows.drafting import LONDON
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.model.delivery import Fate, MessageKind, Receipt
from bot.model.draft import Start
from bot.model.message import Message
from bot.store import Store
from bot.store.audiences import enqueue_call, seat_organisers, wake_rested
from bot.store.broadcasts import (
    find_broadcast,
    is_amended,
    is_paused,
    list_broadcasts,
    list_unreceipted,
    mark_receipted,
    move_broadcast,
    set_message,
    take_progress,
)
from bot.store.deliveries import is_open
from bot.store.messages import add_message

log = logging.getLogger(__name__)

# An approval that was not acted on so long after its time does not hold any more.
APPROVAL_LASTS = timedelta(hours=24)
# A submission that nobody approves is called off after so long.
SUBMISSION_LASTS = timedelta(days=7)
# A group takes twenty messages a minute, edits among them (Bots FAQ), and cards are not all it is sent.
PROGRESS_EVERY = timedelta(seconds=5)
# A receipt that did not reach Telegram is given at a later beat.
AGAIN = (Fate.LATER, Fate.NOT_SENT, Fate.REVOKED)


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """`post` sends a message to a chat and says what came of it; `broadcasting` knows whose approval counts."""

    store: Store
    broadcasting: Broadcasting
    post: Callable[[int, Message], Awaitable[Receipt]]
    wording: Wording
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    zone: ZoneInfo = LONDON
    _told: set[tuple[int, int]] = field(default_factory=set)

    async def tick(self) -> int:
        """Begin what has cooled off, end what has been delivered, give receipts; returns how many moved."""
        async with self.store.read() as connection:
            under_way = await list_broadcasts(connection, STEPPED)
            owed = await list_unreceipted(connection)
        moved = sum([await self.step(one) for one in under_way])
        for one in owed:
            await self.give_receipt(one)
        if moved:
            self.wake("review")
            self.wake("deliver")
        return moved

    async def step(self, broadcast: Broadcast) -> bool:
        """Let one broadcast do what its time has come for; whether it moved."""
        match broadcast.state:
            case BroadcastState.SUBMITTED:
                return await self.lapse(broadcast)
            case BroadcastState.COOLING:
                return await self.begin(broadcast.id) or await self.show_progress(broadcast)
            case _:
                await self.go_on(broadcast)
                return await self.finish(broadcast) or await self.show_progress(broadcast)

    async def go_on(self, broadcast: Broadcast) -> None:
        """What a pause put off is due again once it is over, a part at a time: a million rows hold up nobody."""
        zone, message_id = self.zone_of(broadcast), broadcast.message_id or 0
        while True:
            async with self.store.write() as connection:
                if await is_paused(connection, message_id):
                    return
                if not await wake_rested(connection, message_id, now=self.now(), zone=zone):
                    return
            self.wake("deliver")

    def zone_of(self, broadcast: Broadcast) -> ZoneInfo | None:
        """By which clock its readers are awake, where that matters."""
        return self.zone if broadcast.draft.start is Start.WAKING else None

    async def lapse(self, broadcast: Broadcast) -> bool:
        """Call off what nobody has approved for long."""
        now = self.now()
        if broadcast.submitted_at is None or now < broadcast.submitted_at + SUBMISSION_LASTS:
            return False
        async with self.store.write() as connection:
            lapsed = await move_broadcast(connection, broadcast, Verb.LAPSE, ended_reason="nobody approved it")
            if lapsed:
                await end_card(connection, broadcast, "void", by=None, now=now)
        return lapsed

    async def begin(self, broadcast_id: int) -> bool:
        """Owe it to everybody it reaches, in one transaction; what no longer holds is not sent but called off."""
        now = self.now()
        async with self.store.write() as connection:
            broadcast = await find_broadcast(connection, broadcast_id)
            if broadcast is None or broadcast.state is not BroadcastState.COOLING:
                return False
            if not await self.holds(connection, broadcast, now):
                log.error("broadcast %d is not sent: its approval does not hold any more", broadcast.id)
                await move_broadcast(connection, broadcast, Verb.LAPSE, ended_reason="its approval did not hold")
                await end_card(connection, broadcast, "void", by=None, now=now)
                return True
            if broadcast.send_at is None or broadcast.send_at > now:
                return False
            if not await move_broadcast(connection, broadcast, Verb.BEGIN):
                return False
            owed = await self.owe(connection, broadcast, now)
            await show_stage(connection, broadcast, "sending")
        log.info("broadcast %d is owed to %d subscribers", broadcast_id, owed)
        return True

    async def owe(self, connection: AsyncConnection, broadcast: Broadcast, now: datetime) -> int:
        """Put it into the ledger for everybody whom its rule chooses now; returns how many."""
        expires_at = broadcast.draft.expiry(now)
        message_id = await add_message(connection, MessageKind.CALL, broadcast.messages, now=now, expires_at=expires_at)
        await set_message(connection, broadcast.id, message_id, expires_at)
        rule = await self.broadcasting.standings.rule(connection, broadcast)
        if rule.training:
            await seat_organisers(connection, rule.organisers, now)
        return await enqueue_call(connection, message_id, rule, now=now, zone=self.zone_of(broadcast))

    async def holds(self, connection: AsyncConnection, broadcast: Broadcast, now: datetime) -> bool:
        """Whether a second person, who may still approve, approved exactly what would be sent, and not too long ago."""
        approver, send_at = broadcast.approver_id, broadcast.send_at
        if approver is None or send_at is None or now >= send_at + APPROVAL_LASTS:
            return False
        if broadcast.draft.expiry(send_at) <= now or not broadcast.sealed:
            return False
        if broadcast.retry_of is not None and await is_amended(connection, broadcast.retry_of):
            return False
        return await self.broadcasting.refuse_approval(connection, broadcast, approver) is None

    async def finish(self, broadcast: Broadcast) -> bool:
        """End a broadcast of which nothing is open any more."""
        async with self.store.write() as connection:
            if await is_open(connection, broadcast.message_id or 0):
                return False
            finished = await move_broadcast(connection, broadcast, Verb.FINISH)
            await end_card(connection, broadcast, "done", by=None, now=self.now())
        return finished

    async def show_progress(self, broadcast: Broadcast) -> bool:
        """Let its card show how far it has come, every few seconds; returns False: nothing moved."""
        now, send_at = self.now(), broadcast.send_at
        if broadcast.state is BroadcastState.COOLING and (send_at is None or send_at - now > COUNTDOWN):
            return False
        if broadcast.progress_at is not None and timedelta(0) <= now - broadcast.progress_at < PROGRESS_EVERY:
            return False
        async with self.store.write() as connection:
            if await take_progress(connection, broadcast.id, now=now, since=now - PROGRESS_EVERY):
                await show_stage(connection, broadcast, broadcast.state.value)
        self.wake("review")
        return False

    async def give_receipt(self, broadcast: Broadcast) -> None:
        """Tell author and approver what became of it; who cannot be reached now is told at the next beat."""
        receipt = compose_stage(broadcast, self.wording, await self.broadcasting.standings.of(broadcast))
        people = sorted({broadcast.author_id, broadcast.approver_id or broadcast.author_id})
        told = [await self.tell(broadcast.id, person, receipt) for person in people]
        if all(told):
            async with self.store.write() as connection:
                await mark_receipted(connection, broadcast.id, self.now())

    async def tell(self, broadcast_id: int, person: int, receipt: Message) -> bool:
        """Give one person the receipt, once in this program's life; False where it must be tried again."""
        if (broadcast_id, person) in self._told:
            return True
        fate = (await self.post(person, receipt)).fate
        if fate in AGAIN:
            return False
        self._told.add((broadcast_id, person))
        return True


STEPPED = (BroadcastState.SUBMITTED, BroadcastState.COOLING, BroadcastState.SENDING)
