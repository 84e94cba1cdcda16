"""Tells the chat page that something changed."""

import asyncio


class Changes:
    """A number that grows with every change, and a way to wait for it."""

    def __init__(self, first: int) -> None:
        self.version = first
        self._next = asyncio.Event()

    def mark(self) -> None:
        """Something changed."""
        self.version += 1
        self._next.set()
        self._next = asyncio.Event()

    async def after(self, since: int) -> int:
        """The version, once it differs from `since` (a page from before a restart may hold a later one)."""
        while self.version == since:
            await self._next.wait()
        return self.version
