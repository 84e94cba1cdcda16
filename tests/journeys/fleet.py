"""The bot as several processes on one PostgreSQL, in the same world as the one process."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy.engine import URL

from tests.journeys.world import PATIENCE, ROOT, World

# What a test shortens, so that it need not wait as long as real life.
SHORTENED = "from bot.__main__ import main; {changes}; main()"


@dataclass
class Member:
    """One process; `port` is where it shows its health, where it has one."""

    role: str
    process: asyncio.subprocess.Process
    log_file: Path
    port: int | None = None

    @property
    def log(self) -> str:
        """What it has logged."""
        return self.log_file.read_text()

    async def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await self.ended()

    async def ended(self) -> int:
        """Wait for the end."""
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    async def health(self) -> dict[str, object]:
        """What it says of itself."""
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"http://127.0.0.1:{self.port}/health")
        body: dict[str, object] = answer.json()
        return body


@dataclass
class Fleet:
    """Processes that a test starts; all are ended with it."""

    world: World
    url: URL
    members: list[Member] = field(default_factory=list)

    async def start(self, role: str, *arguments: str, changes: str = "", port: int | None = None) -> Member:
        """Start one; `changes` are statements that are run before its command."""
        config = self.world.folder / "config.toml"
        config.write_text(self.world.config())
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("BOT__", "COV_CORE"))},
            "TELEGRAM_TOKEN": self.world.telegram.token,
            "DATABASE_URL": self.url.render_as_string(hide_password=False),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
        }
        if port is not None and role == "web":
            environ |= {"PORT": str(port), "BOT__WEB__HOST": "127.0.0.1"}
        more = ("--port", str(port)) if port is not None and role != "web" else ()
        command = ("-c", SHORTENED.format(changes=changes)) if changes else ("-m", "bot")
        log_file = self.world.folder / f"{role}-{len(self.members)}.txt"
        with log_file.open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, *command, role, "--config", str(config), *more, *arguments),
                env=environ,
                stdout=log,
                stderr=log,
            )
        member = Member(role, process, log_file, port)
        self.members.append(member)
        return member

    async def said(self, member: Member, words: str) -> None:
        """Wait until it has logged this."""
        await self.until(lambda: words in member.log)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; fails with all logs."""
        try:
            await self.world.until(holds)
        except AssertionError as error:
            raise AssertionError(f"it never came:\n{self.logs()}") from error

    def logs(self) -> str:
        """All logs, for a failing test."""
        return "\n".join(f"--- {member.log_file.name}\n{member.log}" for member in self.members)

    async def end_all(self) -> None:
        """End whatever is left, at once."""
        for member in self.members:
            if member.process.returncode is None:
                member.process.kill()
                await member.process.wait()
