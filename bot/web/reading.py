"""What the database says of itself, read at most every few seconds however often anybody asks."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StoreError
from bot.flows.canary import list_late, list_young
from bot.store import Store
from bot.store.figures import Figures, count_verdicts, get_figures
from bot.store.vitals import Vitals, get_vitals
from bot.store.watched import Watched
from bot.web.detections import Detections

FRESH_SECONDS = 5.0
# Counting everybody takes longer than all the rest.
FIGURES_FRESH_SECONDS = 60.0
ANSWER_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How things stood at a moment; `late` are the alerts that have reached nobody."""

    at: datetime
    vitals: Vitals
    late: Sequence[Watched]
    figures: Figures
    verdicts: Mapping[str, int]


class Reader:
    """Reads, and remembers for a moment."""

    def __init__(self, store: Store, now: Callable[[], datetime], detections: Detections) -> None:
        self._store = store
        self._now = now
        self._detections = detections
        self._turn = asyncio.Lock()
        self._reading: Reading | None = None
        self._read_at = self._counted_at = 0.0

    async def get(self) -> Reading:
        """A reading of this moment, or nearly; raises StoreError where the database does not answer in time."""
        clock = asyncio.get_running_loop().time
        async with self._turn:
            if self._reading is None or clock() - self._read_at > FRESH_SECONDS:
                try:
                    async with asyncio.timeout(ANSWER_SECONDS):
                        self._reading = await self._read(clock())
                except (SQLAlchemyError, TimeoutError, OSError) as error:
                    raise StoreError(f"the database does not answer ({type(error).__name__})") from error
                self._read_at = clock()
            return self._reading

    async def _read(self, clock: float) -> Reading:
        now, last = self._now(), self._reading
        async with self._store.read() as connection:
            if last is None or clock - self._counted_at > FIGURES_FRESH_SECONDS:
                figures, verdicts = await get_figures(connection), await count_verdicts(connection)
                self._counted_at = clock
            else:
                figures, verdicts = last.figures, dict(last.verdicts)
            await self._detections.catch_up(connection, now)
            return Reading(
                at=now,
                vitals=await get_vitals(connection, now),
                late=list_late(await list_young(connection, now)),
                figures=figures,
                verdicts=verdicts,
            )
