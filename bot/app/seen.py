"""Which updates have been answered, as the database remembers it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from bot.store import Store
from bot.store.identity import spend_pace
from bot.store.updates import mark_seen, was_seen


@dataclass(frozen=True)
class SeenUpdates:
    """Which updates have been answered. A reply never waits for the pace, but bulk pays for it.

    `timed` is given the seconds that each answer took, without the wait for its turn.
    """

    store: Store
    per_second: float
    timed: Callable[[float], None]
    _began: dict[int, float] = field(default_factory=dict)

    async def was_seen(self, update_id: int) -> bool:
        """Whether this update's callback has ended before."""
        async with self.store.read() as connection:
            seen = await was_seen(connection, update_id)
        if not seen:
            self._began[update_id] = monotonic()
        return seen

    async def mark_seen(self, update_id: int, now: datetime) -> None:
        """Remember that it has, and debit its reply."""
        self.timed(monotonic() - self._began.pop(update_id))
        async with self.store.write() as connection:
            await mark_seen(connection, update_id, now)
            await spend_pace(connection, now=now, sends=1, per_second=self.per_second)
