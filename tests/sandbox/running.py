"""A running sandbox, its people, and python-telegram-bot as its bot; everything that passes is checked by aiogram."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from telegram import Bot

from bot.sandbox.server import create_api
from bot.sandbox.telegram import Telegram
from bot.serving import serve
from tests.sandbox.oracle import check_call, check_update

ANNA = 501
BEN = 502
GROUP = -4001


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Sandbox:
    """The local Telegram, where it is served, its bot and its clock."""

    telegram: Telegram
    url: str
    bot: Bot
    clock: Clock
    updates: list[dict[str, Any]] = field(default_factory=list)

    @property
    def api(self) -> str:
        """Where methods are called, with the token."""
        return f"{self.url}/bot{self.telegram.token}"

    async def post(self, method: str, **body: Any) -> dict[str, Any]:
        """Call a method as no library would let us; the oracle does not see it. Returns the answer's body."""
        async with aiohttp.ClientSession() as session, session.post(f"{self.api}/{method}", json=body) as response:
            answer: dict[str, Any] = await response.json()
        self.telegram.calls.pop()
        return answer


async def until(condition: Callable[[], object]) -> None:
    """Waits for something that nobody announces."""
    while not condition():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


@contextlib.asynccontextmanager
async def running_sandbox() -> AsyncIterator[Sandbox]:
    """Anna has started the bot, Ben has not."""
    clock = Clock()
    local = Telegram(clock=clock)
    made = _record(local)
    local.add_user(ANNA, "Anna")
    local.add_user(BEN, "Ben", "cy")
    local.say(ANNA, ANNA, "/start")
    async with serve(create_api(local)) as address:
        base = f"{address.url}/bot"
        async with Bot(local.token, base_url=base, base_file_url=f"{address.url}/file/bot") as bot:
            await bot.get_updates(offset=local.updates.next_id)
            yield Sandbox(local, address.url, bot, clock, made)
        await local.close()
    for update in made:
        check_update(update)
    for call in local.calls:
        check_call(call.method, call.values)


def _record(local: Telegram) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    add = local.updates.add

    def recording(kind: str, content: dict[str, Any]) -> None:
        made.append({"update_id": local.updates.next_id, kind: content})
        add(kind, content)

    local.updates.add = recording  # type: ignore[method-assign]
    return made
