"""Delivers updates to the bot's webhook, on this machine only."""

import asyncio
import contextlib
import time
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.sandbox.updates import Updates

JSON = dict[str, Any]

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_PATIENCE = aiohttp.ClientTimeout(total=60)
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 10.0


def is_loopback(url: str) -> bool:
    """Whether an address is http or https on this machine."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and parts.hostname in _LOOPBACK


class Webhook:
    """One update at a time, in order, each again until the bot answers 2xx."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._task: asyncio.Task[None] | None = None
        self.url = ""
        self._secret = ""
        self.last_error = ""
        self.last_error_at = 0

    async def set(self, url: str, secret: str) -> None:
        """Deliver to `url` from now on; "" stops."""
        await self.close()
        self.url, self._secret, self.last_error = url, secret, ""
        if url:
            self._task = asyncio.create_task(self._deliver())

    async def close(self) -> None:
        """Stop delivering; what was not confirmed stays in the queue."""
        task, self._task, self.url = self._task, None, ""
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _deliver(self) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self._secret} if self._secret else {}
        pause = _FIRST_PAUSE
        async with aiohttp.ClientSession(headers=headers, timeout=_PATIENCE) as session:
            while True:
                self._updates.added.clear()
                if not self._updates.pending:
                    await self._updates.added.wait()
                elif await self._post(session, self._updates.pending[0]):
                    self._updates.confirm_first()
                    pause = _FIRST_PAUSE
                else:
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE)

    async def _post(self, session: aiohttp.ClientSession, update: JSON) -> bool:
        try:
            async with session.post(self.url, json=update) as response:
                problem = "" if response.ok else f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as error:
            problem = (
                "Connection refused" if isinstance(error, aiohttp.ClientConnectorError) else "Read timeout expired"
            )
        self.last_error = problem or self.last_error
        self.last_error_at = int(time.time()) if problem else self.last_error_at
        return not problem
