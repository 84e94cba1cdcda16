"""A second, independent stand-in for the Bot API (lo-bot-api-emulator) must agree on what is refused."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from tests.sandbox.running import ANNA, Sandbox


@pytest.fixture
async def emulator() -> AsyncIterator[str]:
    runner = web.AppRunner(LoBotApiEmulator().app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def keyboard(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "x", **button}]]}


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("getMe", {}),
        ("getUpdates", {"timeout": 0}),
        ("getWebhookInfo", {}),
        ("deleteWebhook", {}),
        ("getMyCommands", {}),
        ("sendMessage", {"text": "Hello"}),
        ("sendMessage", {"text": ""}),
        ("sendMessage", {"text": "x" * 4_096}),
        ("sendMessage", {"text": "x" * 4_097}),
        ("sendMessage", {"text": "x", "reply_markup": keyboard(callback_data="x" * 64)}),
        ("sendMessage", {"text": "x", "reply_markup": keyboard(callback_data="x" * 65)}),
        ("sendMessage", {"text": "x", "reply_markup": keyboard(url="https://example.org/")}),
        ("sendMessage", {"text": "x", "reply_markup": keyboard(url="nowhere")}),
        ("sendMessage", {"text": "x", "reply_markup": keyboard()}),
        ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": "x"}}),
        ("sendChatAction", {"action": "typing"}),
        ("sendChatAction", {"action": "juggling"}),
        ("setMyCommands", {"commands": [{"command": "help", "description": "Help"}]}),
        ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}),
        ("editMessageText", {"text": "x"}),
    ],
)
async def test_both_say_the_same(sandbox: Sandbox, emulator: str, method: str, body: dict[str, Any]) -> None:
    parameters = body if method.startswith(("get", "set", "delete", "answer")) else {"chat_id": ANNA, **body}
    ours = await sandbox.post(method, **parameters)
    async with aiohttp.ClientSession() as session:
        theirs = await session.post(f"{emulator}/bot{sandbox.telegram.token}/{method}", json=parameters)
        second = await theirs.json()
    assert (ours["ok"], ours.get("error_code")) == (second["ok"], second.get("error_code")), second
