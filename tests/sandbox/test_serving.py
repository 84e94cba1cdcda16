import asyncio

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import InvalidToken

from bot.errors import AlertsError
from bot.sandbox.faults import Fault, FaultKind
from bot.serving import Address, serve
from tests.sandbox.running import ANNA, Sandbox


async def answer(sandbox: Sandbox, path: str, **request: object) -> tuple[int, object]:
    async with aiohttp.ClientSession() as session:
        response = await session.post(sandbox.url + path, **request)  # type: ignore[arg-type]
        return response.status, await response.json()


async def test_a_wrong_token_is_unauthorized_and_a_malformed_one_not_found(sandbox: Sandbox) -> None:
    assert await answer(sandbox, "/bot1:wrong/getMe") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    status, body = await answer(sandbox, "/botnothing/getMe")
    assert (status, body) == (404, {"ok": False, "error_code": 404, "description": "Not Found"})
    with pytest.raises(InvalidToken):
        async with Bot("1:wrong", base_url=f"{sandbox.url}/bot"):
            pass


async def test_an_unknown_method_is_not_found(sandbox: Sandbox) -> None:
    status, body = await answer(sandbox, f"/bot{sandbox.telegram.token}/makeTea")
    assert (status, body) == (404, {"ok": False, "error_code": 404, "description": "Not Found: method not found"})


@pytest.mark.parametrize(
    "request_",
    [
        {"params": {"chat_id": str(ANNA), "text": "x"}},
        {"json": {"chat_id": ANNA, "text": "x"}},
        {"data": {"chat_id": str(ANNA), "text": "x"}},
        {"data": aiohttp.FormData({"chat_id": str(ANNA), "text": "x"}, default_to_multipart=True)},
    ],
)
async def test_parameters_may_come_in_every_way(sandbox: Sandbox, request_: dict[str, object]) -> None:
    status, _ = await answer(sandbox, f"/bot{sandbox.telegram.token}/SENDMESSAGE", **request_)
    assert (status, sandbox.telegram.messages(ANNA)[-1]["text"]) == (200, "x")


async def test_get_works_as_post_does(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{sandbox.api}/getMe") as response:
        assert (await response.json())["ok"]


@pytest.mark.parametrize("body", [b"{", b"[]"])
async def test_a_body_that_is_no_object_is_refused(sandbox: Sandbox, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    status, _ = await answer(sandbox, f"/bot{sandbox.telegram.token}/getMe", data=body, headers=headers)
    assert status == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:{port}"}, 200),
        ({"Host": "[::1]:{port}"}, 200),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Host": "example.org:{port}"}, 403),
        ({"Host": "127.0.0.1.example.org:{port}"}, 403),
        ({"Origin": "http://localhost:{port}"}, 200),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "https://localhost:{port}"}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_only_this_machines_own_names_and_pages_are_answered(
    sandbox: Sandbox, headers: dict[str, str], status: int
) -> None:
    port = sandbox.url.rpartition(":")[2]
    sent = {name: value.format(port=port) for name, value in headers.items()}
    async with aiohttp.ClientSession() as session, session.get(f"{sandbox.api}/getMe", headers=sent) as response:
        assert response.status == status


async def test_a_port_in_use_is_told_in_a_sentence() -> None:
    async with serve(Starlette()) as address:
        with pytest.raises(AlertsError, match=rf"Port {address.port} of 127.0.0.1 .* set sandbox.port"):
            async with serve(Starlette(), port=address.port):
                pass


async def test_stopping_ends_what_still_waits_and_keeps_no_port() -> None:
    arrived = asyncio.Event()

    async def wait(_request: Request) -> Response:
        arrived.set()
        await asyncio.Event().wait()
        return PlainTextResponse("never")

    async with aiohttp.ClientSession() as session:
        async with serve(Starlette(routes=[Route("/", wait)])) as address:
            waiting = asyncio.create_task(session.get(address.url))
            await arrived.wait()
        with pytest.raises(aiohttp.ClientConnectionError):
            await waiting
    async with serve(Starlette(), port=address.port) as again:
        assert again == address


async def test_a_caller_that_gives_up_harms_nothing(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(TimeoutError):
            await session.get(f"{sandbox.api}/getUpdates?timeout=30", timeout=aiohttp.ClientTimeout(total=0.1))
    sandbox.telegram.say(ANNA, ANNA, "x")
    assert len(await sandbox.bot.get_updates()) == 1


def test_addresses_are_written_as_urls() -> None:
    assert Address("127.0.0.1", 8080).url == "http://127.0.0.1:8080"
    assert Address("::1", 8080).url == "http://[::1]:8080"


async def test_ipv6_is_served_too() -> None:
    try:
        async with serve(Starlette(), host="::1") as address:
            assert address.url.startswith("http://[::1]:")
    except AlertsError:
        pytest.skip("this machine has no IPv6")


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("sendMessage", {"entities": [1]}),
        ("sendMessage", {"entities": [{"type": "bold"}]}),
        ("sendMessage", {"reply_parameters": {"message_id": "first"}}),
        ("sendMessage", {"reply_parameters": []}),
        ("sendMessage", {"reply_markup": {"inline_keyboard": [[{"text": "x", "copy_text": "x"}]]}}),
        ("sendMessage", {"link_preview_options": "{"}),
        ("deleteMessages", {"message_ids": ["first"]}),
        ("setMyCommands", {"commands": ["help"]}),
        ("answerInlineQuery", {"results": ["first"]}),
        ("answerInlineQuery", {"results": [{"id": "1", "input_message_content": "x"}]}),
        ("getUpdates", {"offset": "soon"}),
    ],
)
async def test_nonsense_is_refused_and_harms_nothing(
    sandbox: Sandbox, method: str, parameters: dict[str, object]
) -> None:
    answer = await sandbox.post(method, chat_id=ANNA, text="x", **parameters)
    assert answer["error_code"] == 400


async def test_a_silent_answer_ends_when_the_caller_gives_up(sandbox: Sandbox) -> None:
    sandbox.telegram.faults.add(Fault(FaultKind.NO_ANSWER, method="getMe"))
    async with aiohttp.ClientSession() as session:
        with pytest.raises(TimeoutError):
            await session.get(f"{sandbox.api}/getMe", timeout=aiohttp.ClientTimeout(total=0.1))
    assert (await sandbox.bot.get_me()).is_bot
