"""python-telegram-bot's HTTP transport over aiohttp; why not its own: DESIGN.md section 6.

An error of this transport says whether the request may have reached Telegram (`NotSent`, `Unanswered`). It carries no
URL, no cause and no context, since the bot's token is part of every URL and the library's texts quote them.
"""

import json
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram._utils.types import ODVInput  # the signature that BaseRequest asks for
from telegram.error import NetworkError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData
from yarl import URL

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PUBLIC_API = "https://api.telegram.org"
# These blame our text, or the token: either ends more than one send, so that only Telegram's own word counts.
BLAMING = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND)


class NotSent(NetworkError):  # noqa: N818 - a fate, as python-telegram-bot names its own (TimedOut, Forbidden)
    """The request certainly did not reach Telegram: no connection, or none free in time."""


class Unanswered(TimedOut):
    """The request may have reached Telegram, but no readable answer came."""


class AiohttpRequest(BaseRequest):
    """The transport that python-telegram-bot's `Bot` is given; a call waits for a free connection of the pool.

    Timeouts are in seconds, None waits without end; `media_write_timeout` stands for `write_timeout` at uploads; all
    together bound a call. The environment's proxies are not used, redirects not followed: either would see the token.
    """

    def __init__(
        self,
        pool_size: int = 128,
        *,
        read_timeout: float | None = 20,
        write_timeout: float | None = 5,
        connect_timeout: float | None = 10,
        pool_timeout: float | None = 5,
        media_write_timeout: float | None = 20,
    ) -> None:
        self._pool_size = pool_size
        self._read = read_timeout
        self._write = write_timeout
        self._connect = connect_timeout
        self._pool = pool_timeout
        self._media_write = media_write_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The default read timeout in seconds."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool; a second call changes nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=False,
            )

    async def shutdown(self) -> None:
        """Close the pool; what is in flight ends as Unanswered."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One exchange: HTTP status and body. Raises NotSent or Unanswered."""
        upload = request_data is not None and request_data.contains_files
        limits = client_timeout(
            read=given(read_timeout, self._read),
            write=given(write_timeout, self._media_write if upload else self._write),
            connect=given(connect_timeout, self._connect),
            pool=given(pool_timeout, self._pool),
        )
        status, body = await self._exchange(url, method, request_data, limits)
        if status in BLAMING and not is_telegrams(body):
            raise Unanswered(f"Somebody else than Telegram answered ({status}).")
        if status >= HTTPStatus.MULTIPLE_CHOICES:
            return status, error_body(body)
        if method == "POST" and b'"result"' not in body:
            raise Unanswered("Telegram's answer had no result.")
        return status, body

    async def _exchange(
        self,
        url: str,
        method: str,
        request_data: RequestData | None,
        limits: aiohttp.ClientTimeout,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NotSent("The connection to Telegram is closed.")
        try:
            async with self._session.request(
                method, URL(url, encoded=True), timeout=limits, allow_redirects=False, **encode(request_data)
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            fault = translate(error)
        # Raised out here, the fault has no context: the library's own error, which may quote the URL, ends above.
        raise fault

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as an object; raises Unanswered. It never logs the body: that may be a person's message."""
        try:
            answer = json.loads(payload)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise Unanswered("Telegram's answer could not be read.")
        return answer


def build_bot(token: str, *, api_url: str = PUBLIC_API, pool_size: int = 128) -> "ExtBot[None]":
    """A Bot on this transport, with a pool for calls and a connection of its own for getUpdates."""
    return ExtBot(
        token,
        base_url=f"{api_url.rstrip('/')}/bot",
        base_file_url=f"{api_url.rstrip('/')}/file/bot",
        request=AiohttpRequest(pool_size),
        get_updates_request=AiohttpRequest(1),
    )


def given(timeout: ODVInput[float], default: float | None) -> float | None:
    """The timeout of this call, or the default where the caller named none (None is a choice: no limit)."""
    return timeout if timeout is None or isinstance(timeout, int | float) else default


@lru_cache(maxsize=64)
def client_timeout(
    *, read: float | None, write: float | None, connect: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    """The library's own kind: its `connect` counts the wait for a free connection too; for writing it has none."""
    acquire = None if pool is None or connect is None else pool + connect
    total = None if acquire is None or read is None or write is None else acquire + write + read
    return aiohttp.ClientTimeout(total=total, connect=acquire, sock_connect=connect, sock_read=read)


def encode(request_data: RequestData | None) -> dict[str, Any]:
    """The body: a form, as multipart where there are files. A character that has no UTF-8 becomes a question mark."""
    if request_data is None:
        return {}
    if not request_data.contains_files:
        return {"data": urlencode(request_data.json_parameters, errors="replace").encode(), "headers": FORM}
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value.encode(errors="replace").decode())
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return {"data": form}


def error_body(body: bytes) -> bytes:
    """An error's body, or an empty object where it is not one of Telegram's: a stranger's page must not be quoted."""
    return body if is_telegrams(body) else b"{}"


def is_telegrams(body: bytes) -> bool:
    """Whether a body is a JSON object, as all of Telegram's answers are."""
    try:
        return isinstance(json.loads(body), dict)
    except ValueError:
        return False


def translate(error: Exception) -> NotSent | Unanswered:
    """Whether the request may have left us. The text names the kind of error only."""
    kind = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorError):
        return NotSent(f"Telegram could not be reached ({error.strerror or kind}).")
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NotSent("There was no connection to Telegram in time.")
    if isinstance(error, (ValueError, aiohttp.NonHttpUrlClientError)):
        return NotSent(f"The request could not be made ({kind}).")
    if isinstance(error, TimeoutError):
        return Unanswered("Telegram did not answer in time.")
    return Unanswered(f"The connection to Telegram broke before an answer came ({kind}).")
