"""How a broadcast stands beside its row: whom it would reach, how far it has come, what holds it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.progress import Standing
from bot.model.broadcast import Broadcast
from bot.store import Store
from bot.store.audiences import Rule, count_audience, rule_of
from bot.store.broadcasts import count_lately, is_paused
from bot.store.deliveries import count_states
from bot.store.identity import find_freeze
from bot.store.marks import count_marks
from bot.store.organisers import list_organisers

LATELY = timedelta(seconds=30)


@dataclass(frozen=True, kw_only=True)
class Standings:
    """`name_of` names what people follow; `rate` and `paid` are the configuration's."""

    store: Store
    now: Callable[[], datetime]
    owners: frozenset[int]
    name_of: Callable[[str], str] = str
    rate: float = 25.0
    paid: bool = False

    async def of(self, broadcast: Broadcast) -> Standing:
        """How it stands now."""
        now = self.now()
        async with self.store.read() as connection:
            counts = await count_states(connection, broadcast.message_id) if broadcast.message_id else {}
            message_id = broadcast.message_id or 0
            return Standing(
                now=now,
                reach=0 if broadcast.message_id else await self.reach(connection, broadcast),
                counts=counts,
                a_second=await count_lately(connection, message_id, now - LATELY) / LATELY.total_seconds(),
                paused=await is_paused(connection, message_id),
                frozen=await find_freeze(connection) is not None,
                marks=await count_marks(connection, f"broadcast:{broadcast.id}"),
                rate=self.rate,
                paid=self.paid,
                name_of=self.name_of,
            )

    async def reach(self, connection: AsyncConnection, broadcast: Broadcast) -> int:
        """How many would get it now; of a rehearsal every organiser counts."""
        rule = await self.rule(connection, broadcast)
        return len(rule.organisers) if rule.training else await count_audience(connection, rule, self.now())

    async def rule(self, connection: AsyncConnection, broadcast: Broadcast) -> Rule:
        """Who gets it, by who is an organiser now."""
        organisers = [one.user_id for one in await list_organisers(connection, self.owners)]
        return rule_of(broadcast.draft.audience, organisers, training=broadcast.training, retry_of=broadcast.retry_of)
