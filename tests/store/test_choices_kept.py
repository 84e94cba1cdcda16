"""What people choose, and what they missed."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.story import StoryState
from bot.model.subscriber import ChatKey, EndedReason, Frequency, Subscriber, Wants
from bot.store import Store
from bot.store.choices import (
    count_expected_each,
    list_missed,
    pause_subscriber,
    resume_subscriber,
    set_choices,
    set_frequency,
)
from bot.store.digests import list_unscheduled, set_due
from bot.store.endings import add_ending, apply_ending, list_endings
from bot.store.moving import move_chat
from bot.store.schema import digest_items
from bot.store.subscribers import add_subscriber, end_subscriptions, find_subscriber, get_subscriber, set_blocked
from tests.builders import NOON, add_reader
from tests.store.telling import add_told_story, publish, send_due

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def reader(connection: AsyncConnection, chat_id: int = 1) -> Subscriber:
    """As the store knows them now."""
    return await get_subscriber(connection, ChatKey(chat_id))


async def waits(connection: AsyncConnection) -> list[tuple[int, bool]]:
    """Who waits for a digest, and whether its time is worked out."""
    rows = await connection.execute(select(digest_items).order_by(digest_items.c.subscriber_id))
    return [(row.subscriber_id, row.due_at is not None) for row in rows]


async def schedule_all(connection: AsyncConnection) -> None:
    """Every item is due in an hour."""
    await set_due(connection, [(one, NOON + HOUR) for one in await list_unscheduled(connection, 99)])


async def test_choices_are_kept_and_what_waits_follows_them(store: Store) -> None:
    async with store.write() as connection:
        someone = await add_reader(connection, 1, frequency="daily")
        await publish(connection, "Told", NOON)
        await schedule_all(connection)
        assert await waits(connection) == [(someone, True)]
        assert await set_choices(connection, someone, digest_hour=18, quiet_from=22, quiet_until=7, silent=True)
        assert await waits(connection) == [(someone, False)]
        choices = (await reader(connection)).choices
        assert (choices.digest_hour, choices.quiet_from, choices.quiet_until, choices.silent) == (18, 22, 7, True)
        await schedule_all(connection)
        assert await set_choices(connection, someone, calls_per_week=2, constituency="Stone", language_chosen=True)
        # Other choices move nothing: what quiet hours hold back of who reads weekly comes when they end all the same.
        assert await waits(connection) == [(someone, True)]
        assert await set_choices(connection, someone, quiet_from=None, quiet_until=None, constituency=None)
        assert (await reader(connection)).choices.quiet_from is None
        assert not await set_choices(connection, 99, silent=True)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"digest_hour": 24},
        {"digest_hour": None},
        {"digest_hour": True},
        {"digest_hour": "8"},
        {"digest_day": 7},
        {"quiet_from": 22},
        {"quiet_from": 7, "quiet_until": 7},
        {"quiet_from": None, "quiet_until": 7},
        {"calls_per_week": 0},
        {"calls_per_week": 51},
        {"silent": 1},
        {"constituency": ""},
        {"constituency": "x" * 129},
        {"paused_until": NOON},
        {"chat_id": 1},
    ],
)
async def test_what_cannot_be_chosen_is_refused(sqlite_store: Store, changes: dict[str, Any]) -> None:
    async with sqlite_store.write() as connection:
        someone = await add_reader(connection, 1)
        before = await reader(connection)
        with pytest.raises(ValueError, match=r"no such choice|quiet hours"):
            await set_choices(connection, someone, **changes)
        assert await reader(connection) == before


async def test_a_rhythm_is_chosen_for_what_is_followed_and_for_nothing_else(store: Store) -> None:
    async with store.write() as connection:
        someone = await add_reader(connection, 1, frequency="weekly")
        await publish(connection, "Told", NOON)
        await schedule_all(connection)
        assert not await set_frequency(connection, someone, "topic:restraint", Frequency.DAILY)
        assert await waits(connection) == [(someone, True)]
        assert await set_frequency(connection, someone, "everything", Frequency.NOW)
        assert await waits(connection) == [(someone, False)]
        assert (await reader(connection)).subscriptions[0].frequency is Frequency.NOW
        await end_subscriptions(connection, someone, reason=EndedReason.STOPPED, now=NOON, wants=Wants.CALLS)
        assert await waits(connection) == [(someone, False)]
        await end_subscriptions(connection, someone, reason=EndedReason.STOPPED, now=NOON)
        assert await waits(connection) == []
        assert not await set_frequency(connection, someone, "everything", Frequency.DAILY)


async def test_a_pause_has_an_end_may_be_moved_and_ended_early(store: Store) -> None:
    async with store.write() as connection:
        someone = await add_reader(connection, 1)
        with pytest.raises(ValueError, match="future"):
            await pause_subscriber(connection, someone, NOON, now=NOON)
        assert not await resume_subscriber(connection, someone, now=NOON)
        assert await pause_subscriber(connection, someone, NOON + DAY, now=NOON)
        assert await pause_subscriber(connection, someone, NOON + 9 * DAY, now=NOON + HOUR)
        choices = (await reader(connection)).choices
        assert (choices.paused_until, choices.away_from, choices.away_until) == (NOON + 9 * DAY, NOON, NOON + 9 * DAY)
        assert await resume_subscriber(connection, someone, now=NOON + DAY)
        choices = (await reader(connection)).choices
        assert (choices.paused_until, choices.away_from, choices.away_until) == (None, NOON, NOON + DAY)
        # A later pause is another time away.
        await pause_subscriber(connection, someone, NOON + 4 * DAY, now=NOON + 3 * DAY)
        assert (await reader(connection)).choices.away_from == NOON + 3 * DAY


async def test_who_blocks_us_is_away_until_they_speak_to_us_again(store: Store) -> None:
    async with store.write() as connection:
        someone = await add_reader(connection, 1)
        await set_blocked(connection, someone, blocked=True, now=NOON)
        await set_blocked(connection, someone, blocked=True, now=NOON + HOUR)
        choices = (await reader(connection)).choices
        assert (choices.away_from, choices.away_until) == (NOON, None)
        await add_subscriber(connection, ChatKey(1), language="en", source=None, now=NOON + DAY)
        assert (await reader(connection)).choices.away_until == NOON + DAY
        await add_subscriber(connection, ChatKey(1), language="en", source=None, now=NOON + 2 * DAY)
        assert (await reader(connection)).choices.away_until == NOON + DAY
        # A block within a pause: letting us in does not end the pause.
        await pause_subscriber(connection, someone, NOON + 9 * DAY, now=NOON + 3 * DAY)
        await set_blocked(connection, someone, blocked=True, now=NOON + 4 * DAY)
        await set_blocked(connection, someone, blocked=False, now=NOON + 5 * DAY)
        choices = (await reader(connection)).choices
        assert (choices.away_from, choices.away_until) == (NOON + 3 * DAY, NOON + 9 * DAY)


async def test_what_was_published_while_they_were_away_and_did_not_reach_them_is_missed(store: Store) -> None:
    async with store.write() as connection:
        someone = await add_reader(connection, 1, follows="institution:werrington")
        assert await list_missed(connection, await reader(connection), NOON) == []
        await publish(connection, "Before", NOON - 2 * DAY)
        await send_due(connection, NOON - 2 * DAY)
        late = await publish(connection, "Late but told", NOON + HOUR)
        assert await send_due(connection, NOON + HOUR) == [(1, late)]
        await pause_subscriber(connection, someone, NOON + 2 * DAY, now=NOON)
        for number, title in enumerate(("Older", "Newer")):
            await publish(connection, title, NOON + (2 + number) * HOUR)
        await publish(connection, "Elsewhere", NOON + 5 * HOUR, places=("wetherby",))
        assert await send_due(connection, NOON + 6 * HOUR) == []
        missed = await list_missed(connection, await reader(connection), NOON + DAY)
        assert [told.title for told in missed] == ["Newer", "Older"]
        await publish(connection, "After", NOON + 3 * DAY)
        assert await list_missed(connection, await reader(connection), NOON + 4 * DAY) == missed
        assert len(await list_missed(connection, await reader(connection), NOON + 4 * DAY, limit=1)) == 1
        await end_subscriptions(connection, someone, reason=EndedReason.STOPPED, now=NOON)
        assert await list_missed(connection, await reader(connection), NOON + 4 * DAY) == []


async def test_what_waited_for_a_digest_when_they_blocked_us_is_missed(store: Store) -> None:
    async with store.write() as connection:
        someone = await add_reader(connection, 1, frequency="weekly", at=NOON - 2 * DAY)
        await publish(connection, "Of before they followed", NOON - 3 * DAY)
        await publish(connection, "Waited", NOON - DAY)
        await pause_subscriber(connection, someone, NOON + DAY, now=NOON)
        # It still waits for the digest after the pause.
        assert await list_missed(connection, await reader(connection), NOON) == []
        await set_blocked(connection, someone, blocked=True, now=NOON)
        await end_subscriptions(connection, someone, reason=EndedReason.BLOCKED, now=NOON)
        await set_blocked(connection, someone, blocked=False, now=NOON + 2 * DAY)
        missed = await list_missed(connection, await reader(connection), NOON + 2 * DAY)
        assert [told.title for told in missed] == ["Waited"]


async def test_a_block_known_from_a_refused_message_alone_counts_as_being_away(store: Store) -> None:
    async with store.write() as connection:
        someone = await add_reader(connection, 1, at=NOON - 2 * DAY)
        await add_ending(connection, someone, EndedReason.BLOCKED, NOON)
        await publish(connection, "Meanwhile", NOON + HOUR)
        await apply_ending(connection, (await list_endings(connection))[0], NOON + 2 * HOUR)
        blocked = await reader(connection)
        assert (blocked.blocked, blocked.choices.away_from) == (True, NOON)
        await add_subscriber(connection, ChatKey(1), language="en", source=None, now=NOON + DAY)
        await publish(connection, "After", NOON + 2 * DAY)
        back = await reader(connection)
        assert (back.blocked, back.choices.away_until) == (False, NOON + DAY)
        assert [told.title for told in await list_missed(connection, back, NOON + 3 * DAY)] == ["Meanwhile"]


async def test_who_let_us_in_again_before_their_block_was_believed_is_not_blocked(store: Store) -> None:
    async with store.write() as connection:
        someone = await add_reader(connection, 1, at=NOON - 2 * DAY)
        await set_blocked(connection, someone, blocked=True, now=NOON - HOUR)
        await add_ending(connection, someone, EndedReason.BLOCKED, NOON)
        await set_blocked(connection, someone, blocked=False, now=NOON + HOUR)
        await apply_ending(connection, (await list_endings(connection))[0], NOON + 2 * HOUR)
        back = await reader(connection)
        assert not back.blocked
        assert (back.choices.away_from, back.choices.away_until) == (NOON - HOUR, NOON + HOUR)


async def test_what_to_expect_is_the_last_year_each_story_once(store: Store) -> None:
    async with store.write() as connection:
        await add_told_story(connection, "Too old", NOON - 366 * DAY)
        await add_told_story(connection, "Both", NOON - 300 * DAY, places=("werrington", "wetherby"))
        await add_told_story(connection, "One", NOON - DAY)
        await add_told_story(connection, "Of before", NOON - DAY, state=StoryState.HISTORY)
        await add_told_story(connection, "Waits", NOON - DAY, state=StoryState.WAITING)
        places = ["institution:werrington", "institution:wetherby", "topic:nothing"]
        assert await count_expected_each(connection, ["everything"], NOON) == {"everything": 3}
        assert await count_expected_each(connection, places, NOON) == dict(zip(places, (3, 1, 0), strict=True))


async def test_a_group_that_moves_keeps_its_rhythm_and_what_waits(store: Store) -> None:
    async with store.write() as connection:
        old = await add_reader(connection, -1, follows="institution:werrington", frequency="daily")
        new = await add_reader(connection, -2, frequency="weekly")
        both = await publish(connection, "For both", NOON)
        await move_chat(connection, -1, -2, now=NOON)
        there = await find_subscriber(connection, ChatKey(-2))
        assert there is not None
        rhythms = {one.follows: one.frequency.value for one in there.subscriptions}
        assert rhythms == {"everything": "weekly", "institution:werrington": "daily"}
        assert {one for one, _ in await waits(connection)} <= {old, new}
        theirs = select(digest_items.c.message_id).where(digest_items.c.subscriber_id == new)
        assert (await connection.execute(theirs)).scalars().all() == [both]
