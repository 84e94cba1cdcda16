"""POST /telegram/<secret path>: where Telegram brings updates. It is answered once the update's callback has ended."""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

HEADER = "X-Telegram-Bot-Api-Secret-Token"
PREFIX = "/telegram/"
# The longest text message of four bytes a letter, escaped, with its entities and all it replies to is far below.
MOST_BYTES = 1024 * 1024


def secret_path(secret: str) -> str:
    """The address's path, which nobody can guess without the secret and which does not give it away."""
    return PREFIX + hmac.new(secret.encode(), b"the webhook's path", hashlib.sha256).hexdigest()[:40]


def webhook_route(secret: str, take: Callable[[object], Awaitable[bool]]) -> Route:
    """The route; `take` answers an update and says whether it may be forgotten. Until then Telegram brings it again."""

    async def endpoint(request: Request) -> Response:
        if not is_telegram(request, secret):
            return Response(status_code=404)
        try:
            body = await read_body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
        except ValueError:
            return Response(status_code=400)
        return Response(status_code=200 if await take(update) else 503)

    return Route(PREFIX + "{path}", endpoint, methods=["POST"])


def is_telegram(request: Request, secret: str) -> bool:
    """Whether both the path and the header are right; how long it takes tells nothing about either."""
    path = hmac.compare_digest(request.url.path.encode(), secret_path(secret).encode())
    header = hmac.compare_digest(request.headers.get(HEADER, "").encode(), secret.encode())
    return path and header


async def read_body(request: Request) -> bytes | None:
    """The body; None where it is larger than any update."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)
