"""Keeps what must always run running: an end that nobody asked for is a fault."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.errors import StoreError

log = logging.getLogger(__name__)

TRIES = 6
# Who has run for this long begins to count its ends anew.
GOOD_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 30.0


async def supervise(
    name: str,
    once: Callable[[], Awaitable[None]],
    *,
    faults: tuple[type[Exception], ...],
    pause: Callable[[int], float] = lambda failures: min(2.0 ** (failures - 1), LONGEST_PAUSE_SECONDS),
) -> None:
    """Run it whenever it ends, by itself or by one of `faults`, until cancelled; any other error goes on.

    Raises StoreError when it has ended TRIES times in a row. `pause` gives the seconds to wait after n ends in a row.
    """
    clock = asyncio.get_running_loop().time
    failures = 0
    while True:
        began = clock()
        why = "it stopped by itself"
        try:
            await once()
        except faults as error:
            why = " ".join(f"{type(error).__name__}: {error}".split())
        failures = 1 if clock() - began >= GOOD_SECONDS else failures + 1
        if failures >= TRIES:
            raise StoreError(
                f"The {name} has ended {failures} times in a row (last: {why}). This process ends, so that whoever "
                "started it can start it anew; check the database if that does not help.",
            )
        log.warning("the %s ended (%s); it begins again", name, why)
        await asyncio.sleep(pause(failures))
