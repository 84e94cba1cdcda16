"""Upkeep: what is stuck is found, and what must not be kept is erased (DESIGN.md rule 10)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.flows.deliver import Deliver
from bot.store import Store
from bot.store.subscribers import erase_departed, erase_old_deliveries
from bot.store.updates import forget_old_updates

log = logging.getLogger(__name__)

IDENTITY_KEPT_FOR = timedelta(days=28)
DELIVERIES_KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, kw_only=True)
class Upkeep:
    """Sweeps the ledger and keeps to the retention times."""

    store: Store
    deliver: Deliver
    now: Callable[[], datetime]

    async def tick(self) -> int:
        """One round; returns how many rows it ended or erased."""
        swept = await self.deliver.sweep()
        now = self.now()
        async with self.store.write() as connection:
            erased = await erase_departed(connection, left_before=now - IDENTITY_KEPT_FOR)
            erased += await erase_old_deliveries(connection, settled_before=now - DELIVERIES_KEPT_FOR)
            erased += await forget_old_updates(connection, now)
        if erased:
            log.info("upkeep: %d rows past their time were erased", erased)
        return swept + erased
