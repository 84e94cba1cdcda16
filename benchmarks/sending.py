"""How fast one process sends: our transport and sender against raw aiohttp and python-telegram-bot's stock transport.

All in one run, against a loopback server in a process of its own that answers each request after 50 ms:
`python -m benchmarks.sending [--seconds 4] [--connections 128]`.
"""

import argparse
import asyncio
import multiprocessing
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection

import aiohttp
from telegram.constants import ParseMode
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.model.delivery import Fate
from bot.model.message import Button, Message
from bot.model.subscriber import ChatKey
from bot.sending import build_bot, send

TOKEN = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"
LATENCY_SECONDS = 0.05
WARM_UP_SECONDS = 1.0
MESSAGE = Message(
    "<b>Safety: poor.</b> " + "What the inspectors found, in their words. " * 20,
    ((Button("Read", "https://example.org"),),),
)
ME = b'{"ok":true,"result":{"id":123456,"is_bot":true,"first_name":"A","username":"alerts_bot"}}'
SENT = (
    b'{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":1,"type":"private","first_name":"A"},"text":"%b"}}'
    % (b"x" * 800)
)

Send = Callable[[int], Awaitable[object]]


@dataclass(frozen=True)
class Measured:
    per_second: float
    cpu_us: float


class SlowServer(asyncio.Protocol):
    """As little HTTP as will do, so that the server is not what is measured: it counts bytes and answers later."""

    def connection_made(self, transport):
        self.transport = transport
        self.buffer = b""

    def data_received(self, data):
        self.buffer += data
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = next(
            (int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0
        )
        if len(rest) < length:
            return
        self.buffer = rest[length:]
        body = ME if b"/getMe" in head.split(b"\r\n", 1)[0] else SENT
        asyncio.get_running_loop().call_later(LATENCY_SECONDS, self.answer, body)

    def answer(self, body):
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self.transport.write(head % len(body) + body)


def serve(port_to: Connection) -> None:
    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(SlowServer, "127.0.0.1", 0, backlog=1024)
        port_to.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(forever())


async def measure(send_one: Send, *, connections: int, seconds: float) -> Measured:
    async def keep_sending(until: float, chat: int) -> int:
        sent = 0
        while time.perf_counter() < until:
            await send_one(chat)
            sent += 1
        return sent

    async def all_for(duration: float) -> int:
        until = time.perf_counter() + duration
        return sum(await asyncio.gather(*[keep_sending(until, chat + 1) for chat in range(connections)]))

    await all_for(WARM_UP_SECONDS)
    began, cpu = time.perf_counter(), time.process_time()
    sent = await all_for(seconds)
    return Measured(sent / (time.perf_counter() - began), (time.process_time() - cpu) / sent * 1e6)


async def raw_aiohttp(house: AsyncExitStack, url: str, connections: int) -> Send:
    connector = aiohttp.TCPConnector(limit=connections)
    session = await house.enter_async_context(aiohttp.ClientSession(connector=connector))

    async def send_one(chat: int) -> object:
        form = {"chat_id": str(chat), "text": MESSAGE.text, "parse_mode": "HTML"}
        async with session.post(f"{url}/bot{TOKEN}/sendMessage", data=form) as response:
            return await response.json()

    return send_one


async def ours(house: AsyncExitStack, url: str, connections: int) -> Send:
    bot = await house.enter_async_context(build_bot(TOKEN, api_url=url, pool_size=connections))

    async def send_one(chat: int) -> None:
        receipt = await send(bot, ChatKey(chat), MESSAGE)
        assert receipt.fate is Fate.SENT, receipt

    return send_one


async def stock(house: AsyncExitStack, url: str, connections: int) -> Send:
    request = HTTPXRequest(connection_pool_size=connections, pool_timeout=60, read_timeout=60, connect_timeout=60)
    bot = await house.enter_async_context(ExtBot(TOKEN, base_url=f"{url}/bot", request=request))
    return lambda chat: bot.send_message(chat, MESSAGE.text, parse_mode=ParseMode.HTML)


async def compare(url: str, connections: int, seconds: float) -> dict[str, Measured]:
    """The better of two rounds each, in turn, so that a neighbour's busy moment spoils none of them alone."""
    measured: dict[str, Measured] = {}
    for name, open_way in [("raw aiohttp", raw_aiohttp), ("ours", ours), ("stock transport", stock)] * 2:
        async with AsyncExitStack() as house:
            send_one = await open_way(house, url, connections)
            one = await measure(send_one, connections=connections, seconds=seconds)
        measured[name] = max(measured.get(name, one), one, key=lambda found: found.per_second)
    return measured


def main(seconds: float = 4, connections: int = 128) -> dict[str, Measured]:
    """Measure and print; returns what was measured, by name."""
    spawn = multiprocessing.get_context("spawn")
    port_here, port_there = spawn.Pipe(duplex=False)
    server = spawn.Process(target=serve, args=(port_there,), daemon=True)
    server.start()
    try:
        measured = asyncio.run(compare(f"http://127.0.0.1:{port_here.recv()}", connections, seconds))
    finally:
        server.terminate()
        server.join()
    raw, stock_rate = measured["raw aiohttp"].per_second, measured["stock transport"].per_second
    print(f"{connections} connections, answers after {LATENCY_SECONDS * 1000:.0f} ms")
    for name, one in measured.items():
        ratios = f"{one.per_second / raw:5.2f} of raw, {one.per_second / stock_rate:5.1f} x stock"
        print(f"{name:16} {one.per_second:7.0f} messages/s  {one.cpu_us:7.0f} us CPU each  {ratios}")
    return measured


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--connections", type=int, default=128)
    main(**vars(parser.parse_args()))
