"""A small loopback HTTP server: raw answers by path, and what it was asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Answer = bytes | Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Request:
    """One request as it came."""

    path: str
    headers: dict[str, str]


@dataclass
class Server:
    """`answers` by path: whole answers as bytes, a list of them in turn, or a coroutine that writes."""

    host: str = "127.0.0.1"
    port: int = 0
    answers: dict[str, Answer | list[Answer]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.name}{path}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await self.answer(head.decode("latin-1"), reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def answer(self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        path = first.split(" ")[1]
        self.requests.append(Request(path, headers))
        answer = self.answers.get(path, http(b"nothing here", status="404 Not Found"))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if not isinstance(answer, bytes):
            await answer(reader, writer)
        else:
            writer.write(answer)
            await writer.drain()
        if b"connection: close" in (answer if isinstance(answer, bytes) else b"connection: close").lower():
            raise ConnectionResetError


def http(body: bytes = b"", *, status: str = "200 OK", length: bool = True, **headers: str) -> bytes:
    """A whole answer; header names are given with underscores."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}"] if length else ["Connection: close"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


@asynccontextmanager
async def running(host: str = "127.0.0.1") -> AsyncIterator[Server]:
    """A server on a free port."""
    server = Server(host=host)
    listening = await asyncio.start_server(server.serve, host, 0)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()
