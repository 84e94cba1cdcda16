"""Which addresses are public."""

import httpcore
import pytest

from bot.errors import FetchError, RefusedAddressError
from bot.net.address import choose_addresses, is_allowed, is_public, port_of, read_url, resolve
from bot.net.transport import GuardedBackend


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "2002:5db8:d822::1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- the address under test
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "not an address",
    ],
)
def test_others_are_not(address: str) -> None:
    assert not is_public(address)


async def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    async def mixed(_host: str, _port: int) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    async def none(_host: str, _port: int) -> list[str]:
        return []

    for answer in (mixed, none):
        with pytest.raises(RefusedAddressError):
            await choose_addresses("x.example", 80, allow_hosts=(), resolve=answer)
    assert await choose_addresses("x.example", 80, allow_hosts=("x.example:80",), resolve=mixed) == await mixed("", 0)


def test_allow_hosts_names_a_host_with_or_without_its_port() -> None:
    assert is_allowed("Feeds.Example.", 81, {"feeds.example"})
    assert is_allowed("127.0.0.1", 81, {"127.0.0.1:81"})
    assert is_allowed("::1", 81, {"[::1]:81"})
    assert not is_allowed("127.0.0.1", 82, {"127.0.0.1:81"})


def test_a_url_is_read_with_its_port_and_without_its_fragment() -> None:
    assert str(read_url("https://example.org/a b#c")) == "https://example.org/a%20b"
    assert [port_of(read_url(url)) for url in ("http://a/", "https://a/", "http://a:8/")] == [80, 443, 8]


@pytest.mark.parametrize(
    "url", ["", "feed", "ftp://a/", "http://", "http://u:p@a/", "http://[::1", "http://a:99999999/"]
)
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddressError):
        read_url(url)


async def test_a_host_is_resolved_by_the_system_once_per_address() -> None:
    assert await resolve("127.0.0.1", 80) == ["127.0.0.1"]
    with pytest.raises(FetchError, match="does not resolve"):
        await resolve("no-such-host.invalid", 80)


async def test_the_backend_opens_no_unix_sockets_and_can_wait() -> None:
    backend = GuardedBackend((), resolve)
    assert isinstance(backend, httpcore.AsyncNetworkBackend)
    await backend.sleep(0)
    with pytest.raises(FetchError):
        await backend.connect_unix_socket("/run/x.sock")
