from datetime import timedelta
from itertools import pairwise
from math import ceil

import pytest

from bot.store import Store
from bot.store.identity import (
    LAG_SECONDS,
    claim_identity,
    find_paused_until,
    get_pace,
    pause_sending,
    slow_down,
    spend_pace,
    take_pace,
)
from tests.builders import NOON

CLAIM_SECONDS = 0.1


async def sends_within(store: Store, seconds: int, per_second: float, step: float = 0.05) -> list[int]:
    """How many sends the pace allows in each second, when asked every `step` seconds for a tenth of a second's."""
    given = [0] * (seconds + 2)
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        for tick in range(round(seconds / step)):
            now = NOON + timedelta(seconds=tick * step)
            ahead = (await get_pace(connection, now)).ahead
            claim = ceil(per_second * (CLAIM_SECONDS - max(ahead, -LAG_SECONDS)))
            if claim <= 0:
                continue
            wait = await take_pace(connection, now=now, sends=claim, per_second=per_second)
            for place in range(claim):
                given[int(tick * step + wait + place / per_second)] += 1
    return given[:seconds]


@pytest.mark.parametrize("per_second", [25, 1000])
async def test_no_second_has_more_than_the_rate_and_a_tenth_and_the_first_is_no_burst(
    sqlite_store: Store, per_second: int
) -> None:
    given = await sends_within(sqlite_store, 5, per_second)
    assert max(given) <= per_second * 1.1 + 1
    assert 5 * per_second * 0.98 <= sum(given) <= 5 * per_second * 1.02 + 3


async def test_a_claim_late_by_less_than_a_tenth_of_a_second_costs_no_sends(sqlite_store: Store) -> None:
    assert sum(await sends_within(sqlite_store, 10, 100, step=0.17)) >= 10 * 100 * 0.98


async def test_all_workers_wait_for_one_row(store: Store) -> None:
    waits = []
    for number in range(4):
        async with store.write() as connection:
            if number == 0:
                await claim_identity(connection, bot_id=1, username="bot")
            waits.append(await take_pace(connection, now=NOON, sends=100, per_second=1))
    assert waits[0] == 0
    assert all(95 <= later - earlier <= 100.001 for earlier, later in pairwise(waits[1:]))


async def test_replies_are_paid_for_by_bulk_up_to_two_seconds(store: Store) -> None:
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        await spend_pace(connection, now=NOON, sends=100, per_second=10)
        assert 1 < (await get_pace(connection, NOON)).ahead <= 2
        await take_pace(connection, now=NOON, sends=100, per_second=10)
        await spend_pace(connection, now=NOON, sends=1, per_second=10)
        assert (await get_pace(connection, NOON)).ahead > 10


async def test_sending_that_is_held_gives_nothing_until_its_time(store: Store) -> None:
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        await pause_sending(connection, until=NOON + timedelta(seconds=30))
        assert (await get_pace(connection, NOON)).held
        assert await find_paused_until(connection) == NOON + timedelta(seconds=30)
        assert not (await get_pace(connection, NOON + timedelta(seconds=30))).held


async def test_a_lowered_rate_recovers_slowly_and_is_lowered_further_by_the_next_flood(store: Store) -> None:
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        assert (await get_pace(connection, NOON)).share == 1
        assert await slow_down(connection, NOON) == 0.7
        assert await slow_down(connection, NOON) < 0.5
        minutes = [(await get_pace(connection, NOON + timedelta(minutes=m))).share for m in (0, 1, 5, 60)]
    assert minutes == sorted(minutes)
    assert minutes[1] - minutes[0] < 0.1
    assert minutes[-1] == 1


async def test_a_clock_that_was_set_back_silences_nobody(sqlite_store: Store) -> None:
    async with sqlite_store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        await take_pace(connection, now=NOON, sends=1, per_second=1)
        earlier = NOON - timedelta(hours=1)
        assert (await get_pace(connection, earlier)).ahead == 0
        assert await take_pace(connection, now=earlier, sends=1, per_second=1) == 0
        await spend_pace(connection, now=earlier, sends=1, per_second=1)
        assert 1 < (await get_pace(connection, earlier)).ahead <= 2
