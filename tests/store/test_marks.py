from datetime import timedelta

import pytest

from bot.model.action import FEWEST, Mark, shown_count
from bot.model.subscriber import ChatKey, Wants
from bot.store import Store
from bot.store.joining import absorb_story
from bot.store.marks import count_marks, list_marks, put_mark, set_replied, take_due_marks
from bot.store.stories import find_story
from bot.store.subscribers import add_subscriber, add_subscription, set_blocked
from tests.builders import NOON, find_mark
from tests.store.telling import add_told_story

LATER = NOON + timedelta(days=1)


async def add_person(store: Store, chat: int = 7) -> int:
    async with store.write() as connection:
        added = await add_subscriber(connection, ChatKey(chat), language="en", source=None, now=NOON)
        await add_subscription(connection, added.id, Wants.CALLS, "everything", consent_version="1", now=NOON)
        return added.id


async def test_a_press_is_kept_once_and_a_later_one_takes_its_place(store: Store) -> None:
    anna, boris = await add_person(store), await add_person(store, 8)
    async with store.write() as connection:
        assert await put_mark(connection, anna, "story:12", Mark.DONE, now=NOON, follow_up_at=LATER)
        assert not await put_mark(connection, anna, "story:12", Mark.DONE, now=LATER, follow_up_at=LATER)
        assert await put_mark(connection, boris, "story:12", Mark.DONE, now=NOON)
        assert await put_mark(connection, boris, "broadcast:3", "yes", now=NOON)
        assert await count_marks(connection, "story:12") == {"done": 2}
        assert await put_mark(connection, anna, "story:12", Mark.LATER, now=NOON, remind_at=LATER)
        kept = await find_mark(connection, anna, "story:12")
        assert kept
        assert (kept.mark, kept.remind_at, kept.follow_up_at) == ("later", LATER, None)
        assert await count_marks(connection, "story:12") == {"done": 1, "later": 1}
        assert await find_mark(connection, anna, "story:13") is None
        assert [one.subject for one in await list_marks(connection, boris)] == ["story:12", "broadcast:3"]


async def test_what_was_said_of_a_story_is_said_of_the_one_that_it_is_put_into(store: Store) -> None:
    anna, boris = await add_person(store), await add_person(store, 8)
    async with store.write() as connection:
        ids = [await add_told_story(connection, title, NOON) for title in ("First", "Second")]
        first, second = [await find_story(connection, story_id) for story_id in ids]
        assert first
        assert second
        into, gone = f"story:{first.id}", f"story:{second.id}"
        await put_mark(connection, anna, gone, Mark.DONE, now=NOON, action="write-mp", follow_up_at=LATER)
        await put_mark(connection, boris, gone, Mark.DONE, now=NOON)
        await put_mark(connection, boris, into, Mark.REFUSED, now=NOON)
        await absorb_story(connection, first, second, as_second=False, by=1, now=NOON)
        assert await count_marks(connection, into) == {"done": 1, "refused": 1}
        assert await count_marks(connection, gone) == {}
        (due,) = await take_due_marks(connection, LATER, 10)
        assert (due.subject, due.asks_reply) == (into, True)


async def test_what_is_due_is_taken_once_and_never_for_whoever_blocked_us(store: Store) -> None:
    anna, boris = await add_person(store), await add_person(store, 8)
    async with store.write() as connection:
        await put_mark(connection, anna, "story:1", Mark.LATER, now=NOON, action="share", remind_at=LATER)
        await put_mark(connection, anna, "story:2", Mark.DONE, now=NOON, action="write-mp", follow_up_at=LATER)
        await put_mark(connection, boris, "story:1", Mark.LATER, now=NOON, remind_at=LATER)
        await set_blocked(connection, boris, blocked=True, now=NOON)
    async with store.write() as connection:
        assert not await take_due_marks(connection, NOON, 10)
        due = await take_due_marks(connection, LATER, 10)
        assert [(one.subject, one.action, one.asks_reply) for one in due] == [
            ("story:1", "share", False),
            ("story:2", "write-mp", True),
        ]
        assert not await take_due_marks(connection, LATER, 10)
        assert await set_replied(connection, anna, "story:2", replied=True)
        assert not await set_replied(connection, anna, "story:9", replied=True)
        kept = await find_mark(connection, anna, "story:2")
        assert kept
        assert kept.replied is True


@pytest.mark.parametrize(("number", "shown"), [(0, None), (FEWEST - 1, None), (FEWEST, FEWEST)])
def test_few_people_are_nobodys_business(number: int, shown: int | None) -> None:
    assert shown_count(number) == shown
