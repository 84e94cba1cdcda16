"""What is remembered of updates, and what replies cost."""

import asyncio

import pytest
from sqlalchemy import select

from bot.app.seen import SeenUpdates
from bot.store import Store
from bot.store.identity import claim_identity
from bot.store.schema import identity
from tests.builders import NOON


async def pace_of(store: Store) -> float:
    async with store.read() as connection:
        return float((await connection.execute(select(identity.c.pace_tat))).scalar_one())


async def test_an_answer_is_remembered_and_its_reply_is_debited_once_nobody_holds_the_pace(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    times: list[float] = []
    seen = SeenUpdates(store, per_second=10, timed=times.append)
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="a_bot")
    assert not await seen.was_seen(5)
    if store.dialect == "postgresql":
        assert not await seen.was_seen(6)
        async with store.write() as connection:
            await connection.execute(select(identity).with_for_update())
            # Whoever has the row may be frozen: these two come back all the same.
            await seen.mark_seen(5, NOON)
            await seen.mark_seen(6, NOON)
        assert await seen.was_seen(6)
    else:
        await seen.mark_seen(5, NOON)
    assert await seen.was_seen(5)
    assert len(times) >= 1
    assert seen._paying is not None
    await asyncio.wait({seen._paying})
    assert await pace_of(store) > 0
    assert caplog.records == []


async def test_a_debit_that_the_database_refuses_is_let_go(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    seen = SeenUpdates(sqlite_store, per_second=10, timed=lambda _: None)
    await seen.was_seen(5)
    async with sqlite_store.write() as connection:
        await connection.exec_driver_sql("DROP TABLE identity")
    await seen.mark_seen(5, NOON)
    assert seen._paying is not None
    await asyncio.wait({seen._paying})
    assert "1 replies could not be debited (OperationalError)" in caplog.text
