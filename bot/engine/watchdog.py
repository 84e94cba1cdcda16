"""Ends a process that hangs, so that whatever started it can start it anew.

A connection that accepts and never answers is no error that anything here could catch, and a loop that is blocked
cannot tell anybody. So a thread counts the seconds since the last good answer, and nothing can keep it from its end.
"""

import asyncio
import logging
import os
import threading
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

log = logging.getLogger(__name__)

SILENT_SECONDS = 60
ASK_SECONDS = 2.0
SECOND = 1.0
EXIT_CODE = 70  # sysexits.h: an internal error


class Watchdog:
    """While entered: `ask` is awaited again and again, and `end` is called `seconds` after its last good answer.

    Seconds are counted, not measured: a process that was frozen as a whole has its time once it wakes.
    """

    def __init__(
        self,
        ask: Callable[[], Awaitable[object]],
        *,
        seconds: int = SILENT_SECONDS,
        end: Callable[[int], object] = os._exit,
    ) -> None:
        self._ask = ask
        self._seconds = seconds
        self._end = end
        self._silent = 0
        self._left = threading.Event()
        self._asking: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """Begin to watch."""
        threading.Thread(target=self._count, name="watchdog", daemon=True).start()
        self._asking = asyncio.create_task(self._keep_asking(), name="watchdog")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Watch no longer."""
        self._left.set()
        if self._asking is not None:
            self._asking.cancel()

    async def _keep_asking(self) -> None:
        while True:
            asking = asyncio.ensure_future(self._ask())
            await asyncio.wait({asking}, timeout=self._seconds)
            if asking.cancel() or asking.exception() is not None:
                log.warning("the database gives no good answer")
            else:
                self._silent = 0
            await asyncio.sleep(ASK_SECONDS)

    def _count(self) -> None:
        while not self._left.wait(SECOND):
            self._silent += 1
            if self._silent >= self._seconds:
                log.critical(
                    "No good answer of the database for %d seconds, or this process hangs: it ends.", self._seconds
                )
                logging.shutdown()
                self._end(EXIT_CODE)
                return
