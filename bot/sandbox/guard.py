"""Keeps other web sites away from the sandbox: only this machine's own names, only its own pages."""

import re

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_ADDRESS = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::(?P<port>\d{1,5}))?")


class OwnHostOnly:
    """Starlette middleware: 403 for a Host that is not this machine with this port, and for a foreign Origin.

    A page elsewhere could otherwise reach the sandbox through the browser of whoever runs it, by a form or by a name
    that it points at 127.0.0.1.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] == "http" and not _is_own(scope):
            refusal = PlainTextResponse("The sandbox answers to 127.0.0.1 and localhost only.", status_code=403)
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_own(scope: Scope) -> bool:
    headers, port = Headers(scope=scope), (scope.get("server") or ("", 0))[1]
    origin = headers.get("origin")
    return _names(headers.get("host", ""), port) and (
        origin is None or (origin.startswith("http://") and _names(origin.removeprefix("http://"), port))
    )


def _names(address: str, port: int) -> bool:
    match = _ADDRESS.fullmatch(address)
    return match is not None and int(match["port"] or 80) == port
