"""A feed fetched from a real server and parsed in a real worker."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import FeedEndedError, ParseError, StatusError
from bot.feeds import fetch_feed
from bot.model.feed import FeedState
from bot.net import Client
from bot.workers import Workers
from tests.builders import a_feed, a_feed_spec
from tests.feeds.bodies import item, rss
from tests.net.server import Server, http, running


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with running() as started:
        yield started


@pytest.fixture
async def client(server: Server) -> AsyncIterator[Client]:
    async with Client("tests", [server.name], read_timeout=2) as opened:
        yield opened


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    opened = Workers()
    yield opened
    await opened.close()


def feed_at(server: Server, path: str = "/feed", **changes: object) -> FeedState:
    return a_feed(spec=a_feed_spec(url=server.url(path)), **changes)


async def test_a_feed_is_fetched_parsed_and_signed(client: Client, workers: Workers, server: Server) -> None:
    body = rss(item(), extra="<ttl>30</ttl>")
    server.answers["/feed"] = http(body, ETag='"1"', Last_Modified="then", Cache_Control="max-age=60")
    got = await fetch_feed(client, workers, feed_at(server))
    [entry] = got.entries
    assert (entry.id, entry.source, entry.kind) == ("g1", "Inspectorate", "inspectorate")
    assert (got.status, got.etag, got.last_modified, got.identity_rule) == ("entries", '"1"', "then", "guid")
    assert (got.ttl, got.moved_to, got.title) == (timedelta(minutes=30), None, "Sample & Sons")


async def test_validators_go_out_and_304_keeps_them(client: Client, workers: Workers, server: Server) -> None:
    server.answers["/feed"] = http(status="304 Not Modified", Last_Modified="later")
    feed = feed_at(server, etag='"1"', last_modified="then", identity_rule="guid")
    got = await fetch_feed(client, workers, feed)
    assert (got.status, got.etag, got.last_modified, got.identity_rule) == ("not_modified", '"1"', "later", "guid")
    assert server.requests[0].headers["if-none-match"] == '"1"'


async def test_a_whole_answer_replaces_validators_even_by_none(
    client: Client, workers: Workers, server: Server
) -> None:
    server.answers["/feed"] = http(rss(item()))
    got = await fetch_feed(client, workers, feed_at(server, etag='"1"'))
    assert (got.etag, got.last_modified) == (None, None)


async def test_once_a_day_everything_is_asked_for(client: Client, workers: Workers, server: Server) -> None:
    server.answers["/feed"] = http(rss(item()))
    feed = feed_at(server, etag='"1"', last_polled_at=datetime.now(UTC) - timedelta(days=2))
    await fetch_feed(client, workers, feed)
    await fetch_feed(client, workers, feed, conditional=True)
    assert [("if-none-match" in request.headers) for request in server.requests] == [False, True]


async def test_the_first_poll_is_never_conditional(client: Client, workers: Workers, server: Server) -> None:
    server.answers["/feed"] = http(rss(item()))
    await fetch_feed(client, workers, feed_at(server, etag='"1"', history_at=None))
    assert "if-none-match" not in server.requests[0].headers


async def test_a_move_is_told_only_once_the_new_place_parsed(client: Client, workers: Workers, server: Server) -> None:
    server.answers["/feed"] = http(status="301 Moved Permanently", Location="/new")
    server.answers["/new"] = [http(b"<html></html>"), http(rss(item()))]
    with pytest.raises(ParseError, match="web page"):
        await fetch_feed(client, workers, feed_at(server))
    assert (await fetch_feed(client, workers, feed_at(server))).moved_to == server.url("/new")


async def test_a_new_place_that_vanished_sends_us_back_to_the_first(
    client: Client, workers: Workers, server: Server
) -> None:
    server.answers["/feed"] = http(rss(item()))
    moved = feed_at(server, fetch_url=server.url("/gone"))
    assert (await fetch_feed(client, workers, moved)).moved_to == server.url("/feed")
    with pytest.raises(StatusError):
        await fetch_feed(client, workers, feed_at(server, "/missing"))


async def test_a_new_place_that_fails_again_and_again_sends_us_back_too(
    client: Client, workers: Workers, server: Server
) -> None:
    server.answers["/feed"] = http(rss(item()))
    server.answers["/sold"] = http(b"<html></html>")
    moved = feed_at(server, fetch_url=server.url("/sold"), failures=3)
    assert (await fetch_feed(client, workers, moved)).moved_to == server.url("/feed")
    with pytest.raises(ParseError):
        await fetch_feed(client, workers, feed_at(server, fetch_url=server.url("/sold"), failures=2))


async def test_a_new_place_that_works_stays(client: Client, workers: Workers, server: Server) -> None:
    server.answers["/new"] = http(rss(item()))
    assert (await fetch_feed(client, workers, feed_at(server, fetch_url=server.url("/new")))).moved_to is None


async def test_a_feed_that_is_gone_for_good_or_says_so_has_ended(
    client: Client, workers: Workers, server: Server
) -> None:
    server.answers["/feed"] = http(status="410 Gone")
    with pytest.raises(FeedEndedError, match="410"):
        await fetch_feed(client, workers, feed_at(server))
    server.answers["/feed"] = http(rss(item(title="This feed has ended")))
    with pytest.raises(FeedEndedError, match="in the feed itself"):
        await fetch_feed(client, workers, feed_at(server))


async def test_a_new_place_that_fails_otherwise_is_not_left(client: Client, workers: Workers, server: Server) -> None:
    server.answers["/new"] = http(status="503 Service Unavailable")
    with pytest.raises(StatusError, match="503"):
        await fetch_feed(client, workers, feed_at(server, fetch_url=server.url("/new")))


async def test_the_same_body_again_is_nothing_new_until_everything_is_asked_for(
    client: Client, workers: Workers, server: Server
) -> None:
    server.answers["/feed"] = http(rss(item(), extra="<ttl>30</ttl>"))
    first = await fetch_feed(client, workers, feed_at(server))
    assert first.digest
    server.answers["/feed"] = http(rss(item(), extra="<ttl>30</ttl>"), ETag='"2"')
    known = feed_at(server, etag='"1"', identity_rule="guid", body_digest=first.digest, ttl=first.own_ttl)
    again = await fetch_feed(client, workers, known)
    assert (again.status, again.entries, again.etag, again.digest) == ("not_modified", (), '"2"', first.digest)
    assert (again.ttl, again.identity_rule) == (timedelta(minutes=30), "guid")
    assert (await fetch_feed(client, workers, known, conditional=False)).entries == first.entries
    assert (await fetch_feed(client, workers, replace(known, history_at=None))).entries == first.entries


async def test_a_body_known_from_another_address_tells_that_the_feed_moved(
    client: Client, workers: Workers, server: Server
) -> None:
    server.answers["/new"] = http(rss(item()))
    first = await fetch_feed(client, workers, feed_at(server, "/new"))
    server.answers["/feed"] = http(status="301 Moved Permanently", Location="/new")
    got = await fetch_feed(client, workers, feed_at(server, body_digest=first.digest))
    assert (got.status, got.moved_to) == ("entries", server.url("/new"))
