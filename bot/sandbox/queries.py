"""Presses and inline queries that wait for the bot's answer."""

import asyncio
from collections.abc import Callable
from typing import Any

from bot.sandbox.refusals import query_too_old

JSON = dict[str, Any]

# Telegram does not publish its limit; bots see "query is too old" after some fifteen seconds.
SECONDS = 15.0


class Queries:
    """Each query can be answered once, within SECONDS."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._asked: dict[str, tuple[float, asyncio.Future[JSON]]] = {}

    def ask(self, query_id: str) -> asyncio.Future[JSON]:
        """The future answer."""
        answer: asyncio.Future[JSON] = asyncio.get_running_loop().create_future()
        now = self._clock()
        self._asked = {key: asked for key, asked in self._asked.items() if now - asked[0] <= SECONDS}
        self._asked[query_id] = (now, answer)
        return answer

    def answer(self, query_id: str, content: JSON) -> None:
        """Raises RefusalError if nobody waits for this answer any more."""
        asked_at, answer = self._asked.pop(query_id, (0.0, None))
        if answer is None or self._clock() - asked_at > SECONDS:
            raise query_too_old()
        if not answer.done():
            answer.set_result(content)

    async def wait(self, answer: asyncio.Future[JSON], seconds: float) -> JSON | None:
        """The answer, or None if none came in time; a late answer is still taken while the query is young."""
        done, _ = await asyncio.wait([answer], timeout=seconds)
        return answer.result() if done else None
