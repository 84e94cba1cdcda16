"""What organisers are told of feeds, over a real store."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update

from bot.errors import FeedEndedError, FetchError
from bot.flows.listening import Listening
from bot.model.entry import Entry
from bot.model.feed import FeedState, Rhythm
from bot.model.organiser import CardKind
from bot.store import Store
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.own_feeds import switch_feed
from bot.store.schema import entries, feeds
from tests.builders import NOON, a_feed_spec, an_entry
from tests.flows.organising import OLWEN, Organising

URL = a_feed_spec().url
DAY = timedelta(days=1)


def weekly(weeks: int, until: datetime = NOON) -> Sequence[Entry]:
    """One entry a week, about nothing of ours, the last one at `until`."""
    return [
        an_entry(
            id=f"w{until:%d%m}{n}",
            url=f"https://w.example/{until:%d%m}{n}",
            title="Storm",
            summary="",
            published_at=until - n * 7 * DAY,
        )
        for n in range(weeks)
    ]


def listening(organising: Organising) -> Listening:
    """As a start of the program builds it: it remembers nothing by itself."""
    return Listening(
        store=organising.store,
        wording=organising.wording,
        now=lambda: organising.now,
        wake=organising.woken.append,
    )


async def told(organising: Organising, *, days: float = 0, rounds: int = 2) -> list[str]:
    """Time passes and the feeds are polled; what organisers are told then, in so many rounds and as many starts."""
    before = len(organising.texts(OLWEN))
    organising.now += days * DAY + timedelta(hours=1)
    for _ in range(rounds):
        await organising.poll.tick()
        await listening(organising).tick()
        await organising.cards.tick()
        organising.restart()
        organising.now += timedelta(hours=4)
    return organising.texts(OLWEN)[before:]


async def the_feed(organising: Organising) -> FeedState:
    """The only feed."""
    (feed,) = await organising.feeds()
    return feed


async def test_a_feed_that_fails_for_a_day_is_told_once_and_so_is_its_return(store: Store) -> None:
    organising = Organising(store)
    await organising.open()
    organising.listed[URL] = FetchError("the server failed (500)")
    assert await told(organising, rounds=4) == []
    (words,) = await told(organising, days=0.5, rounds=6)
    assert words.startswith(
        "<b>A feed has failed for a day: Inspectorate.</b> The last reason: the server failed (500)."
    )
    organising.listed[URL] = []
    assert await told(organising) == ["<b>A feed answers again: Inspectorate.</b>"]


async def test_what_was_told_is_remembered_with_the_notice_or_not_at_all(store: Store) -> None:
    organising = Organising(store)
    await organising.open()
    organising.listed[URL] = FeedEndedError("its publisher says that it has ended")
    await told(organising, rounds=1)
    assert "review" not in organising.woken
    (words,) = await told(organising, days=1.5, rounds=1)
    assert words.startswith("<b>A feed has ended: Inspectorate.</b> Its publisher says so: its publisher says")
    assert organising.woken[-1] == "review"
    assert (await the_feed(organising)).told == {"ended": ""}
    assert len(await organising.all_cards(CardKind.NOTICE)) == 1


async def test_a_weekly_feed_is_unusually_silent_after_two_weeks_and_a_monthly_one_is_not(store: Store) -> None:
    organising = Organising(store, listed={URL: weekly(10)})
    await organising.open()
    assert await told(organising) == []
    assert (await the_feed(organising)).rhythm == Rhythm(usual=7 * DAY, long=7 * DAY)
    assert await told(organising, days=12) == []
    (words,) = await told(organising, days=2)
    assert "the same copy for too long: Inspectorate.</b> Its newest entry is of 25 November 2026" in words
    assert "usually something comes every 7 days" in words
    assert await told(organising, days=30) == []
    organising.listed[URL] = weekly(1, organising.now)
    assert await told(organising) == ["<b>A feed moves again: Inspectorate.</b> It has something new."]


async def test_what_only_the_site_shows_is_no_sign_of_life(store: Store) -> None:
    organising = Organising(store, listed={URL: weekly(10)})
    await organising.open()
    organising.now += DAY
    organising.listed[URL] = [*weekly(1, organising.now), *weekly(10)]
    await told(organising, rounds=1)
    async with store.write() as connection:
        newest = update(entries).where(entries.c.published_at > NOON)
        await connection.execute(newest.values(missed_by_feed=True, first_seen_at=organising.now))
        await connection.execute(update(feeds).values(rhythm_at=None))
    (words,) = await told(organising, days=2)
    assert words.startswith("<b>A feed is stuck: Inspectorate.</b> Its site shows something new since 26 November 2026")
    assert (await the_feed(organising)).last_entry_at == NOON


async def test_many_feeds_that_fail_together_share_one_notice(store: Store) -> None:
    organising = Organising(store)
    specs = [a_feed_spec(name=f"Feed {n}", url=f"https://f{n}.example/") for n in range(5)]
    await organising.open(*specs)
    for spec in specs:
        organising.listed[spec.url] = FetchError("the server cannot be reached")
    await told(organising, rounds=1)
    (words,) = await told(organising, days=1.5)
    assert words.startswith("<b>5 feeds have failed for a day:</b> Feed 0, Feed 1, Feed 2, Feed 3, Feed 4.")


async def test_a_feed_that_was_paused_says_nothing_and_begins_anew(store: Store) -> None:
    organising = Organising(store)
    await organising.open()
    organising.listed[URL] = FetchError("the server failed (500)")
    await told(organising, rounds=1)
    assert len(await told(organising, days=1.5)) == 1
    async with store.write() as connection:
        assert await switch_feed(connection, 1, on=False)
    assert await told(organising, days=3) == []
    async with store.write() as connection:
        assert await switch_feed(connection, 1, on=True)
    assert await told(organising, rounds=2) == []
    assert len(await told(organising, days=1.5)) == 1


async def test_the_habit_is_looked_up_only_where_something_came(store: Store) -> None:
    organising = Organising(store, listed={URL: weekly(10)})
    await organising.open()
    async with store.write() as connection:
        await sync_feeds(
            connection, [a_feed_spec(), a_feed_spec(name="New", url="https://new.example/", enabled=False)]
        )
    await told(organising, rounds=1)
    first = {feed.spec.name: feed.rhythm_at for feed in await organising.feeds()}
    assert first["New"] is None
    await told(organising, days=1, rounds=1)
    assert {feed.spec.name: feed.rhythm_at for feed in await organising.feeds()} == first
    organising.listed[URL] = [*weekly(1, organising.now), *weekly(10)]
    await told(organising, days=1, rounds=1)
    async with store.read() as connection:
        feed = next(one for one in await list_feeds(connection) if one.spec.name == "Inspectorate")
    assert feed.rhythm_at != first["Inspectorate"]
