"""Dispatch: what the clock and the ledger do with a broadcast. It begins when it has cooled off, and ends counted."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.calls import compose_stage
from bot.compose.wording import Wording
from bot.flows.broadcast import Broadcasting, end_card, show_stage
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.model.delivery import Fate, MessageKind, Receipt
from bot.model.message import Message
from bot.model.subscriber import EVERYTHING, Wants
from bot.store import Store
from bot.store.broadcasts import (
    find_broadcast,
    list_broadcasts,
    list_unreceipted,
    mark_receipted,
    move_broadcast,
    set_message,
)
from bot.store.deliveries import count_states, is_open
from bot.store.messages import add_message, enqueue

log = logging.getLogger(__name__)

# A call that could not be sent by then is worth nothing any more, and its approval does not hold.
CALL_LASTS = timedelta(hours=48)
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
    _told: set[tuple[int, int]] = field(default_factory=set)

    async def tick(self) -> int:
        """Begin what has cooled off, end what has been delivered, give receipts; returns how many moved."""
        async with self.store.read() as connection:
            cooling = await list_broadcasts(connection, [BroadcastState.COOLING])
            sending = await list_broadcasts(connection, [BroadcastState.SENDING])
            owed = await list_unreceipted(connection)
        due = [one for one in cooling if one.send_at is not None and one.send_at <= self.now()]
        begun = [await self.begin(one.id) for one in due]
        ended = [await self.finish(one) for one in sending]
        for one in owed:
            await self.give_receipt(one)
        if any([*begun, *ended]):
            self.wake("review")
            self.wake("deliver")
        return sum([*begun, *ended])

    async def begin(self, broadcast_id: int) -> bool:
        """Owe it to everybody it reaches, in one transaction; what no longer holds is not sent but called off."""
        now = self.now()
        async with self.store.write() as connection:
            broadcast = await find_broadcast(connection, broadcast_id)
            if broadcast is None or broadcast.state is not BroadcastState.COOLING:
                return False
            if not await self.holds(connection, broadcast, now):
                log.error("broadcast %d is not sent: its approval does not hold any more", broadcast.id)
                await move_broadcast(connection, broadcast, Verb.CANCEL, ended_reason="its approval did not hold")
                await end_card(connection, broadcast, "void", by=None, now=now)
                return True
            if not await move_broadcast(connection, broadcast, Verb.BEGIN):
                return False
            expires_at = now + CALL_LASTS
            texts = {self.wording.language: broadcast.message}
            message_id = await add_message(connection, MessageKind.CALL, texts, now=now, expires_at=expires_at)
            owed = await enqueue(
                connection, message_id, MessageKind.CALL, wants=Wants.CALLS, follows=[EVERYTHING], now=now
            )
            await set_message(connection, broadcast.id, message_id)
            await show_stage(connection, broadcast, "sending")
        log.info("broadcast %d is owed to %d subscribers", broadcast_id, owed)
        return True

    async def holds(self, connection: AsyncConnection, broadcast: Broadcast, now: datetime) -> bool:
        """Whether a second person, who may still approve, approved exactly what would be sent, and not too long ago."""
        approver, send_at = broadcast.approver_id, broadcast.send_at
        if approver is None or send_at is None or now >= send_at + CALL_LASTS:
            return False
        return broadcast.sealed and await self.broadcasting.may_approve(connection, broadcast, approver)

    async def finish(self, broadcast: Broadcast) -> bool:
        """End a broadcast of which nothing is open any more."""
        async with self.store.write() as connection:
            if await is_open(connection, broadcast.message_id or 0):
                return False
            finished = await move_broadcast(connection, broadcast, Verb.FINISH)
            await end_card(connection, broadcast, "done", by=None, now=self.now())
        return finished

    async def give_receipt(self, broadcast: Broadcast) -> None:
        """Tell author and approver what became of it; who cannot be reached now is told at the next beat."""
        async with self.store.read() as connection:
            counts = await count_states(connection, broadcast.message_id or 0)
        receipt = compose_stage(broadcast, self.wording, reach=0, counts=counts)
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
