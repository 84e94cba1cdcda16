"""A whole world on loopback: a local Telegram, a site with a feed, and the bot as a process of its own."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.sandbox.server import create_api
from bot.sandbox.telegram import Telegram
from bot.serving import serve
from tests.fakes import Site, running_site

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 40.0
AMINA, BRYN, OLWEN, TOMOS = 1001, 1002, 2001, 2002
REPORT = "HMYOI Werrington: inspectors find children locked up for 22 hours a day"
SUMMARY = (
    "An unannounced inspection of HMYOI Werrington found that outcomes for children were poor in safety. "
    "Children spent 22 hours a day in their cells."
)


@dataclass
class World:
    """Everything a story needs; `settings` are further lines of the bot's config.toml."""

    folder: Path
    telegram: Telegram
    api_url: str
    site: Site
    settings: str = ""
    every: str = "1s"
    environ: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None

    async def start(self, *, ready: bool = True) -> None:
        """Start the bot; with `ready`, wait until it has polled the feed for the first time."""
        (self.folder / "config.toml").write_text(self.config())
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("BOT__", "COV_CORE"))},
            "TELEGRAM_TOKEN": self.telegram.token,
            "PYTHONPATH": str(ROOT),
            **self.environ,
        }
        fetched = self.site.fetches
        with (self.folder / "log.txt").open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", "--config", str(self.folder / "config.toml")),
                env=environ,
                stdout=log,
                stderr=log,
            )
        if ready:
            await self.until(lambda: self.site.fetches >= fetched + 2)

    def config(self) -> str:
        """The bot's configuration."""
        return (
            f'[telegram]\napi_url = "{self.api_url}"\n'
            f'[organisers]\nowners = [{OLWEN}, {TOMOS}]\ncooling_off = "1s"\n'
            f'[fetch]\nallow_hosts = ["{self.site.host}"]\n'
            f'[[feeds]]\nname = "Inspectorate"\nurl = "{self.site.feed_url}"\nkind = "inspectorate"\n'
            f'every = "{self.every}"\n'
            f"{self.settings}"
        )

    async def kill(self) -> None:
        """kill -9."""
        await self.end(signal.SIGKILL)

    async def stop(self) -> int:
        """SIGTERM; returns the exit code."""
        return await self.end(signal.SIGTERM)

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(number)
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something holds; fails with the bot's log."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not holds():
            if asyncio.get_running_loop().time() > deadline or self.ended():
                raise AssertionError(f"it never came; the bot's log:\n{self.log()}\nAmina sees: {self.texts(AMINA)}")
            await asyncio.sleep(0.05)

    def ended(self) -> bool:
        """Whether the bot is gone."""
        return self.process is not None and self.process.returncode is not None

    def log(self) -> str:
        """What the bot has logged."""
        path = self.folder / "log.txt"
        return path.read_text() if path.exists() else ""

    def said(self, chat_id: int) -> list[dict[str, Any]]:
        """The bot's messages in a chat."""
        me = self.telegram.bot["id"]
        return [message for message in self.telegram.messages(chat_id) if message["from"]["id"] == me]

    def texts(self, chat_id: int) -> list[str]:
        """Their texts."""
        return [message.get("text", "") for message in self.said(chat_id)]

    def count(self, chat_id: int, words: str) -> int:
        """How many of the bot's messages there hold these words."""
        return sum(words in text for text in self.texts(chat_id))

    async def press(self, chat_id: int, label: str, *, by: int | None = None) -> str:
        """Press the newest button with this label; returns the notice."""
        await self.until(lambda: self.find_button(chat_id, label) is not None)
        found = self.find_button(chat_id, label)
        assert found is not None
        message_id, action = found
        answer = await self.telegram.press(by or chat_id, chat_id, message_id, action)
        return str((answer or {}).get("text", ""))

    def find_button(self, chat_id: int, label: str) -> tuple[int, str] | None:
        """The newest callback button with this label."""
        for message in reversed(self.said(chat_id)):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"].startswith(label) and "callback_data" in button:
                        return message["message_id"], button["callback_data"]
        return None

    async def subscribe(self, user_id: int, answer: str = "Yes, send me alerts") -> None:
        """Say /start and yes."""
        self.telegram.say(user_id, user_id, "/start")
        await self.press(user_id, answer)


@asynccontextmanager
async def a_world(folder: Path) -> AsyncIterator[World]:
    """Telegram with four people, a site with one old report, and no bot yet; the bot is ended at the end."""
    async with AsyncExitStack() as stack:
        telegram = Telegram()
        for user_id, name in ((AMINA, "Amina"), (BRYN, "Bryn"), (OLWEN, "Olwen"), (TOMOS, "Tomos")):
            telegram.add_user(user_id, name)
        address = await stack.enter_async_context(serve(create_api(telegram)))
        site = await stack.enter_async_context(running_site())
        site.publish("HMYOI Wetherby: an old report on children in custody", "It was there before the bot listened.")
        world = World(folder, telegram, address.url, site)
        try:
            yield world
        finally:
            if world.process is not None and world.process.returncode is None:
                await world.kill()
