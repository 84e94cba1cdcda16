import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx

from bot.app.run import build
from bot.config import load_config
from tests.sandbox.running import running_sandbox


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@asynccontextmanager
async def building(folder: Path, token: str, api_url: str) -> AsyncIterator[tuple[asyncio.Task[object], str]]:
    """A bot on its way up, and where it shows its health."""
    port = free_port()
    path = folder / "config.toml"
    path.write_text(f'[telegram]\napi_url = "{api_url}"\n[web]\nport = {port}\n')
    config = load_config(path, {"TELEGRAM_TOKEN": token})
    async with AsyncExitStack() as house:
        task: asyncio.Task[object] = asyncio.create_task(build(config, house))
        try:
            yield task, f"http://127.0.0.1:{port}/health"
        finally:
            task.cancel()
            await asyncio.wait({task})


async def look(url: str, building: asyncio.Task[object]) -> httpx.Response:
    """Ask until somebody opens."""
    async with httpx.AsyncClient() as client:
        while True:
            try:
                return await client.get(url)
            except httpx.ConnectError:
                if building.done():
                    raise
                await asyncio.sleep(0.02)


async def test_the_port_is_open_and_all_is_well_while_telegram_is_not_there_yet(tmp_path: Path) -> None:
    async with building(tmp_path, "123456789:" + "a" * 35, "http://127.0.0.1:9") as (task, url):
        answer = await look(url, task)
        assert not task.done()
    assert (answer.status_code, answer.json()["troubles"]) == (200, [])


async def test_all_is_well_before_the_first_poll_has_its_answer(tmp_path: Path) -> None:
    async with running_sandbox() as sandbox, building(tmp_path, sandbox.telegram.token, sandbox.url) as (task, url):
        await task
        answer = await look(url, task)
    assert (answer.status_code, answer.json()["troubles"]) == (200, [])
