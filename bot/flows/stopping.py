"""Stopping: any organiser freezes all bulk sending, on every worker; only an owner lets it go on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.store import Store
from bot.store.broadcasts import add_deed
from bot.store.cards import add_notice
from bot.store.identity import Freeze, find_freeze, freeze_sending, lift_freeze

SUBJECT = "everything"


@dataclass(frozen=True, kw_only=True)
class Stopping:
    """The caller has made sure that whoever asks may. What is in flight ends; replies and cards go on."""

    store: Store
    now: Callable[[], datetime]
    wake: Callable[[str], None]

    async def freeze(self, *, by: int) -> Freeze:
        """Stop everything, and tell all organisers; where it is stopped already, who did that and when."""
        now = self.now()
        async with self.store.write() as connection:
            if await freeze_sending(connection, by=by, now=now):
                await add_deed(connection, by, "stopall", SUBJECT, now=now)
                await add_notice(connection, "stopall", {"who": str(by)}, now=now)
            freeze = await find_freeze(connection) or Freeze(now, by)
        self.wake("review")
        return freeze

    async def find(self) -> Freeze | None:
        """The stop that holds now, if any."""
        async with self.store.read() as connection:
            return await find_freeze(connection)

    async def lift(self, stamp: int, *, by: int) -> bool:
        """Let sending go on after the stop of this stamp; False where that one holds no more: a later one may."""
        now = self.now()
        async with self.store.write() as connection:
            freeze = await find_freeze(connection)
            if freeze is None or stamp_of(freeze) != stamp or not await lift_freeze(connection, since=freeze.at):
                return False
            await add_deed(connection, by, "liftstop", SUBJECT, now=now)
            await add_notice(connection, "liftstop", {"who": str(by)}, now=now)
        self.wake("review")
        self.wake("deliver")
        return True


def stamp_of(freeze: Freeze) -> int:
    """What tells one stop from another: its millisecond."""
    return int(freeze.at.timestamp() * 1000)
