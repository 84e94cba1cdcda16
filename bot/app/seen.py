"""Which updates have been answered, as the database remembers it."""

from dataclasses import dataclass
from datetime import datetime

from bot.store import Store
from bot.store.identity import spend_pace
from bot.store.updates import mark_seen, was_seen


@dataclass(frozen=True)
class SeenUpdates:
    """Which updates have been answered. A reply never waits for the pace, but bulk pays for it."""

    store: Store
    per_second: float

    async def was_seen(self, update_id: int) -> bool:
        """Whether this update's callback has ended before."""
        async with self.store.read() as connection:
            return await was_seen(connection, update_id)

    async def mark_seen(self, update_id: int, now: datetime) -> None:
        """Remember that it has, and debit its reply."""
        async with self.store.write() as connection:
            await mark_seen(connection, update_id, now)
            await spend_pace(connection, now=now, sends=1, per_second=self.per_second)
