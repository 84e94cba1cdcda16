"""Which addresses may be contacted: http and https to public hosts, or to hosts that the configuration names."""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Collection

import httpx

from bot.errors import FetchError, RefusedAddressError

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""(host, port) -> its addresses as text, best first."""

LONGEST_URL = 8192
HIGHEST_PORT = 65535
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address


def read_url(url: str) -> httpx.URL:
    """The address as parsed; raises RefusedAddressError where it is not a plain http(s) address."""
    if len(url) > LONGEST_URL:
        raise RefusedAddressError(f"the address is {len(url)} characters long; at most {LONGEST_URL} are accepted")
    try:
        parsed = httpx.URL(url)
        host = parsed.raw_host
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise RefusedAddressError("the address cannot be read; check it for misspellings") from error
    if parsed.scheme not in {"http", "https"}:
        raise RefusedAddressError(f"only http and https addresses are fetched, not {parsed.scheme or 'relative'} ones")
    if port_of(parsed) > HIGHEST_PORT:
        raise RefusedAddressError("the address names a port that does not exist")
    if not host:
        raise RefusedAddressError("the address names no host")
    if parsed.userinfo:
        raise RefusedAddressError("the address holds a user name or password; such addresses are not fetched")
    return parsed.copy_with(fragment=None)


def port_of(url: httpx.URL) -> int:
    """The port that will be contacted."""
    return url.port or (443 if url.scheme == "https" else 80)


def is_allowed(host: str, port: int, allow_hosts: Collection[str]) -> bool:
    """Whether the configuration names this host, with or without the port: "host" or "host:port"."""
    bare = host.lower().strip("[]").rstrip(".")
    name = f"[{bare}]" if ":" in bare else bare
    return bare in allow_hosts or name in allow_hosts or f"{name}:{port}" in allow_hosts


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet; an IPv4 address hidden in an IPv6 one is what counts."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        hidden = (
            ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in NAT64 else None)
        )
        if hidden is not None:
            return is_public(str(hidden))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


async def resolve(host: str, port: int) -> list[str]:
    """The system's answer for a host; raises FetchError where there is none."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {host} has no address: its name does not resolve") from error
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


async def choose_addresses(host: str, port: int, *, allow_hosts: Collection[str], resolve: Resolve) -> list[str]:
    """The addresses that may be connected to for this host; raises RefusedAddressError if any of them is not public.

    The caller connects to one of these and asks no resolver again, so a name that changes its mind gains nothing.
    """
    addresses = await resolve(host, port)
    if is_allowed(host, port, allow_hosts):
        return addresses
    if not addresses or not all(is_public(address) for address in addresses):
        raise RefusedAddressError(
            f"{host} is not a public address; if you trust it, name it in fetch.allow_hosts",
        )
    return addresses
