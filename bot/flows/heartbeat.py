"""Heartbeat: while all is well an outside service is told so; its alarm is that nobody tells it any more."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.errors import FetchError, StatusError

log = logging.getLogger(__name__)

GOOD = range(200, 300)


@dataclass(frozen=True, kw_only=True)
class Heartbeat:
    """`get` asks for an address; `troubles` says what is wrong with the bot."""

    url: str
    get: Callable[[str], Awaitable[object]]
    troubles: Callable[[], Awaitable[Sequence[str]]]

    async def tick(self) -> bool:
        """Tell that all is well, if it is; returns whether it was told. A service that is away is no fault."""
        troubles = await self.troubles()
        if troubles:
            log.warning("no heartbeat: %s", "; ".join(troubles))
            return False
        try:
            await self.get(self.url)
        except StatusError as error:
            if error.status not in GOOD:
                log.warning("the heartbeat was refused: %s", error)
                return False
        except FetchError as error:
            log.warning("the heartbeat was not heard: %s", error)
            return False
        return True
