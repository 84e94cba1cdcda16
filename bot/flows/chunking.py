"""Chunking: what is due is cut into jobs, where several machines send."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.store import Store
from bot.store.waiting import count_due

# Deliveries a job. A job for each message would take ten times as long (DESIGN.md section 6).
CHUNK = 500
# More jobs than this need not wait at once: they are made anew every second.
MOST_JOBS = 20


@dataclass(frozen=True, kw_only=True)
class Chunking:
    """`top_up` sees that so many jobs wait. A job holds no rows: whoever runs it claims what is due then."""

    store: Store
    now: Callable[[], datetime]
    top_up: Callable[[int], Awaitable[None]]

    async def tick(self) -> int:
        """See that there are jobs for what is due; returns how many there should be."""
        async with self.store.read() as connection:
            due = await count_due(connection, self.now(), CHUNK * MOST_JOBS)
        jobs = -(-due // CHUNK)
        if jobs:
            await self.top_up(jobs)
        return jobs
