"""Others must agree: lo-bot-api-emulator on what is refused, aiogram's models on what is returned."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from tests.sandbox.oracle import check_result
from tests.sandbox.running import ANNA, GROUP, Sandbox


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


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("getMe", {}),
        ("sendMessage", {"chat_id": GROUP, "text": "<b>x</b> /start", "parse_mode": "HTML"}),
        ("sendMessage", {"chat_id": ANNA, "text": "x", "reply_markup": keyboard(callback_data="x")}),
        ("getUpdates", {"offset": -5}),
        ("getMyCommands", {}),
        ("setMyCommands", {"commands": [{"command": "help", "description": "Help"}]}),
        ("getMyName", {}),
        ("getMyDescription", {}),
        ("getMyShortDescription", {}),
        ("getChat", {"chat_id": ANNA}),
        ("getChat", {"chat_id": GROUP}),
        ("getChatMember", {"chat_id": GROUP, "user_id": ANNA}),
        ("getChatAdministrators", {"chat_id": GROUP}),
        ("getChatMemberCount", {"chat_id": GROUP}),
        ("sendChatAction", {"chat_id": ANNA, "action": "typing"}),
        ("getWebhookInfo", {}),
        ("deleteWebhook", {}),
    ],
)
async def test_aiogram_reads_what_is_returned(sandbox: Sandbox, method: str, body: dict[str, Any]) -> None:
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    answer = await sandbox.post(method, **body)
    check_result(method, answer["result"])
