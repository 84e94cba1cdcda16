from datetime import timedelta

from bot.store import Store
from bot.store.identity import claim_identity, find_paused_until, free_pace, pause_sending, spend_pace
from tests.builders import NOON


async def sends_within(store: Store, seconds: float, per_second: float, step: float = 0.05) -> list[int]:
    """How many sends the pace gives in each second, when asked every `step` seconds for all that is free."""
    given = [0] * round(seconds)
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        for tick in range(round(seconds / step)):
            now = NOON + timedelta(seconds=tick * step)
            free = await free_pace(connection, now=now, per_second=per_second)
            await spend_pace(connection, now=now, sends=free, per_second=per_second)
            given[int(tick * step)] += free
    return given


async def test_no_second_has_more_than_the_rate_and_a_tenth_and_the_first_is_no_burst(store: Store) -> None:
    given = await sends_within(store, 5, 25)
    assert max(given) <= 25 * 1.1 + 1
    assert 5 * 25 * 0.96 <= sum(given) <= 5 * 25 + 3


async def test_replies_are_paid_for_by_bulk(store: Store) -> None:
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        await spend_pace(connection, now=NOON, sends=10, per_second=10)
        assert await free_pace(connection, now=NOON, per_second=10) == 0
        assert await free_pace(connection, now=NOON + timedelta(seconds=1), per_second=10) == 1


async def test_sending_that_is_held_gives_nothing_until_its_time(store: Store) -> None:
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        await pause_sending(connection, until=NOON + timedelta(seconds=30))
        assert await free_pace(connection, now=NOON, per_second=25) == 0
        assert await find_paused_until(connection) == NOON + timedelta(seconds=30)
        assert await free_pace(connection, now=NOON + timedelta(seconds=30), per_second=25) == 2
