"""The second ear: what a source's page shows and its feed does not bring."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

from sqlalchemy import select, text

from bot.errors import FetchError
from bot.feeds import ListedLink, fetch_feed, list_links
from bot.feeds.identity import canonical
from bot.flows.second_ear import SecondEar
from bot.model.entry import Entry
from bot.model.feed import FeedSpec
from bot.model.story import StoryState
from bot.net import Client
from bot.store import Store
from bot.store.schema import cards, entries, feeds
from bot.workers import Workers
from tests.builders import NOON, a_feed_spec, an_entry
from tests.fakes import WorkersHere
from tests.feeds.bodies import item, rss
from tests.flows.pipeline import Pipeline
from tests.net.server import http, running

PAGE = "https://inspectorate.example/reports/"
SPEC = a_feed_spec(index_url=PAGE)
URL = SPEC.url


class Ear:
    """The ear beside a pipeline, with the page in the test's hands: title by address, or the error of reading it."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.page: dict[str, str] | Exception = {}
        self.compared: Sequence[str] = ()
        self.flow = SecondEar(
            store=pipeline.store,
            matcher=pipeline.poll.matcher,
            look=self.look,
            now=lambda: pipeline.now,
            wake=pipeline.woken.append,
            exact=lambda _: True,
        )

    async def look(self, url: str, delivered: Sequence[str]) -> Sequence[ListedLink]:
        """What the page lists."""
        assert url == PAGE
        self.compared = delivered
        if isinstance(self.page, Exception):
            raise self.page
        return [ListedLink(place=canonical(link), url=link, title=title) for link, title in self.page.items()]

    async def tick(self, *, minutes: float = 60) -> None:
        """Let time pass, the feed be polled and the page be looked at where that is due."""
        await self.pipeline.tick(minutes=minutes)
        await self.flow.tick()


async def hearing(store: Store, *listed: Entry, spec: FeedSpec = SPEC) -> Ear:
    """An ear that has had its first look at a page with what the feed lists and one old report more."""
    pipeline = Pipeline(store, listed={URL: listed})
    await pipeline.open(spec)
    ear = Ear(pipeline)
    ear.page = {entry.url or "": entry.title for entry in listed} | {f"{PAGE}old": "HMYOI Feltham A"}
    await ear.flow.tick()
    return ear


async def missed(store: Store) -> list[str]:
    """Titles of the entries that the ear raised."""
    async with store.read() as connection:
        return list((await connection.execute(select(entries.c.title).where(entries.c.missed_by_feed))).scalars())


async def test_the_first_look_is_history_and_a_report_that_the_feed_leaves_out_is_raised_once(store: Store) -> None:
    ear = await hearing(store, an_entry())
    ear.page |= {f"{PAGE}parc-2026": "HMYOI Parc: inspectors find children unsafe"}  # type: ignore[operator]
    await ear.tick()
    assert await missed(store) == []
    for _ in range(4):
        await ear.tick()
    assert await missed(store) == ["HMYOI Parc: inspectors find children unsafe"]
    assert list(ear.compared) == [f"{PAGE}parc-2026", an_entry().url]
    assert await ear.pipeline.alerted() == 1
    async with store.read() as connection:
        [told] = (await connection.execute(select(cards.c.text))).scalars()
    assert "missed-by-feed" in told
    assert "HMYOI Parc" in told


async def test_what_the_feed_brings_in_time_or_at_last_is_told_once(store: Store) -> None:
    ear = await hearing(store)
    report = an_entry(id="https://inspectorate.example/?p=7", url=f"{PAGE}werrington-7?utm_source=rss")
    ear.page = {f"{PAGE}werrington-7": report.title}
    await ear.tick(minutes=61)
    ear.pipeline.listed[URL] = [report]
    for _ in range(3):
        await ear.tick()
    assert await missed(store) == []
    late = an_entry(id="https://inspectorate.example/?p=8", url=f"{PAGE}oakhill", title="Oakhill: children locked up")
    ear.page = {f"{PAGE}oakhill": "Oakhill secure training centre"}
    for _ in range(4):
        await ear.tick()
    assert await missed(store) == ["Oakhill secure training centre"]
    ear.pipeline.listed[URL] = [late, report]
    for _ in range(3):
        await ear.tick()
    assert await ear.pipeline.alerted() == 2
    async with store.read() as connection:
        assert len((await connection.execute(select(entries.c.id))).all()) == 2


async def test_a_feed_that_fails_has_two_hours_and_its_page_speaks_even_if_it_never_answered(store: Store) -> None:
    pipeline = Pipeline(store, listed={URL: FetchError("the site does not answer")})
    await pipeline.open(SPEC)
    ear = Ear(pipeline)
    await ear.flow.tick()
    ear.page = {f"{PAGE}parc": "HMYOI Parc: inspectors find children unsafe"}
    for minutes in (60, 60, 59):
        await ear.tick(minutes=minutes)
    assert await missed(store) == []
    await ear.tick(minutes=2)
    await pipeline.tick()
    assert await missed(store) == ["HMYOI Parc: inspectors find children unsafe"]
    assert len(await pipeline.stories(StoryState.PUBLISHED)) == 1


async def test_what_is_not_ours_is_kept_and_nobody_is_told(store: Store) -> None:
    ear = await hearing(store)
    ear.page = {f"{PAGE}pentonville": "HMP Pentonville"}
    for _ in range(4):
        await ear.tick()
    assert await missed(store) == ["HMP Pentonville"]
    async with store.read() as connection:
        assert (await connection.execute(select(cards.c.id))).all() == []


async def test_a_page_that_cannot_be_read_shows_and_is_looked_at_later(store: Store) -> None:
    ear = await hearing(store)
    for page, reason in ((FetchError("gone fishing"), "gone fishing"), (KeyError(), "unexpected: KeyError")):
        ear.page = page
        await ear.tick()
        async with store.read() as connection:
            row = (await connection.execute(select(feeds))).one()
        assert row.index_failure == reason
        assert row.index_due_at == ear.pipeline.now + timedelta(minutes=60)
    ear.page = {f"{PAGE}new": "HMYOI Parc"}
    await ear.tick()
    async with store.read() as connection:
        row = (await connection.execute(select(feeds))).one()
    assert (row.index_failure, row.index_failures, row.index_known_url) == (None, 0, PAGE)
    assert row.index_due_at > NOON


async def test_a_real_page_and_a_real_feed_are_compared(sqlite_store: Store) -> None:
    workers = Workers()
    async with running() as server, Client("tests", [server.name]) as client:
        known = item(link=server.url("/reports/feltham-1/"), title="HMYOI Feltham A")
        server.answers["/feed"] = http(rss(known))
        page = '<nav><a href="/reports/menu/">Menu</a></nav><a href="/reports/feltham-1/">HMYOI Feltham A</a>'
        server.answers["/"] = http(page.encode(), Content_Type="text/html")
        spec = a_feed_spec(url=server.url("/feed"), index_url=server.url("/"))
        pipeline = Pipeline(sqlite_store)
        pipeline.poll = replace(pipeline.poll, fetch=partial(fetch_feed, client, workers))
        await pipeline.open(spec)
        ear = Ear(pipeline)
        ear.flow = replace(ear.flow, look=partial(list_links, client, workers))
        await ear.flow.tick()
        server.answers["/"] = http(
            f'{page}<a href="/reports/parc-2/">HMYOI Parc</a>'.encode(), Content_Type="text/html"
        )
        for _ in range(4):
            await ear.tick()
    await workers.close()
    assert await missed(sqlite_store) == ["HMYOI Parc"]
    assert await pipeline.alerted() == 1


async def test_what_its_page_showed_before_the_feed_had_brought_anything_like_it_is_history(store: Store) -> None:
    async with running() as server, Client("tests", [server.name]) as client:
        old = "".join(f'<a href="/p/{name}">HMYOI {name}: inspection</a>' for name in ("Parc", "Feltham"))
        server.answers["/reports/"] = http(f"<main>{old}</main>".encode())
        pipeline = Pipeline(store, listed={URL: FetchError("not yet")})
        await pipeline.open(a_feed_spec(index_url=server.url("/reports/")))
        ear = replace(Ear(pipeline).flow, look=partial(list_links, client, WorkersHere()))
        await ear.tick()
        pipeline.listed[URL] = [an_entry(url=server.url("/p/Werrington"))]
        new = '<a href="/p/new">HMYOI Wetherby</a>'
        server.answers["/reports/"] = http(f"<main>{old}{new}</main>".encode())
        for _ in range(5):
            await pipeline.tick(minutes=60)
            await ear.tick()
    assert await missed(store) == ["HMYOI Wetherby"]


async def test_a_page_that_the_feed_brought_by_its_id_alone_is_not_missed(store: Store) -> None:
    ear = await hearing(store)
    ear.pipeline.listed[URL] = [an_entry(id=f"{PAGE}parc", url="https://proxy.example/~r/1")]
    ear.page = {f"{PAGE}parc": "HMYOI Parc", f"{PAGE}feltham": "HMYOI Feltham"}
    for _ in range(5):
        await ear.tick()
    assert await missed(store) == ["HMYOI Feltham"]


async def test_links_that_cannot_be_kept_stop_no_other_feeds(sqlite_store: Store) -> None:
    pipeline = Pipeline(sqlite_store)
    await pipeline.open(SPEC, a_feed_spec(name="Other", url="https://other.example/feed", index_url=PAGE))
    ear = Ear(pipeline)
    await ear.flow.tick()
    ear.page = {f"{PAGE}parc": "HMYOI Parc"}
    refuse = "CREATE TRIGGER refuse BEFORE INSERT ON entries WHEN new.feed_id = 1 BEGIN SELECT RAISE(ABORT, 'no'); END"
    async with sqlite_store.write() as connection:
        await connection.execute(text(refuse))
    for _ in range(5):
        await ear.tick()
    assert await missed(sqlite_store) == ["HMYOI Parc"]
