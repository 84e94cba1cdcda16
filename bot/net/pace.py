"""Politeness: one request at a time to a host, a breath between two, and no request while a host asked us to wait."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.errors import StatusError

TOO_MANY_REQUESTS = 429


class Host:
    """What is remembered of one host: its lock, when it may be asked again, how many wait for it."""

    __slots__ = ("asked_to_wait", "free_at", "lock", "users")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.free_at = 0.0
        self.asked_to_wait = False
        self.users = 0


class Pace:
    """Turns at hosts. `pause` seconds, and up to as many again by chance, lie between two requests to one host."""

    def __init__(self, pause: float = 1.0, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause = pause
        self._clock = clock
        self._hosts: dict[str, Host] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for this host's turn; raises StatusError(429) at once where it asked for a longer wait."""
        host = self._hosts.setdefault(name, Host())
        host.users += 1
        try:
            async with host.lock:
                await self._wait(name, host)
                try:
                    yield
                finally:
                    pause = self._pause * (1 + random.random())  # noqa: S311 -- spreads load, guards nothing
                    host.free_at = max(host.free_at, self._clock() + pause)
        finally:
            host.users -= 1
            self._forget_idle()

    async def _wait(self, name: str, host: Host) -> None:
        left = host.free_at - self._clock()
        if host.asked_to_wait and left > self._pause * 2:
            raise StatusError(
                f"{name} asked us to wait before asking again",
                status=TOO_MANY_REQUESTS,
                retry_after=timedelta(seconds=left),
            )
        host.asked_to_wait = False
        await asyncio.sleep(max(0.0, left))

    def hold(self, name: str, wait: timedelta) -> None:
        """The host said how long to leave it alone: this holds for every address on it."""
        host = self._hosts.setdefault(name, Host())
        host.asked_to_wait = True
        host.free_at = max(host.free_at, self._clock() + wait.total_seconds())

    def _forget_idle(self) -> None:
        """Keep nothing of hosts that nobody waits for and that are free."""
        now = self._clock()
        for name in [name for name, host in self._hosts.items() if not host.users and host.free_at <= now]:
            del self._hosts[name]
