"""The client against a real server on loopback."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.errors import FetchError, RefusedAddressError, StatusError, TooLargeError, TruncatedError
from bot.net import Client
from tests.net.server import Server, http, running


async def test_a_body_comes_whole_with_its_headers(client: Client, server: Server) -> None:
    server.answers["/feed"] = http(b"hello", Content_Type="text/plain; charset=utf-8")
    answer = await client.get(server.url("/feed"))
    assert (answer.status, answer.body, answer.url) == (200, b"hello", server.url("/feed"))
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert server.requests[0].headers["user-agent"] == "tests (+https://example.org)"


async def test_both_validators_go_back_byte_for_byte_and_304_is_an_answer(client: Client, server: Server) -> None:
    server.answers["/feed"] = [
        http(b"x", ETag='W/"a\xe9"b', Last_Modified="yesterday"),
        http(status="304 Not Modified"),
    ]
    first = await client.get(server.url("/feed"))
    second = await client.get(server.url("/feed"), etag=first.etag, last_modified=first.last_modified)
    assert (first.not_modified, second.not_modified, second.body) == (False, True, b"")
    assert server.requests[1].headers["if-none-match"] == 'W/"a\xe9"b'
    assert server.requests[1].headers["if-modified-since"] == "yesterday"


async def test_304_to_an_unconditional_question_is_a_failure(client: Client, server: Server) -> None:
    server.answers["/feed"] = http(status="304 Not Modified")
    with pytest.raises(StatusError, match="though nothing was compared"):
        await client.get(server.url("/feed"))


async def test_an_absurdly_long_validator_is_not_remembered(client: Client, server: Server) -> None:
    server.answers["/feed"] = http(b"x", ETag="e" * 2000)
    assert (await client.get(server.url("/feed"))).etag is None


async def test_a_permanent_redirect_is_told_and_a_temporary_one_is_not(client: Client, server: Server) -> None:
    server.answers["/new"] = http(b"x")
    server.answers["/301"] = http(status="301 Moved Permanently", Location="/new")
    server.answers["/308"] = http(status="308 Permanent Redirect", Location="/301")
    server.answers["/302"] = http(status="302 Found", Location="/301")
    server.answers["/mixed"] = http(status="301 Moved Permanently", Location="/302")
    assert (await client.get(server.url("/308"))).permanent_url == server.url("/new")
    assert (await client.get(server.url("/302"))).permanent_url is None
    assert (await client.get(server.url("/mixed"))).permanent_url == server.url("/302")


@pytest.mark.parametrize("location", ["/loop", ""])
async def test_endless_and_aimless_redirects_fail(client: Client, server: Server, location: str) -> None:
    server.answers["/loop"] = http(status="302 Found", Location=location)
    with pytest.raises(FetchError):
        await client.get(server.url("/loop"))
    assert len(server.requests) <= 6


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:{port}/",
        "http://2130706434:{port}/",
        "http://[::ffff:127.0.0.2]:{port}/",
        "//127.0.0.2:{port}/",
        "http://127.0.0.1@127.0.0.2:{port}/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "/" + "a" * 9000,
        "http://",
        "http://127.0.0.1:{port}x/",
    ],
)
async def test_a_redirect_into_the_house_is_refused(client: Client, server: Server, target: str) -> None:
    async with running("127.0.0.2") as canary:
        server.answers["/go"] = http(status="302 Found", Location=target.format(port=canary.port))
        with pytest.raises(FetchError):
            await client.get(server.url("/go"))
        assert canary.connections == 0


async def test_a_name_that_changes_its_mind_is_asked_once_and_the_checked_address_is_the_one_connected_to(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.net.address.is_public", lambda address: address == "127.0.0.1")
    answers = [["127.0.0.2"], ["127.0.0.1"]]

    async def fickle(_host: str, _port: int) -> list[str]:
        return answers.pop()

    server.answers["/"] = http(b"x", Connection="close")
    async with running("127.0.0.2") as canary, Client("t", pause=0, resolve=fickle) as client:
        assert (await client.get(f"http://fickle.example:{server.port}/")).body == b"x"
        assert len(answers) == 1
        with pytest.raises(RefusedAddressError, match="not a public address"):
            await client.get(f"http://fickle.example:{server.port}/")
    assert (server.connections, canary.connections) == (1, 0)


async def test_a_name_in_allow_hosts_may_be_private_and_is_sent_as_host(server: Server) -> None:
    async def at_home(_host: str, _port: int) -> list[str]:
        return ["::1", "127.0.0.1"]  # nothing listens on the first

    server.answers["/"] = http(b"x")
    async with Client("t", ["home.example"], resolve=at_home) as client:
        assert (await client.get(f"http://home.example:{server.port}/")).body == b"x"
        assert client.allows("http://HOME.example/feed")
        assert not client.allows("http://other.example/feed")
        assert not client.allows("nonsense")
    assert server.requests[0].headers["host"] == f"home.example:{server.port}"


async def test_a_name_that_does_not_resolve_is_said_plainly() -> None:
    async with Client("t", pause=0) as client:
        with pytest.raises(FetchError, match="does not resolve"):
            await client.get("http://no-such-host.invalid/")


async def test_nobody_listening_is_said_plainly() -> None:
    async with running() as gone:
        pass
    async with Client("t", [gone.name]) as other:
        with pytest.raises(FetchError, match="cannot be reached"):
            await other.get(gone.url())


async def test_a_declared_size_over_the_limit_is_refused_unread(client: Client, server: Server) -> None:
    server.answers["/big"] = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000000\r\nConnection: close\r\n\r\nabc"
    with pytest.raises(TooLargeError, match="10 MiB"):
        await client.get(server.url("/big"))


async def test_an_endless_body_is_stopped_at_the_limit(client: Client, server: Server) -> None:
    async def endless(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"1000\r\n" + b" " * 4096 + b"\r\n")
            await writer.drain()

    server.answers["/endless"] = endless
    with pytest.raises(TooLargeError):
        await client.get(server.url("/endless"), max_bytes=100_000)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\nConnection: close\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n",
    ],
)
async def test_a_body_that_ends_early_is_truncated(client: Client, server: Server, answer: bytes) -> None:
    server.answers["/"] = answer
    with pytest.raises(TruncatedError):
        await client.get(server.url())


async def test_a_connection_cut_in_the_body_is_truncated(client: Client, server: Server) -> None:
    async def cut(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nabc")
        await writer.drain()
        writer.transport.abort()

    server.answers["/"] = cut
    with pytest.raises(TruncatedError):
        await client.get(server.url())


@pytest.mark.parametrize("answer", [b"\x16\x03garbage connection: close", b"connection: close"])
async def test_what_is_no_http_is_a_plain_failure(client: Client, server: Server, answer: bytes) -> None:
    server.answers["/"] = answer
    with pytest.raises(FetchError, match="proper HTTP"):
        await client.get(server.url())


async def test_a_kept_connection_that_was_closed_is_replaced_once(client: Client, server: Server) -> None:
    async def hang_up(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        raise ConnectionResetError

    server.answers["/"] = [hang_up, http(b"x")]
    assert (await client.get(server.url())).body == b"x"


async def test_silence_ends_in_a_failure(client: Client, server: Server) -> None:
    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.read()

    server.answers["/"] = silent
    with pytest.raises(FetchError, match="stopped answering"):
        await client.get(server.url())


async def test_dripping_ends_at_the_total_deadline(client: Client, server: Server) -> None:
    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.02)

    server.answers["/"] = drip
    with pytest.raises(FetchError, match=r"longer than 0\.2 seconds"):
        await client.get(server.url(), deadline=0.2)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("403 Forbidden", "wall against bots"),
        ("404 Not Found", "nothing at this address"),
        ("410 Gone", "gone for good"),
        ("500 Oops", "server failed"),
        ("206 Partial Content", "status 206"),
        ("418 Teapot", "status 418"),
    ],
)
async def test_every_other_status_is_an_error_in_words(client: Client, server: Server, status: str, words: str) -> None:
    server.answers["/"] = http(b"a good feed", status=status)
    with pytest.raises(StatusError, match=words) as caught:
        await client.get(server.url())
    assert caught.value.status == int(status[:3])


async def test_retry_after_holds_the_whole_host(server: Server) -> None:
    async def public(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    server.answers["/a"] = http(status="429 Too Many Requests", Retry_After="120")
    async with Client("t", ["paced.example"], pause=0, resolve=public) as client:
        client._allow_hosts = frozenset()  # reachable through the transport, yet not exempt from pacing
        url = f"http://paced.example:{server.port}"
        with pytest.raises(StatusError) as first:
            await client.get(f"{url}/a")
        with pytest.raises(StatusError, match="asked us to wait") as second:
            await client.get(f"{url}/b")
    assert first.value.retry_after == timedelta(seconds=120)
    assert second.value.retry_after is not None
    assert len(server.requests) == 1


async def test_cookies_are_not_kept(client: Client, server: Server) -> None:
    server.answers["/"] = http(b"x", Set_Cookie="spy=1; Path=/")
    await client.get(server.url())
    await client.get(server.url())
    assert "cookie" not in server.requests[1].headers


async def test_a_proxy_from_the_environment_is_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.2:9")
    server.answers["/"] = http(b"x")
    async with Client("t", [server.name]) as fresh:
        assert (await fresh.get(server.url())).body == b"x"


async def test_no_address_is_logged(client: Client, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.answers["/?key=secret"] = http(b"x")
    with caplog.at_level(logging.INFO):
        await client.get(server.url("/?key=secret"))
    assert "secret" not in caplog.text


async def test_a_certificate_that_nobody_vouches_for_is_said_plainly(server: Server) -> None:
    async def not_tls(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        raise ConnectionResetError

    server.answers["/"] = not_tls
    async with Client("t", [server.name], read_timeout=0.5) as client:
        with pytest.raises(FetchError):
            await client.get(f"https://{server.name}/", deadline=2)
