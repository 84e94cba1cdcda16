from datetime import timedelta

from bot.model.feed import FeedKind, FeedSpec
from bot.store import Store
from bot.store.feeds import find_feed, list_due_feeds, list_feeds, sync_feeds
from bot.store.own_feeds import DRAFTS_KEPT, add_draft, add_own_feed, find_draft, remove_feed, switch_feed
from tests.builders import NOON, a_feed_spec

OWN = a_feed_spec(name="Own", url="https://own.example/", kind=FeedKind.CHARITY, enabled=True)


async def names(store: Store, *, due: bool = False) -> list[str]:
    """The feeds that are there, or those that are polled."""
    async with store.read() as connection:
        found = await (list_due_feeds(connection, NOON, 10) if due else list_feeds(connection))
    return sorted(feed.spec.name for feed in found)


async def sync(store: Store, *specs: FeedSpec) -> None:
    """The program starts with this list."""
    async with store.write() as connection:
        await sync_feeds(connection, specs)


async def test_the_list_names_feeds_and_organisers_say_whether_they_are_polled(store: Store) -> None:
    off = a_feed_spec(enabled=False)
    await sync(store, off)
    assert await names(store, due=True) == []
    async with store.write() as connection:
        assert await switch_feed(connection, 1, on=True)
        assert not await switch_feed(connection, 1, on=True)
        assert not await switch_feed(connection, 77, on=True)
        await add_own_feed(connection, OWN)
    await sync(store, off)
    assert await names(store, due=True) == ["Inspectorate", "Own"]
    # A list that comes to name an own feed says its name and kind, and leaves it there when it goes.
    await sync(store, a_feed_spec(name="Listed", url=OWN.url, kind=FeedKind.NEWS))
    assert await names(store) == ["Listed"]
    await sync(store)
    assert await names(store) == ["Listed"]
    async with store.write() as connection:
        assert await remove_feed(connection, 2, NOON)
        assert not await remove_feed(connection, 2, NOON)
    await sync(store, OWN)
    assert await names(store) == []


async def test_a_feed_is_added_once_and_comes_back_as_new(store: Store) -> None:
    async with store.write() as connection:
        added = await add_own_feed(connection, OWN)
        assert added is not None
        assert await add_own_feed(connection, OWN) is None
        assert await remove_feed(connection, added, NOON)
        assert await find_feed(connection, added) is None
        assert await add_own_feed(connection, a_feed_spec(name="Again", url=OWN.url, enabled=False)) == added
        feed = await find_feed(connection, added)
    assert feed is not None
    assert (feed.spec.name, feed.spec.enabled, feed.own, feed.listed, feed.history_at) == (
        "Again",
        False,
        True,
        False,
        None,
    )


async def test_a_draft_that_was_left_lying_goes(store: Store) -> None:
    async with store.write() as connection:
        old = await add_draft(connection, 1, [], NOON)
        new = await add_draft(connection, 1, [], NOON + DRAFTS_KEPT + timedelta(seconds=1))
        assert await find_draft(connection, old.id) is None
        assert await find_draft(connection, new.id) == new
