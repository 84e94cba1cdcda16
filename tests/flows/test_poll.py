from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.errors import FeedEndedError, FetchError, StatusError
from bot.feeds import Fetched
from bot.model.feed import FeedKind, FeedState
from bot.model.story import StoryState
from bot.store import Store
from bot.store.entries import list_versions
from bot.store.own_feeds import add_own_feed, remove_feed
from bot.store.schema import entries, feeds, stories
from tests.builders import NOON, a_feed_spec, add_reader, an_entry
from tests.flows.pipeline import NEWS, Pipeline, news_feed

URL = a_feed_spec().url
PLACES = ("Werrington", "Wetherby", "Feltham A", "Parc", "Cookham Wood", "Oakhill")


def reports(count: int) -> list:  # type: ignore[type-arg]
    """Reports on different child prisons, the newest first, as feeds list them."""
    return [
        an_entry(
            id=f"https://inspectorate.example/?p={number}",
            url=f"https://inspectorate.example/reports/{number}",
            title=f"HMYOI {PLACES[number]}: an unannounced inspection found children unsafe",
            summary=f"Inspectors found outcomes for children at HMYOI {PLACES[number]} poor in safety.",
        )
        for number in reversed(range(count))
    ]


async def test_the_first_poll_of_a_feed_is_history_and_is_never_pushed(store: Store) -> None:
    pipeline = Pipeline(store, listed={URL: reports(2)})
    async with store.write() as connection:
        await add_reader(connection, 1)
    await pipeline.open()
    await pipeline.tick()
    assert pipeline.sent == []
    assert len(await pipeline.stories(StoryState.HISTORY)) == 2


async def test_an_empty_first_poll_ends_history_and_a_failed_one_does_not(store: Store) -> None:
    pipeline = Pipeline(store, listed={URL: FetchError("the site does not answer")})
    async with store.write() as connection:
        await add_reader(connection, 1)
    await pipeline.open()
    assert (await pipeline.feeds())[0].history_at is None
    pipeline.listed[URL] = []
    await pipeline.tick()
    assert (await pipeline.feeds())[0].history_at == pipeline.now
    pipeline.listed[URL] = reports(1)
    await pipeline.tick()
    assert len(pipeline.sent) == 1


async def test_a_new_entry_is_an_alert_once_however_often_the_feed_lists_it(store: Store) -> None:
    pipeline = Pipeline(store)
    async with store.write() as connection:
        await add_reader(connection, 1)
    await pipeline.open()
    pipeline.listed[URL] = reports(1)
    for _ in range(3):
        await pipeline.tick()
    assert [delivery.key.chat_id for delivery in pipeline.sent] == [1]
    assert await pipeline.alerted() == 1


async def test_an_old_entry_that_appears_is_kept_and_not_pushed(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.listed[URL] = [an_entry(published_at=NOON - timedelta(days=15))]
    await pipeline.tick()
    assert await pipeline.alerted() == 0
    assert len(await pipeline.stories(StoryState.HISTORY)) == 1


async def test_an_adult_prison_is_ignored(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.listed[URL] = [
        an_entry(title="HMP Pentonville: overcrowded and squalid", summary="Men share cells in a Victorian prison.")
    ]
    await pipeline.tick()
    for state in StoryState:
        assert await pipeline.stories(state) == []


async def test_a_second_outlet_joins_the_story_and_alerts_nobody(store: Store) -> None:
    pipeline = Pipeline(store)
    async with store.write() as connection:
        await add_reader(connection, 1)
    await pipeline.open(a_feed_spec(), news_feed())
    pipeline.listed[URL] = [an_entry()]
    await pipeline.tick()
    pipeline.listed[NEWS] = [
        an_entry(
            id="news-1",
            url="https://news.example/1",
            source="News",
            kind=FeedKind.NEWS,
            title="Werrington: children locked up for 22 hours a day, inspectors find",
            summary="An unannounced inspection of the young offender institution found children unsafe.",
        )
    ]
    await pipeline.tick()
    assert len(pipeline.sent) == 1
    assert len(await pipeline.stories(StoryState.PUBLISHED)) == 1


async def test_news_about_an_event_that_was_history_is_told_once(store: Store) -> None:
    pipeline = Pipeline(store, listed={URL: [an_entry()]})
    async with store.write() as connection:
        await add_reader(connection, 1)
    await pipeline.open(a_feed_spec(), news_feed())
    for number in (1, 2):
        pipeline.listed[NEWS] = [
            an_entry(
                id=f"news-{number}",
                url=f"https://news.example/{number}",
                title=f"Werrington: children locked up for 22 hours a day, inspectors find ({number})",
                kind=FeedKind.NEWS,
            )
        ]
        await pipeline.tick()
    assert len(pipeline.sent) == 1
    assert await pipeline.stories(StoryState.HISTORY) == []


async def test_changed_words_of_an_entry_are_kept_and_alert_nobody(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.listed[URL] = [an_entry()]
    await pipeline.tick()
    pipeline.listed[URL] = [an_entry(summary="A corrected summary of the inspection of HMYOI Werrington.")]
    await pipeline.tick()
    assert await pipeline.alerted() == 1
    assert (await pipeline.feeds())[0].last_change_at == pipeline.now


async def test_more_than_three_alerts_of_one_poll_wait_for_an_organiser(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.listed[URL] = reports(4)
    await pipeline.tick()
    assert await pipeline.alerted() == 0
    assert {story.waiting_reason for story in await pipeline.stories(StoryState.WAITING)} == {"fuse"}


async def test_a_broken_feed_shows_and_stops_no_other(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open(a_feed_spec(), news_feed())
    pipeline.listed[NEWS] = StatusError("the site answers 503", status=503, retry_after=timedelta(hours=2))
    pipeline.listed[URL] = reports(1)
    await pipeline.tick()
    await pipeline.tick()
    good, bad = sorted(await pipeline.feeds(), key=lambda feed: feed.failures)
    assert (good.failures, good.failure) == (0, None)
    assert (bad.failures, bad.failure) == (1, "the site answers 503")
    assert bad.failing_since == NOON + timedelta(minutes=10)
    assert bad.next_poll_at is not None
    assert bad.next_poll_at >= NOON + timedelta(hours=2)
    assert await pipeline.alerted() == 1


async def test_what_nobody_foresaw_is_written_down_and_the_feed_is_tried_again(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.listed[URL] = ZeroDivisionError()
    await pipeline.tick()
    assert (await pipeline.feeds())[0].failure == "unexpected: ZeroDivisionError"
    pipeline.listed[URL] = reports(1)
    await pipeline.tick()
    assert (await pipeline.feeds())[0].failure is None
    assert await pipeline.alerted() == 1


async def test_a_sensitive_entry_makes_a_story_that_waits_sensitive(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open(a_feed_spec(), news_feed())
    pipeline.listed[URL] = reports(4)
    await pipeline.tick()
    pipeline.listed[NEWS] = [
        an_entry(
            id="news-1",
            url="https://news.example/1",
            kind=FeedKind.NEWS,
            title="Boy, 16, found dead at HMYOI Werrington days after an unannounced inspection found children unsafe",
            summary="Inspectors found outcomes for children at HMYOI Werrington poor in safety.",
        )
    ]
    await pipeline.tick()
    reasons = {story.verdict.institutions: story.waiting_reason for story in await pipeline.stories(StoryState.WAITING)}
    assert reasons[("werrington",)] == "sensitive"
    assert reasons[("wetherby",)] == "fuse"


async def test_entries_without_a_date_are_of_the_day_on_which_they_were_first_seen(store: Store) -> None:
    pipeline = Pipeline(store)
    async with store.write() as connection:
        await add_reader(connection, 1)
    await pipeline.open()
    pipeline.listed[URL] = [
        an_entry(id="2", url=None, title="HMYOI Werrington: workshops without tools", published_at=None),
        an_entry(id="1", url=None, title="HMYOI Werrington: boys locked up all day", summary="", published_at=None),
    ]
    await pipeline.tick()
    assert await pipeline.alerted() == 1


async def reread_at(store: Store) -> datetime | None:
    """When the one story is to be read again."""
    async with store.read() as connection:
        found: datetime | None = (await connection.execute(select(stories.c.reread_at))).scalar_one()
    return found


async def test_changed_words_are_kept_as_versions_and_have_a_published_page_read_again(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.listed[URL] = [an_entry()]
    await pipeline.tick()
    async with store.write() as connection:
        await connection.execute(update(stories).values(reread_at=None))
    for summary in ("Corrected: HMYOI Werrington.", an_entry().summary):
        pipeline.listed[URL] = [an_entry(summary=summary)]
        await pipeline.tick()
    # Words that were there before are no reason to read again: some sites serve an old and a new copy in turn.
    assert await reread_at(store) == pipeline.now - timedelta(minutes=10)
    async with store.read() as connection:
        [row] = (await connection.execute(select(entries))).all()
        versions = await list_versions(connection, row.id)
    assert [version.summary for version in versions] == [an_entry().summary, "Corrected: HMYOI Werrington."]
    assert [version.until_at - version.since_at for version in versions] == [timedelta(minutes=10)] * 2
    assert row.summary == an_entry().summary


async def test_of_words_that_change_at_every_poll_the_last_twenty_are_kept(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    for number in range(24):
        pipeline.listed[URL] = [an_entry(title=f"HMP Pentonville: {number} reads", summary="")]
        await pipeline.poll.tick()
        pipeline.now += timedelta(minutes=10)
    async with store.read() as connection:
        row_id = (await connection.execute(select(entries.c.id))).scalar_one()
        versions = await list_versions(connection, row_id)
    assert [version.title for version in versions] == [f"HMP Pentonville: {number} reads" for number in range(3, 23)]


@pytest.mark.parametrize(
    ("title", "summary", "alerts"),
    [
        ("HMYOI Werrington", "Latest update: children are locked up for 22 hours a day.", 1),
        ("HMYOI Werrington", "Latest update: inspection.", 0),
        ("HMYOI Werrington (updated)", "Latest update: children are locked up for 22 hours a day.", 0),
    ],
)
async def test_a_page_issued_anew_of_which_nobody_was_told_is_told_once_and_an_edit_never(
    sqlite_store: Store, title: str, summary: str, alerts: int
) -> None:
    before = an_entry(title="HMYOI Werrington", summary="Latest update: inspection.", stamp="2026-11-24T10:00:00Z")
    pipeline = Pipeline(sqlite_store, listed={URL: [before]})
    await pipeline.open()
    pipeline.listed[URL] = [an_entry(title=title, summary=summary, stamp="2026-11-25T12:05:00Z")]
    for _ in range(2):
        await pipeline.tick()
    assert await pipeline.alerted() == alerts
    if alerts:
        pipeline.listed[URL] = [an_entry(title=title, summary="Latest: again.", stamp="2026-11-26T10:00:00Z")]
        await pipeline.tick()
        assert await pipeline.alerted() == alerts


async def test_a_feed_that_has_ended_is_looked_at_once_a_day(sqlite_store: Store) -> None:
    pipeline = Pipeline(sqlite_store, listed={URL: FeedEndedError("this is gone for good (410)")})
    await pipeline.open()
    [feed] = await pipeline.feeds()
    assert (feed.failure, feed.gone) == ("this is gone for good (410)", True)
    assert feed.next_poll_at == NOON + timedelta(days=1)


async def test_validators_that_only_ever_bring_nothing_new_are_forgotten(sqlite_store: Store) -> None:
    pipeline = Pipeline(sqlite_store)
    await pipeline.open()
    assert (await pipeline.feeds())[0].etag == '"1"'
    pipeline.listed[URL] = StatusError("nothing changed, though nothing was compared", status=304)
    await pipeline.tick()
    assert (await pipeline.feeds())[0].etag is None


async def test_many_pages_issued_anew_in_one_poll_wait_for_a_person(sqlite_store: Store) -> None:
    before = [replace(entry, stamp="2026-11-24T10:00:00Z", summary="Latest update.") for entry in reports(5)]
    pipeline = Pipeline(sqlite_store, listed={URL: before})
    await pipeline.open()
    pipeline.listed[URL] = [replace(entry, stamp="2026-11-25T11:00:00Z") for entry in reports(5)]
    await pipeline.tick()
    assert await pipeline.alerted() == 0
    assert {story.waiting_reason for story in await pipeline.stories(StoryState.WAITING)} == {"fuse"}


@pytest.mark.parametrize("again", [False, True])
async def test_a_feed_that_is_taken_out_while_it_is_fetched_brings_no_news(store: Store, *, again: bool) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    [feed] = await pipeline.feeds()
    fetched = await pipeline.poll.fetch(feed)

    async def fetch(_: FeedState) -> Fetched:
        async with store.write() as connection:
            await remove_feed(connection, feed.id, NOON)
            if again:
                await add_own_feed(connection, feed.spec)
        return replace(fetched, entries=tuple(reports(1)))

    await replace(pipeline.poll, fetch=fetch).poll_feed(feed)
    async with store.read() as connection:
        assert (await connection.execute(select(entries.c.id))).all() == []
        assert (await connection.execute(select(feeds.c.history_at.is_(None)))).scalar_one() == again
