"""Opens a web application on a port, inside the running event loop, and closes it cleanly.

uvicorn serves; it takes over no signals (the bot's own shutdown does that) and writes no log of its own, since the
token is part of every address of the Bot API.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.errors import AlertsError

_GRACE = 0.2
_STEP = 0.005
# Longer than clients keep idle connections: one closed under a call would look like a lost answer.
_KEEP_ALIVE = 120


@dataclass(frozen=True, slots=True)
class Address:
    """Where an application is served."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """As http://host:port, without a slash at the end."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"


class _Protocol(H11Protocol):
    """Lets the application end its connection, which ASGI has no word for."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


async def drop_connection(scope: Scope) -> None:
    """End the connection that this request came by, with no answer."""
    scope["state"]["transport"].abort()
    await asyncio.sleep(0)  # the server learns of it in the loop's next round


class _Stoppable:
    """Ends requests that still wait when the server stops: long polls would keep it open."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.running: set[asyncio.Task[None]] = set()
        self.stopping = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        task = asyncio.ensure_future(self._run(scope, receive, send))
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        try:
            await task
        except asyncio.CancelledError:
            if not self.stopping:
                task.cancel()
                raise
            await drop_connection(scope)

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)

    async def stop(self) -> None:
        """Give running requests a moment, then end them."""
        self.stopping = True
        if self.running:
            await asyncio.wait(self.running, timeout=_GRACE)
        for task in self.running:
            task.cancel()


@contextlib.asynccontextmanager
async def serve(
    app: ASGIApp, host: str = "127.0.0.1", port: int = 0, *, setting: str = "sandbox.port"
) -> AsyncIterator[Address]:
    """Serve while the block runs; yields the real address (port 0 gives a free one).

    Raises AlertsError if the port cannot be had; `setting` is the key to change then.
    """
    stoppable = _Stoppable(app)
    listener = _listen(host, port, setting)
    config = uvicorn.Config(
        stoppable,
        http=_Protocol,
        ws="none",
        log_config=None,
        access_log=False,
        date_header=False,
        timeout_keep_alive=_KEEP_ALIVE,
    )
    server = uvicorn.Server(config)
    config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    try:
        yield Address(host, listener.getsockname()[1])
    finally:
        await _stop(server, stoppable)


async def _stop(server: uvicorn.Server, stoppable: _Stoppable) -> None:
    for listener in server.servers:
        listener.close()
    connections = server.server_state.connections
    for connection in list(connections):
        connection.shutdown()
    await stoppable.stop()
    deadline = asyncio.get_running_loop().time() + _GRACE
    while connections and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110 - uvicorn tells nobody when one is gone
        await asyncio.sleep(_STEP)
    await server.lifespan.shutdown()


def _listen(host: str, port: int, setting: str) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        why = error.strerror or str(error)
        fix = f"stop the program that holds it, or set {setting} to another number"
        raise AlertsError(f"Port {port} of {host} cannot be used ({why}): {fix}.") from error
    return listener
