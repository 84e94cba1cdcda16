"""The guarded client: sizes, times, addresses, redirects and politeness in one place."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Self
from urllib.parse import urljoin

import httpx

from bot.errors import FetchError, StatusError
from bot.net import address
from bot.net.body import ACCEPT_ENCODING, Body, too_large
from bot.net.pace import Pace
from bot.net.response import Response, read_retry_after
from bot.net.transport import guarded_transport
from bot.net.words import fetch_failure, status_failure

MOST_BYTES = 10 * 1024 * 1024
MOST_REDIRECTS = 5
TEMPORARY, PERMANENT = frozenset({302, 303, 307}), frozenset({301, 308})
READ, NOT_MODIFIED = frozenset({200, 203}), 304
ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, */*;q=0.8"
BEFORE_THE_ANSWER = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


@dataclass(slots=True)
class Budget:
    """The seconds that a fetch may spend on the network over all its hops; waiting for a turn is not counted."""

    left: float

    @asynccontextmanager
    async def spend(self) -> AsyncIterator[None]:
        """Count the time within; raises TimeoutError when the budget is gone."""
        clock = asyncio.get_running_loop()
        started = clock.time()
        try:
            async with asyncio.timeout(self.left):
                yield
        finally:
            self.left -= clock.time() - started


@dataclass(frozen=True, slots=True)
class Redirect:
    """A hop elsewhere."""

    status: int
    target: str


class Client:
    """One guarded HTTP client; use it as an async context manager and share it.

    `allow_hosts` ("host" or "host:port") may be private, and are exempt from the pause and the per-host limit.
    `concurrency` bounds the requests under way, `pause` is the least time in seconds between two to one host.
    """

    def __init__(
        self,
        user_agent: str,
        allow_hosts: Collection[str] = (),
        *,
        concurrency: int = 16,
        pause: float = 1.0,
        read_timeout: float = 15.0,
        resolve: address.Resolve = address.resolve,
    ) -> None:
        self.user_agent = user_agent
        self._allow_hosts = frozenset(host.lower() for host in allow_hosts)
        self._pace = Pace(pause)
        self._slots = asyncio.Semaphore(concurrency)
        self._inner = httpx.AsyncClient(
            transport=guarded_transport(self._allow_hosts, resolve, connections=concurrency),
            headers={"User-Agent": user_agent, "Accept-Encoding": ACCEPT_ENCODING},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=httpx.Timeout(read_timeout, pool=None),
            trust_env=False,
        )
        logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it writes whole addresses, keys in them too

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        await self._inner.aclose()

    def allows(self, url: str) -> bool:
        """Whether this address is on a host of `allow_hosts`: it is polled exactly as often as asked."""
        try:
            parsed = address.read_url(url)
        except FetchError:
            return False
        return address.is_allowed(parsed.host, address.port_of(parsed), self._allow_hosts)

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        max_bytes: int = MOST_BYTES,
        deadline: float = 30.0,
        accept: str = ACCEPT,
    ) -> Response:
        """Fetch a whole body, following at most 5 redirects; each hop's address is checked.

        Both validators go out verbatim. `max_bytes` limits the body as sent and as unfolded, `deadline` the seconds on
        the network in all. Raises the FetchError family, each with a reason in plain words; only 200, 203 and an asked
        for 304 are answers, all else is a StatusError.
        """
        asked = [("Accept", accept), ("If-None-Match", etag), ("If-Modified-Since", last_modified)]
        headers = [(name.encode(), value.encode("latin-1", "ignore")) for name, value in asked if value]
        try:
            return await self._follow(url, headers, max_bytes, Budget(deadline))
        except TimeoutError as error:
            raise FetchError(f"the server took longer than {deadline:g} seconds in all") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError, OSError) as error:
            raise fetch_failure(error) from error

    async def post_json(
        self, url: str, value: object, *, headers: Mapping[str, str], max_bytes: int, deadline: float
    ) -> Response:
        """Send a JSON value and fetch the answer, guarded as `get` is; no redirect is followed: `headers` are secret.

        Raises the FetchError family, each with a reason in plain words.
        """
        try:
            target = address.read_url(url)
            request = self._inner.build_request("POST", target, json=value, headers=headers)
            async with self._turn(target), self._slots, Budget(deadline).spend():
                answer = await self._inner.send(request, stream=True)
                try:
                    taken = await self._take(answer, [], max_bytes)
                finally:
                    await answer.aclose()
        except TimeoutError as error:
            raise FetchError(f"the server took longer than {deadline:g} seconds in all") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ValueError, OSError) as error:
            raise fetch_failure(error) from error
        if isinstance(taken, Redirect):
            raise FetchError("the server sends us elsewhere, where nothing is sent on to")
        return taken

    async def _follow(self, url: str, headers: list[tuple[bytes, bytes]], max_bytes: int, budget: Budget) -> Response:
        current, permanent, permanent_url = address.read_url(url), True, None
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self._hop(current, headers, max_bytes, budget)
            if isinstance(answer, Response):
                return Response(
                    status=answer.status,
                    url=answer.url,
                    headers=answer.headers,
                    body=answer.body,
                    permanent_url=permanent_url,
                )
            current = address.read_url(urljoin(str(current), answer.target))
            permanent = permanent and answer.status in PERMANENT
            permanent_url = str(current) if permanent else permanent_url
        raise FetchError(f"the address leads through more than {MOST_REDIRECTS} redirects")

    async def _hop(
        self, url: httpx.URL, headers: list[tuple[bytes, bytes]], max_bytes: int, budget: Budget
    ) -> Response | Redirect:
        async with self._turn(url), self._slots, budget.spend():
            answer = await self._send(url, headers)
            try:
                return await self._take(answer, headers, max_bytes)
            finally:
                await answer.aclose()

    @asynccontextmanager
    async def _turn(self, url: httpx.URL) -> AsyncIterator[None]:
        if address.is_allowed(url.host, address.port_of(url), self._allow_hosts):
            yield
            return
        async with self._pace.turn(url.host):
            yield

    async def _send(self, url: httpx.URL, headers: list[tuple[bytes, bytes]]) -> httpx.Response:
        """Send the request, once more where a kept connection turned out to be closed."""
        try:
            return await self._inner.send(self._inner.build_request("GET", url, headers=headers), stream=True)
        except BEFORE_THE_ANSWER:
            return await self._inner.send(self._inner.build_request("GET", url, headers=headers), stream=True)

    async def _take(
        self, answer: httpx.Response, sent: list[tuple[bytes, bytes]], max_bytes: int
    ) -> Response | Redirect:
        """What one answer means."""
        status, headers = answer.status_code, read_headers(answer)
        if status in TEMPORARY | PERMANENT:
            if not headers.get("location"):
                raise FetchError("the server sends us elsewhere without saying where")
            return Redirect(status, headers["location"])
        if status == NOT_MODIFIED and any(name.startswith(b"If-") for name, _ in sent):
            return Response(status=status, url=str(answer.url), headers=headers)
        if status not in READ:
            raise self._refused(answer.url, status, headers)
        return Response(
            status=200, url=str(answer.url), headers=headers, body=await read_body(answer, headers, max_bytes)
        )

    def _refused(self, url: httpx.URL, status: int, headers: dict[str, str]) -> StatusError:
        wait = read_retry_after(headers.get("retry-after"), datetime.now(UTC))
        if wait and not address.is_allowed(url.host, address.port_of(url), self._allow_hosts):
            self._pace.hold(url.host, wait)
        return StatusError(status_failure(status), status=status, retry_after=wait)


def read_headers(answer: httpx.Response) -> dict[str, str]:
    """Headers by lower-case name, Latin-1, so that a value can be sent back byte for byte."""
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers.raw}


async def read_body(answer: httpx.Response, headers: dict[str, str], max_bytes: int) -> bytes:
    """The unfolded body; raises TooLargeError from the header alone where that tells."""
    declared = headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:18]) > max_bytes:
        raise too_large(max_bytes)
    body = Body(headers.get("content-encoding", ""), max_bytes)
    async for chunk in answer.aiter_raw():
        body.add(chunk)
    return body.finish()
