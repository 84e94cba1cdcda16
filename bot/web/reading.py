"""What the database says of itself, read at most every few seconds however often anybody asks."""

import asyncio
import logging
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

log = logging.getLogger(__name__)

FRESH_SECONDS = 5.0
ANSWER_SECONDS = 5.0
# Counting everybody may take longer than whoever asks would wait: it goes on beside, and its last result serves.
COUNTS_FRESH_SECONDS = 60.0
COUNTS_WAIT_SECONDS = 1.0
FAULTS = (SQLAlchemyError, TimeoutError, OSError)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What takes a while to count."""

    figures: Figures
    verdicts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How things stood at a moment; `late` are the alerts that have reached nobody; `counts` are None at first."""

    at: datetime
    vitals: Vitals
    late: Sequence[Watched]
    counts: Counts | None


class Reader:
    """Reads, and remembers for a moment."""

    def __init__(self, store: Store, now: Callable[[], datetime], detections: Detections) -> None:
        self._store = store
        self._now = now
        self._detections = detections
        self._turn = asyncio.Lock()
        self._reading: Reading | None = None
        self._read_at = self._counted_at = -COUNTS_FRESH_SECONDS
        self._counts: Counts | None = None
        self._counting: asyncio.Task[None] | None = None

    async def get(self) -> Reading:
        """A reading of this moment, or nearly; raises StoreError where the database does not answer in time."""
        clock = asyncio.get_running_loop().time
        async with self._turn:
            if self._reading is None or clock() - self._read_at > FRESH_SECONDS:
                try:
                    async with asyncio.timeout(ANSWER_SECONDS):
                        self._reading = await self._read()
                except FAULTS as error:
                    raise StoreError(f"the database does not answer ({type(error).__name__})") from error
                self._read_at = clock()
            return self._reading

    async def _read(self) -> Reading:
        now = self._now()
        async with self._store.read() as connection:
            await self._detections.catch_up(connection, now)
            vitals = await get_vitals(connection, now)
            late = list_late(await list_young(connection, now))
        return Reading(at=now, vitals=vitals, late=late, counts=await self._latest_counts())

    async def _latest_counts(self) -> Counts | None:
        due = asyncio.get_running_loop().time() - self._counted_at > COUNTS_FRESH_SECONDS
        if due and self._counting is None:
            self._counting = asyncio.create_task(self._count(), name="count")
        if self._counting is not None:
            await asyncio.wait({self._counting}, timeout=COUNTS_WAIT_SECONDS)
        return self._counts

    async def _count(self) -> None:
        try:
            async with self._store.read() as connection:
                figures, verdicts = await get_figures(connection), await count_verdicts(connection)
            self._counts = Counts(figures=figures, verdicts=verdicts)
        except FAULTS as error:
            log.warning("the figures could not be counted: %s", type(error).__name__)
        finally:
            self._counted_at = asyncio.get_running_loop().time()
            self._counting = None
