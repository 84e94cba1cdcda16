"""From an alert's first sight to its arrival, read out of the ledger: every process that is asked says the same."""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.vitals import Detection, find_detection, list_arrivals

# A result is dated a moment before it is written down: what is younger than this may not be there yet.
SETTLED_AFTER = timedelta(seconds=15)
ARRIVALS_AT_ONCE = 20_000
ALERTS_KEPT = 1000

Observe = Callable[[str, str, float], None]


class Detections:
    """Follows the ledger from `since` on; `observe` is given each arrival once: copy, who published, seconds."""

    def __init__(self, observe: Observe, since: datetime) -> None:
        self._observe = observe
        self._since = since
        self._after = (since, 0)
        self._known: dict[int, Detection | None] = {}

    async def catch_up(self, connection: AsyncConnection, now: datetime) -> int:
        """Observe what has arrived since the last time, so many at most; returns how many."""
        until = now - SETTLED_AFTER
        if until <= self._after[0]:
            return 0
        arrivals = await list_arrivals(connection, self._after, until, ARRIVALS_AT_ONCE)
        for one in arrivals:
            if one.message_id not in self._known:
                await self._meet(connection, one.message_id)
            self._tell("each", self._known[one.message_id], one.settled_at)
        last = arrivals[-1] if len(arrivals) == ARRIVALS_AT_ONCE else None
        self._after = (last.settled_at, last.delivery_id) if last else (until, sys.maxsize)
        return len(arrivals)

    async def _meet(self, connection: AsyncConnection, message_id: int) -> None:
        """Learn when an alert began; its first copy counts if it came in our time."""
        if len(self._known) >= ALERTS_KEPT:
            self._known.pop(next(iter(self._known)))
        detection = self._known[message_id] = await find_detection(connection, message_id)
        if detection is not None and detection.arrived_at is not None and detection.arrived_at > self._since:
            self._tell("first", detection, detection.arrived_at)

    def _tell(self, copy: str, detection: Detection | None, at: datetime) -> None:
        if detection is not None:
            by = "person" if detection.by_person else "machine"
            self._observe(copy, by, (at - detection.seen_at).total_seconds())
