"""The seam to the network: a name is resolved once, checked, and the very address that was checked is connected to."""

from collections.abc import Collection, Iterable

import httpcore
import httpx
from httpcore._backends.anyio import AnyIOBackend

from bot.errors import FetchError
from bot.net.address import Resolve, choose_addresses

CONNECT_SECONDS = 8.0


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """httpcore's way to the network with the address guard in it. TLS still verifies, and names, the host itself."""

    def __init__(self, allow_hosts: Collection[str], resolve: Resolve) -> None:
        self._allow_hosts = allow_hosts
        self._resolve = resolve
        self._inner = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first of the host's checked addresses that answers."""
        addresses = await choose_addresses(host, port, allow_hosts=self._allow_hosts, resolve=self._resolve)
        share = min(CONNECT_SECONDS, timeout or CONNECT_SECONDS) / max(1, len(addresses[:3]))
        failure: Exception = httpcore.ConnectError("no address")
        for address in addresses[:3]:
            try:
                return await self._inner.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(self, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        """Refused: nothing from outside lives in a file."""
        raise FetchError("only http and https addresses are fetched")

    async def sleep(self, seconds: float) -> None:
        """Wait, as httpcore asks between its own retries."""
        await self._inner.sleep(seconds)


def guarded_transport(allow_hosts: Collection[str], resolve: Resolve, *, connections: int) -> httpx.AsyncHTTPTransport:
    """The transport of httpx over the guarded backend; httpx takes no backend, so its pool is put in place here."""
    transport = httpx.AsyncHTTPTransport(trust_env=False)
    context = httpx.create_ssl_context(trust_env=False)
    transport._pool = httpcore.AsyncConnectionPool(  # noqa: SLF001 -- see the docstring; a test fails if this stops working
        ssl_context=context,
        max_connections=connections,
        max_keepalive_connections=min(connections, 20),
        keepalive_expiry=15.0,
        network_backend=GuardedBackend(allow_hosts, resolve),
    )
    return transport
