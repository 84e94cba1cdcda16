import asyncio
import io
import socket
import traceback
from collections.abc import AsyncIterator

import aiohttp
import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.sending.transport import AiohttpRequest, NotSent, Unanswered, build_bot, encode, translate
from tests.sending.server import TOKEN, LoopbackTelegram, drop, page, refusal, result, silence, until


@pytest.fixture
async def bot(telegram: LoopbackTelegram) -> AsyncIterator[Bot]:
    async with build_bot(TOKEN, api_url=telegram.url + "/") as opened:
        yield opened


async def fault_of(bot: Bot, **timeouts: float) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(1, "Words", **timeouts)  # type: ignore[arg-type]
    return caught.value


async def test_a_bot_on_this_transport_talks_to_telegram(bot: Bot, telegram: LoopbackTelegram) -> None:
    message = await bot.send_message(42, "Grüße & <b>bold</b> 🙂")
    assert message.message_id == 2
    assert telegram.called("sendMessage") == [{"chat_id": "42", "text": "Grüße & <b>bold</b> 🙂"}]


async def test_an_upload_arrives_whole_with_its_fields(bot: Bot, telegram: LoopbackTelegram) -> None:
    telegram.script("sendDocument", refusal(400, "Bad Request: seen"), refusal(400, "Bad Request: seen"))
    for content in (b"bytes", InputFile(io.BytesIO(b"stream"), filename="a.pdf", read_file_handle=False)):
        with pytest.raises(BadRequest):
            await bot.send_document(7, content, caption="A report – PDF", filename="report.pdf")
    first, second = (call for call in telegram.calls if call.method == "sendDocument")
    assert first.files == {"document": ("report.pdf", b"bytes")}
    assert first.fields == {"chat_id": "7", "caption": "A report – PDF"}
    assert second.files == {"document": ("a.pdf", b"stream")}


async def test_a_file_can_be_fetched(bot: Bot, telegram: LoopbackTelegram) -> None:
    assert await bot.request.retrieve(f"{telegram.url}/file/bot{TOKEN}/a.txt") == b"a file"


async def test_proxies_of_the_environment_are_not_used(
    bot: Bot, telegram: LoopbackTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    await bot.send_message(1, "Words")
    assert telegram.called("sendMessage")


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_refused_connection_was_certainly_not_sent() -> None:
    async with AiohttpRequest() as request:
        with pytest.raises(NotSent, match="could not be reached"):
            await request.post(f"http://127.0.0.1:{closed_port()}/bot{TOKEN}/sendMessage")


async def test_a_name_that_does_not_exist_was_certainly_not_sent() -> None:
    async with AiohttpRequest() as request:
        with pytest.raises(NotSent):
            await request.post(f"http://nowhere.invalid/bot{TOKEN}/sendMessage")


async def test_a_server_that_does_not_speak_tls_was_certainly_not_sent_to(telegram: LoopbackTelegram) -> None:
    async with AiohttpRequest() as request:
        with pytest.raises(NotSent):
            await request.post(f"{telegram.url.replace('http', 'https')}/bot{TOKEN}/sendMessage")


async def test_a_pool_without_a_free_connection_was_certainly_not_sent(telegram: LoopbackTelegram) -> None:
    telegram.script("slow", silence)
    url = f"{telegram.url}/bot{TOKEN}"
    async with AiohttpRequest(1, connect_timeout=0.02, pool_timeout=0.03) as request:
        held = asyncio.create_task(request.post(f"{url}/slow", read_timeout=5))
        await until(lambda: telegram.called("slow"))
        with pytest.raises(NotSent, match="no connection"):
            await request.post(f"{url}/sendMessage")
        held.cancel()
    assert not telegram.called("sendMessage")


@pytest.mark.parametrize("url", ["http://[broken/x", "ftp://127.0.0.1/x", "http:///x"])
async def test_an_address_that_is_none_was_certainly_not_sent(url: str) -> None:
    async with AiohttpRequest() as request:
        with pytest.raises(NotSent, match="could not be made"):
            await request.post(url)


async def test_a_closed_transport_sends_nothing_and_can_be_opened_again(telegram: LoopbackTelegram) -> None:
    request = AiohttpRequest()
    url = f"{telegram.url}/bot{TOKEN}/getMe"
    await request.shutdown()
    with pytest.raises(NotSent, match="closed"):
        await request.post(url)
    await request.initialize()
    await request.initialize()
    assert await request.post(url)
    await request.shutdown()


async def test_a_read_timeout_is_unanswered(bot: Bot, telegram: LoopbackTelegram) -> None:
    telegram.script("sendMessage", silence)
    fault = await fault_of(bot, read_timeout=0.05)
    assert isinstance(fault, Unanswered)
    assert isinstance(fault, TimedOut)
    assert "in time" in fault.message


async def test_a_connection_that_breaks_after_the_request_is_unanswered(bot: Bot, telegram: LoopbackTelegram) -> None:
    telegram.script("sendMessage", drop)
    fault = await fault_of(bot)
    assert isinstance(fault, Unanswered)
    assert "broke" in fault.message
    assert len(telegram.called("sendMessage")) == 1


async def test_a_call_that_is_cut_off_by_closing_is_unanswered(telegram: LoopbackTelegram) -> None:
    telegram.script("slow", silence)
    request = AiohttpRequest()
    await request.initialize()
    call = asyncio.create_task(request.post(f"{telegram.url}/bot{TOKEN}/slow"))
    await until(lambda: telegram.called("slow"))
    await request.shutdown()
    with pytest.raises(Unanswered):
        await call


@pytest.mark.parametrize("text", ["<html>welcome", '{"ok": true, "result": {', '["result"]', '{"ok": true}'])
async def test_an_answer_that_cannot_be_read_is_unanswered(bot: Bot, telegram: LoopbackTelegram, text: str) -> None:
    telegram.script("sendMessage", page(200, text))
    assert isinstance(await fault_of(bot), Unanswered)


@pytest.mark.parametrize(
    ("status", "kind", "message"),
    [(502, NetworkError, "Bad Gateway (502)"), (403, Forbidden, "Forbidden (403)"), (302, NetworkError, "Found (302)")],
)
@pytest.mark.parametrize("text", [f"<html>secret {TOKEN}", "[1]"])
async def test_a_strangers_page_is_never_quoted(
    bot: Bot, telegram: LoopbackTelegram, status: int, kind: type[TelegramError], message: str, text: str
) -> None:
    telegram.script("sendMessage", page(status, text))
    fault = await fault_of(bot)
    assert isinstance(fault, kind)
    assert fault.message == message
    assert len(telegram.called("sendMessage")) == 1


@pytest.mark.parametrize("status", [400, 401, 404])
async def test_a_stranger_can_blame_neither_our_text_nor_the_token(
    bot: Bot, telegram: LoopbackTelegram, status: int
) -> None:
    telegram.script("sendMessage", page(status, "<html>Bad Request"))
    assert isinstance(await fault_of(bot), Unanswered)


async def test_no_error_of_the_transport_knows_the_token(bot: Bot, telegram: LoopbackTelegram) -> None:
    telegram.script("sendMessage", silence, drop, page(200, "odd"), page(500, "odd"))
    faults = [await fault_of(bot, read_timeout=0.05) for _ in range(4)]
    async with build_bot(TOKEN, api_url=telegram.url) as other:
        other._base_url = f"http://127.0.0.1:{closed_port()}/bot{TOKEN}"
        faults.append(await fault_of(other))
    for fault in faults:
        assert fault.__cause__ is None
        assert fault.__context__ is None
        assert TOKEN not in "".join(traceback.format_exception(fault)) + repr(fault)


def test_neither_the_transport_nor_its_timeouts_show_anything() -> None:
    request = AiohttpRequest(read_timeout=3)
    assert request.read_timeout == 3
    assert "AiohttpRequest object" in repr(request)


async def test_without_a_limit_a_call_waits(telegram: LoopbackTelegram) -> None:
    telegram.script("getMe", result(1))
    async with AiohttpRequest(read_timeout=None, pool_timeout=None) as request:
        assert await request.post(f"{telegram.url}/bot{TOKEN}/getMe", write_timeout=None) == 1


def test_a_character_without_utf8_becomes_a_question_mark() -> None:
    lone = RequestData([RequestParameter.from_input("text", "a\ud800b")])
    assert encode(lone)["data"] == b"text=a%3Fb"
    assert encode(None) == {}
    assert encode(RequestData())["data"] == b""


def test_an_error_of_the_system_while_sending_is_unanswered() -> None:
    assert isinstance(translate(OSError("broken pipe")), Unanswered)
    assert isinstance(translate(aiohttp.ClientPayloadError("short")), Unanswered)
