"""A running sandbox, and real clients for it."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import telegram

from bot.sandbox.server import create_api
from bot.sandbox.serving import serve
from bot.sandbox.telegram import Telegram

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
    """The local Telegram, where it is served, and python-telegram-bot as its bot."""

    telegram: Telegram
    url: str
    bot: telegram.Bot
    clock: Clock


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    clock = Clock()
    local = Telegram(clock=clock)
    local.add_user(ANNA, "Anna")
    local.add_user(BEN, "Ben", "cy")
    async with serve(create_api(local)) as address:
        async with telegram.Bot(
            local.token, base_url=f"{address.url}/bot", base_file_url=f"{address.url}/file/bot"
        ) as bot:
            yield Sandbox(local, address.url, bot, clock)
        await local.close()


@pytest.fixture
def words() -> type["Words"]:
    return Words


class Words:
    """Expects Telegram's words in an error."""

    def __init__(self, error: type[telegram.error.TelegramError], text: str) -> None:
        self.raises = pytest.raises(error, match=re.escape(text))
