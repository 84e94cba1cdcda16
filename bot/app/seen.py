"""Which updates have been answered, as the database remembers it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from sqlalchemy.exc import DBAPIError

from bot.store import Store
from bot.store.identity import spend_pace
from bot.store.updates import mark_seen, was_seen

log = logging.getLogger(__name__)


@dataclass
class SeenUpdates:
    """Which updates have been answered. A reply never waits for the pace, but bulk pays for it.

    `timed` is given the seconds that each answer took, without the wait for its turn.
    """

    store: Store
    per_second: float
    timed: Callable[[float], None]
    _began: dict[int, float] = field(default_factory=dict)
    _owed: int = 0
    _paying: asyncio.Task[None] | None = None

    async def was_seen(self, update_id: int) -> bool:
        """Whether this update's callback has ended before."""
        async with self.store.read() as connection:
            seen = await was_seen(connection, update_id)
        if not seen:
            self._began[update_id] = monotonic()
        return seen

    async def mark_seen(self, update_id: int, now: datetime) -> None:
        """Remember that it has, and see that its reply is debited.

        That is not waited for: a worker that was frozen may hold the pace for seconds, and people ask meanwhile.
        """
        self.timed(monotonic() - self._began.pop(update_id))
        async with self.store.write() as connection:
            await mark_seen(connection, update_id, now)
        self._owed += 1
        if self._paying is None or self._paying.done():
            self._paying = asyncio.create_task(self._pay(now), name="debit of replies")

    async def _pay(self, now: datetime) -> None:
        while self._owed:
            sends, self._owed = self._owed, 0
            try:
                async with self.store.write() as connection:
                    await spend_pace(connection, now=now, sends=sends, per_second=self.per_second)
            except (DBAPIError, OSError, TimeoutError) as error:
                log.warning("%d replies could not be debited (%s)", sends, type(error).__name__)
