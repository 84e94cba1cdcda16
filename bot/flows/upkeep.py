"""Upkeep: what is stuck is found, and what must not be kept is erased (DESIGN.md rule 10)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.flows.fates import after_unknown
from bot.flows.holding import ask_about_late
from bot.model.delivery import CUT_SHORT
from bot.store import Store
from bot.store.deliveries import expire_overdue, list_abandoned, settle
from bot.store.erasing import erase_departed, erase_old_deliveries
from bot.store.frozen import end_frozen_sessions
from bot.store.updates import forget_old_updates

log = logging.getLogger(__name__)

# Sends time out well within this; a claim older than it belongs to a process that died or froze.
LEASE = timedelta(seconds=60)
IDENTITY_KEPT_FOR = timedelta(days=28)
DELIVERIES_KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """Sweeps the ledger and keeps to the retention times."""

    store: Store
    now: Callable[[], datetime]
    wake: Callable[[str], None]

    async def tick(self) -> int:
        """One round; returns how many rows it ended or erased."""
        await self.free()
        swept = await self.sweep()
        now = self.now()
        async with self.store.write() as connection:
            erased = await erase_departed(connection, left_before=now - IDENTITY_KEPT_FOR)
            erased += await erase_old_deliveries(connection, settled_before=now - DELIVERIES_KEPT_FOR)
            erased += await forget_old_updates(connection, now)
        if erased:
            log.info("upkeep: %d rows past their time were erased", erased)
        return swept + erased

    async def free(self) -> None:
        """Let nobody be held up by a process that was frozen in the middle of writing."""
        async with self.store.write() as connection:
            ended = await end_frozen_sessions(connection)
        if ended:
            log.warning("%d sessions of processes that had frozen were ended", ended)

    async def sweep(self, *, held_before: datetime | None = None) -> int:
        """Settle claims whose holder died (claimed before `held_before`, by default a lease ago), end what is too late.

        After a crash the process that holds the database alone passes its own start: every older claim was in flight.
        """
        now = self.now()
        async with self.store.write() as connection:
            left = await list_abandoned(connection, claimed_before=held_before or now - LEASE)
            settled = [after_unknown(row, kind, tries, CUT_SHORT, now) for row, kind, tries in left]
            await settle(connection, settled, now)
            expired = await expire_overdue(connection, now)
            asked = await ask_about_late(connection, now)
        if left or expired:
            log.warning("%d deliveries were left in flight, %d came too late", len(left), expired)
            self.wake("deliver")
        if asked:
            self.wake("review")
        return len(left) + expired + asked
