from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update

from bot.feeds import fetch_feed
from bot.feeds.discover import discover_feeds
from bot.flows.adding import Adding
from bot.model.feed import FeedState
from bot.net import Client
from bot.store.feeds import list_due_feeds, list_feeds, mark_poll_failed, sync_feeds
from bot.store.schema import feeds
from handlers.context import install
from tests.builders import NOON, a_feed_spec
from tests.fakes import WorkersHere
from tests.feeds.bodies import item, rss
from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TEAM, TOMOS, Organising
from tests.net.server import Server, http, running

DATED = "<pubDate>Tue, 24 Nov 2026 12:00:00 GMT</pubDate>"
REPORTS = rss(
    item(1, title="HMYOI Werrington: inspectors find children locked up for 22 hours a day", more=DATED),
    item(2, title="Storm brings rain to the north"),
)
LINK = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'


@pytest.fixture
async def site() -> AsyncIterator[Server]:
    """A site on loopback."""
    async with running() as started:
        yield started


@pytest.fixture
async def olwen(organising: Organising, site: Server) -> AsyncIterator[Organising]:
    """Organisers whose bot may read the site."""
    async with Client("tests", [site.name], read_timeout=2) as client:
        services = organising.services
        adding = Adding(
            store=services.store,
            matcher=services.adding.matcher,
            discover=partial(discover_feeds, client, WorkersHere()),
            fetch=partial(fetch_feed, client, WorkersHere()),
            now=services.now,
            wake=services.wake,
        )
        organising.services = replace(services, adding=adding)
        install(organising.bot, organising.services)
        yield organising


async def with_feeds(organising: Organising, count: int = 1) -> None:
    """The campaign's list names so many feeds."""
    specs = [a_feed_spec(name=f"Feed {n:02}", url=f"https://f{n}.example/") for n in range(count)]
    async with organising.services.store.write() as connection:
        await sync_feeds(connection, specs)


async def kept(organising: Organising) -> list[FeedState]:
    """The feeds that are there."""
    async with organising.services.store.read() as connection:
        return list(await list_feeds(connection))


async def due(organising: Organising) -> list[str]:
    """The names of the feeds that would be polled now."""
    async with organising.services.store.read() as connection:
        return [feed.spec.name for feed in await list_due_feeds(connection, NOON, 100)]


async def verbs(organising: Organising) -> list[str]:
    """What the audit says of feeds, with who did it."""
    return [f"{deed.user_id} {deed.verb} {deed.subject}" for deed in await organising.deeds()]


# -- the list and a feed's card --


async def test_the_list_tells_how_each_feed_is(olwen: Organising) -> None:
    (told,) = await olwen.say("/feeds", by=OLWEN)
    assert told.startswith("No feed is listed.")
    await with_feeds(olwen, 3)
    first, second, _ = await kept(olwen)
    async with olwen.services.store.write() as connection:
        await mark_poll_failed(connection, second.id, reason="no answer", polled_at=NOON, next_poll_at=NOON)
        good = {"last_success_at": NOON - timedelta(hours=3)}
        await connection.execute(update(feeds).where(feeds.c.id == first.id).values(good))
    (told,) = await olwen.say("/feeds", by=OLWEN)
    assert "3 feeds. One needs a look" in told
    assert "1. Feed 01: failed once, a moment ago: no answer. It has never answered." in told
    assert "2. Feed 00: well, answered 3 hours ago.\n3. Feed 02: not polled yet." in told


async def test_a_long_list_is_turned_by_its_buttons(olwen: Organising) -> None:
    await with_feeds(olwen, 10)
    await olwen.say("/feeds", by=OLWEN)
    await olwen.press("Page 2 ›", by=OLWEN)
    assert "9. Feed 08" in olwen.texts(OLWEN)[-1]
    await olwen.press("10. Feed 09", by=OLWEN)
    assert olwen.texts(OLWEN)[-1].startswith("Feed 09\nhttps://f9.example/")
    await olwen.press("Back to the list", by=OLWEN)
    assert "Page 2 of 2." in olwen.texts(OLWEN)[-1]


async def test_a_feed_is_paused_and_resumed_whatever_the_list_says(olwen: Organising) -> None:
    await with_feeds(olwen)
    await olwen.say("/feeds", by=OLWEN)
    await olwen.press("1. Feed 00", by=OLWEN)
    message, pause = olwen.find_button("Pause", OLWEN)
    assert await olwen.press("Pause", by=OLWEN) == "Paused. It is not polled until somebody resumes it."
    assert await olwen.press_raw(message, pause, by=TOMOS) == "That was done already."
    await with_feeds(olwen)
    assert await due(olwen) == []
    assert "Paused." in olwen.texts(OLWEN)[-1]
    assert await olwen.press("Resume", by=OLWEN) == "Resumed. It is polled within a minute."
    assert await due(olwen) == ["Feed 00"]
    assert await verbs(olwen) == [f"{OLWEN} feed_pause feed:1", f"{OLWEN} feed_resume feed:1"]


async def test_a_feed_is_removed_after_a_question_and_stays_so(olwen: Organising) -> None:
    await with_feeds(olwen, 2)
    await olwen.say("/feeds", by=OLWEN)
    await olwen.press("1. Feed 00", by=OLWEN)
    await olwen.press("Remove", by=OLWEN)
    assert "Remove Feed 00?" in olwen.texts(OLWEN)[-1]
    await olwen.press("Keep it", by=OLWEN)
    message, pause = olwen.find_button("Pause", OLWEN)
    await olwen.press("Remove", by=OLWEN)
    _, confirm = olwen.find_button("Yes, remove it", OLWEN)
    assert await olwen.press("Yes, remove it", by=OLWEN) == "Removed."
    assert "/feeds add https://f0.example/" in olwen.texts(OLWEN)[-1]
    await with_feeds(olwen, 2)
    assert [feed.spec.name for feed in await kept(olwen)] == ["Feed 01"]
    for old in (pause, confirm):
        told = await olwen.press_raw(message, old, by=TOMOS)
        assert told == "That feed is not in the list any more. /feeds shows what is."
    assert "1. Feed 01" in olwen.texts(OLWEN)[-1]
    assert await verbs(olwen) == [f"{OLWEN} feed_remove feed:1"]


async def test_a_test_fetches_the_feed_and_keeps_nothing(olwen: Organising, site: Server) -> None:
    site.answers["/feed"] = http(REPORTS)
    async with olwen.services.store.write() as connection:
        await sync_feeds(connection, [a_feed_spec(url=site.url("/feed"))])
    await olwen.say("/feeds", by=OLWEN)
    await olwen.press("1. Inspectorate", by=OLWEN)
    assert await olwen.press("Test now", by=OLWEN) == "Testing. This can take a minute."
    told = olwen.texts(OLWEN)[-1]
    assert "it answers, with 2 entries (the newest of 24 November 2026)." in told
    assert "alerts: 1, for a person to decide: 0, not ours: 1." in told
    assert "Among the alerts: “HMYOI Werrington" in told
    del site.answers["/feed"]
    await olwen.press("Test now", by=OLWEN)
    assert "could not be read: there is nothing at this address (404)." in olwen.texts(OLWEN)[-1]
    (feed,) = await kept(olwen)
    assert (feed.last_polled_at, feed.failures) == (None, 0)


# -- adding --


async def test_a_feed_is_added_by_the_address_of_its_site(olwen: Organising, site: Server) -> None:
    site.answers["/about"] = http(f"<html>{LINK.format('All news', '/feed')}</html>".encode())
    site.answers["/feed"] = http(REPORTS)
    looking, found = await olwen.say(f"/feeds add {site.url('/about')}", by=OLWEN)
    assert looking.startswith("Looking for a feed at http://127.0.0.1:")
    assert found.startswith(f"Sample & Sons\n{site.url('/feed')}\n\nTested just now: it answers, with 2 entries")
    assert (
        "Judged as coming from a news outlet, its 2 newest entries are – alerts: 1, for a person to decide: 0" in found
    )
    await olwen.press("Inspectorate", by=OLWEN)
    assert "Judged as coming from an inspectorate" in olwen.texts(OLWEN)[-1]
    assert "Add it as coming from an inspectorate? What is in it now is history" in olwen.texts(OLWEN)[-1]
    message, add = olwen.find_button("Add it", OLWEN)
    await olwen.press("Add it", by=OLWEN)
    assert olwen.texts(OLWEN)[-1].startswith("Added: Sample & Sons.")
    assert await olwen.press_raw(message, add, by=TOMOS) == "That is decided already, or too long ago."
    assert await verbs(olwen) == [f"{OLWEN} feed_add feed:1"]
    # It outlives the next start, with any list.
    await with_feeds(olwen)
    await with_feeds(olwen, 0)
    (feed,) = await kept(olwen)
    assert (feed.spec.kind, feed.own, feed.listed, feed.history_at) == ("inspectorate", True, False, None)
    assert await due(olwen) == ["Sample & Sons"]
    await olwen.press("Show it", by=OLWEN)
    assert "inspectorate; added by organisers" in olwen.texts(OLWEN)[-1]


async def test_one_of_several_feeds_is_chosen(olwen: Organising, site: Server) -> None:
    page = LINK.format("Reports", "/reports") + LINK.format("Speeches", "/speeches")
    site.answers["/"] = http(f"<html>{page}</html>".encode())
    site.answers["/speeches"] = http(REPORTS)
    _, found = await olwen.say(f"/feeds add {site.url()}", by=OLWEN)
    assert "2 feeds were found. Which one?" in found
    await olwen.press("1. Reports", by=OLWEN)
    assert "could not be read: there is nothing at this address (404)." in olwen.texts(OLWEN)[-1]
    await olwen.press("2. Speeches", by=OLWEN)
    assert "Who speaks in it?" in olwen.texts(OLWEN)[-1]
    await olwen.press("Do not add", by=OLWEN)
    assert olwen.texts(OLWEN)[-1] == "Not added."
    assert await kept(olwen) == []


async def test_buttons_of_a_draft_that_is_done_are_answered_kindly(olwen: Organising, site: Server) -> None:
    site.answers["/feed"] = http(REPORTS)
    await olwen.say(f"/feeds add {site.url('/feed')}", by=OLWEN)
    message, drop = olwen.find_button("Do not add", OLWEN)
    _, kind = olwen.find_button("News", OLWEN)
    # Nobody has said what kind it is.
    early = await olwen.press_raw(message, "feeds:add:1:yes", by=OLWEN)
    assert early == "That is decided already, or too long ago."
    await olwen.press("Do not add", by=OLWEN)
    for old in (drop, kind, "feeds:add:77:yes"):
        assert await olwen.press_raw(message, old, by=OLWEN) == "That is decided already, or too long ago."
    await olwen.press_raw(message, "feeds:add:1:pick:0", by=OLWEN)
    assert olwen.texts(OLWEN)[-1].startswith("That is decided already, or too long ago. /feeds add")
    assert await kept(olwen) == []


NOWHERE = {
    "the inspectorate": "“the inspectorate” is not a web address. Please send the address of a site",
    "http://10.0.0.1/feed": "10.0.0.1 is not a public address; if you trust it, name it in fetch.allow_hosts.",
    "{site}/none": "That address cannot be read: there is nothing at this address (404). Nothing was added.",
    "{site}/page": "No feed was found there. The page names none, and there is none in the usual places.",
    "{site}/huge": "That address cannot be read: the answer is larger than",
    "{site}/there?utm_source=x": "That feed is there already: Inspectorate.",
    "{site}/leads-there": "That feed is there already: Inspectorate.",
    "{site}/one-dead-link": "That address cannot be read: there is nothing at this address (404).",
}


async def test_an_address_that_leads_nowhere_gets_a_sentence_that_helps(olwen: Organising, site: Server) -> None:
    async with olwen.services.store.write() as connection:
        await sync_feeds(connection, [a_feed_spec(url=site.url("/there"))])
    site.answers["/page"] = http(b"<html><body>Hello</body></html>")
    site.answers["/huge"] = http(b"<html>" + b" " * 11 * 1024 * 1024)
    site.answers["/leads-there"] = http(f"<html>{LINK.format('', '/there/')}</html>".encode())
    site.answers["/one-dead-link"] = http(f"<html>{LINK.format('', '/dead')}</html>".encode())
    for typed, said in NOWHERE.items():
        told = await olwen.say("/feeds add " + typed.format(site=site.url("")), by=OLWEN)
        assert said in told[-1], typed
    assert len(await kept(olwen)) == 1


async def test_a_feed_that_was_removed_comes_back_and_begins_with_its_history(olwen: Organising, site: Server) -> None:
    site.answers["/feed"] = http(REPORTS)
    async with olwen.services.store.write() as connection:
        await sync_feeds(connection, [a_feed_spec(url=site.url("/feed"))])
        await connection.execute(update(feeds).values(history_at=NOON, removed_at=NOON, etag='"1"'))
    await olwen.say(f"/feeds add {site.url('/feed')}", by=OLWEN)
    await olwen.press("Charity", by=OLWEN)
    message, add = olwen.find_button("Add it", OLWEN)
    await olwen.press("Add it", by=OLWEN)
    (feed,) = await kept(olwen)
    assert (feed.history_at, feed.etag, feed.own) == (None, None, True)
    # Two organisers may have been adding the same one.
    await olwen.say(f"/feeds add {site.url('/feed')}", by=TOMOS)
    assert await olwen.press_raw(message, add, by=TOMOS) == "That is decided already, or too long ago."


async def test_two_who_add_the_same_feed_add_it_once(olwen: Organising, site: Server) -> None:
    site.answers["/feed"] = http(REPORTS)
    for who in (OLWEN, TOMOS):
        await olwen.say(f"/feeds add {site.url('/feed')}", by=who)
        await olwen.press("News", by=who)
    await olwen.press("Add it", by=OLWEN)
    await olwen.press("Add it", by=TOMOS)
    assert olwen.texts(TOMOS)[-1] == "That feed is there already: Sample & Sons."
    assert len(await kept(olwen)) == 1


async def test_what_is_no_command_is_told_how(olwen: Organising) -> None:
    for words in ("/feeds add", "/feeds remove", "/feeds https://a.example"):
        (told,) = await olwen.say(words, by=OLWEN)
        assert told.startswith("Please write /feeds for the list, or /feeds add and the address")


# -- who may --


async def test_nobody_else_sees_or_changes_feeds(olwen: Organising) -> None:
    await with_feeds(olwen)
    for words in ("/feeds", "/feeds add https://a.example"):
        (told,) = await olwen.say(words)
        assert "/help" in told
    await olwen.say("/feeds", by=OLWEN)
    message, _ = olwen.find_button("1. Feed 00", OLWEN)
    for action in ("feeds:page:0", "feed:1:open:0", "feed:1:confirm:0", "feeds:add:1:yes"):
        assert await olwen.press_raw(message, action, by=ANNA) == "Only organisers can decide this."
    assert len(await kept(olwen)) == 1
    assert await verbs(olwen) == []


async def test_in_their_group_organisers_see_the_list(in_team: Organising) -> None:
    await with_feeds(in_team)
    (told,) = await in_team.say("/feeds", by=OLWEN, chat=TEAM)
    assert "1. Feed 00" in told
    assert await in_team.press("1. Feed 00", by=ANNA, chat=TEAM) == "Only organisers can decide this."
