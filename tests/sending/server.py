"""A loopback Bot API whose answers a test scripts, one per request; unscripted calls get a plain good answer."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
BOT = {"id": 123456, "is_bot": True, "first_name": "Alerts", "username": "alerts_bot"}

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Call:
    method: str
    fields: dict[str, str]
    files: dict[str, tuple[str, bytes]]
    headers: dict[str, str]


def result(value: object) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": value})

    return answer


def refusal(status: int, description: str, **parameters: int) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        body = {"ok": False, "error_code": status, "description": description}
        return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=status)

    return answer


def page(status: int, text: str) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=text, content_type="text/html", headers={"Location": "/elsewhere"})

    return answer


async def silence(_: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def drop(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@dataclass
class LoopbackTelegram:
    """`updates` wait to be polled; `offsets` are what getUpdates was asked from, in order."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    updates: list[Any] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    scripts: dict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def script(self, method: str, *answers: Answer) -> None:
        self.scripts[method].extend(answers)

    def publish(self, *updates: Any) -> None:
        self.updates.extend(updates)
        self.news.set()

    def called(self, method: str) -> list[dict[str, str]]:
        return [call.fields for call in self.calls if call.method == method]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        call = await read_call(method, request)
        self.calls.append(call)
        if method == "getUpdates":
            self.offsets.append(int(call.fields.get("offset", 0)))
        if self.scripts[method]:
            return await self.scripts[method].popleft()(request)
        if method == "getUpdates":
            return await result(await self.poll(call))(request)
        if method == "sendMessage":
            chat = {"id": int(call.fields["chat_id"]), "type": "private"}
            return await result({"message_id": len(self.calls), "date": 0, "chat": chat, "text": "sent"})(request)
        return await result(BOT if method == "getMe" else True)(request)

    async def poll(self, call: Call) -> list[Any]:
        offset = int(call.fields.get("offset", 0))
        self.updates = [u for u in self.updates if not isinstance(u, dict) or u.get("update_id", offset) >= offset]
        if not self.updates:
            self.news.clear()
            try:
                await asyncio.wait_for(self.news.wait(), float(call.fields.get("timeout", 0)))
            except TimeoutError:
                return []
        return self.updates[: int(call.fields.get("limit", 100))]


async def read_call(method: str, request: web.Request) -> Call:
    fields, files = {}, {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read())
        else:
            fields[name] = str(value)
    return Call(method, fields, files, dict(request.headers))


@asynccontextmanager
async def telegram_on_loopback() -> AsyncIterator[LoopbackTelegram]:
    telegram = LoopbackTelegram()
    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", telegram.serve)
    application.router.add_get("/file/bot{token}/{path}", page(200, "a file"))
    runner = web.AppRunner(application, shutdown_timeout=0.05, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    telegram.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield telegram
    finally:
        await runner.cleanup()


async def until(condition: Callable[[], object]) -> None:
    """Wait for it; a test that waits in vain ends by its own time limit."""
    while not condition():  # noqa: ASYNC110 - the condition belongs to code that knows of no event
        await asyncio.sleep(0.005)


def loads(text: str) -> Any:
    return json.loads(text)
