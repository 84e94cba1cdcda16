"""Checking: do the links of a call to action answer? Asked before it is submitted, never within a transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.compose.broadcast import urls_of
from bot.errors import AlertsError
from bot.model.broadcast import Broadcast
from bot.model.draft import Dead
from bot.store import Store
from bot.store.broadcasts import find_broadcast, put_draft

SECONDS = 15
MOST = 20


@dataclass(frozen=True, kw_only=True)
class Checking:
    """`look` fetches an address and raises an error with a reason in plain words; None: nothing is looked at.

    No link is waited for longer than `seconds`.
    """

    store: Store
    look: Callable[[str], Awaitable[object]] | None = None
    seconds: float = SECONDS

    async def check(self, broadcast_id: int) -> None:
        """Look at every link that readers could press, once for what it is now, and keep what does not answer."""
        async with self.store.read() as connection:
            broadcast = await find_broadcast(connection, broadcast_id)
        if broadcast is None or broadcast.draft.checked == broadcast.digest:
            return
        dead = await self.list_dead(broadcast)
        async with self.store.write() as connection:
            current = await find_broadcast(connection, broadcast_id)
            if current is not None and current.digest == broadcast.digest:
                draft = replace(current.draft, checked=broadcast.digest, dead=tuple(dead), anyway_by=None)
                await put_draft(connection, current, draft)

    async def list_dead(self, broadcast: Broadcast) -> list[Dead]:
        """What does not answer, and what it said."""
        urls = list(dict.fromkeys(url for one in broadcast.messages.values() for url in urls_of(one)))[:MOST]
        return [dead for dead in await asyncio.gather(*(self.ask(url) for url in urls)) if dead is not None]

    async def ask(self, url: str) -> Dead | None:
        """One link; None where it answers."""
        if self.look is None:
            return None
        try:
            async with asyncio.timeout(self.seconds):
                await self.look(url)
        except TimeoutError:
            return Dead(url, f"no answer within {self.seconds:g} seconds")
        except AlertsError as error:
            return Dead(url, str(error))
        return None
