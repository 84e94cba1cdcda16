"""The crowd behind HTTP, in a process of its own: what it costs must not count as the bot's.

It speaks as little HTTP as the bot's transport needs, and is no server for anybody else.
"""

import asyncio
import json
import multiprocessing
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from bot.sandbox.crowd import Crowd, Reply, Shares, Tally

TOKEN = "1000000001:simulation-only-not-a-secret-aaaaaa"  # noqa: S105 - nobody else's server takes it
ME = Reply(200, {"ok": True, "result": {"id": 1000000001, "is_bot": True, "first_name": "A", "username": "a_bot"}})
CHAT = re.compile(rb"(?:^|&)chat_id=(-?\d+)")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
PATIENCE_SECONDS = 10
ROOM = 16_384


class CrowdServer:
    """The crowd's process, from the other side."""

    def __init__(self, url: str, pipe: Connection) -> None:
        self.url = url
        self._pipe = pipe

    async def tally(self) -> Tally:
        """Ask for its counts; raises EOFError or OSError when it is gone."""
        self._pipe.send("tally")
        return Tally(**await asyncio.to_thread(self._pipe.recv))


@contextmanager
def open_crowd(size: int, shares: Shares, latency: float) -> Iterator[CrowdServer]:
    """Serve while the block runs; each call is answered after `latency` seconds."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    server = spawn.Process(target=serve_crowd, args=(there, size, shares, latency), daemon=True)
    server.start()
    there.close()
    try:
        yield CrowdServer(f"http://127.0.0.1:{here.recv()}", here)
    finally:
        here.close()
        server.join(PATIENCE_SECONDS)
        if server.is_alive():
            server.kill()
            server.join()
        server.close()


def serve_crowd(pipe: Connection, size: int, shares: Shares, latency: float) -> None:
    """What the process does, until nobody holds the other end of the pipe."""
    # Ctrl-C reaches us, too; whoever started us wants our counts first.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asyncio.run(serve_until_closed(pipe, Crowd(size, shares), latency))


async def serve_until_closed(pipe: Connection, crowd: Crowd, latency: float) -> None:
    """Tell our port, answer calls, and give the counts whenever they are asked for."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Calls(crowd, latency), "127.0.0.1", 0, backlog=1024)
    closed = asyncio.Event()

    def asked() -> None:
        try:
            pipe.recv()
            pipe.send(crowd.tally().as_dict())
        except (EOFError, OSError):
            loop.remove_reader(pipe.fileno())
            closed.set()

    pipe.send(server.sockets[0].getsockname()[1])
    loop.add_reader(pipe.fileno(), asked)
    await closed.wait()
    server.close()


class Calls(asyncio.BufferedProtocol):
    """One connection: a call at a time, as the bot makes them."""

    def __init__(self, crowd: Crowd, latency: float) -> None:
        self._crowd = crowd
        self._latency = latency
        self._room = bytearray(ROOM)
        self._heard = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP it is
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        """Whoever called has gone."""
        del error
        self._transport = None

    def get_buffer(self, sizehint: int) -> bytearray:
        """Where what comes next is put."""
        del sizehint
        return self._room

    def buffer_updated(self, nbytes: int) -> None:
        """Answer a call once it is whole."""
        self._heard += self._room[:nbytes]
        head, found, body = self._heard.partition(b"\r\n\r\n")
        length = LENGTH.search(head)
        if not found or len(body) < (int(length[1]) if length else 0):
            return
        self._heard = b""
        chat = CHAT.search(body)
        reply = self._crowd.answer(int(chat[1]), time.monotonic()) if chat else ME
        asyncio.get_running_loop().call_later(self._latency, self._give, reply)

    def _give(self, reply: Reply) -> None:
        if self._transport is None:
            return
        if reply.drop:
            self._transport.abort()
        elif reply.status:
            body = json.dumps(reply.body).encode()
            head = "HTTP/1.1 %d -\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            self._transport.write((head % (reply.status, len(body))).encode() + body)
