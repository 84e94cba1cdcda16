"""A stop for everything: not one more claim, on whatever worker, until an owner lifts it."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.aftermath import give_back
from bot.flows.ruling import Choice
from bot.flows.stopping import stamp_of
from bot.model.story import StoryState
from bot.store import Store
from bot.store.claims import claim_deliveries
from bot.store.identity import find_freeze, freeze_sending, get_pace, lift_freeze, take_pace
from tests.builders import add_reader
from tests.flows.organising import OLWEN, TOMOS, Organising


@pytest.fixture
async def desk(store: Store) -> Organising:
    organising = Organising(store)
    await organising.open()
    async with store.write() as connection:
        for chat in range(501, 506):
            await add_reader(connection, chat)
    return organising


async def publish(desk: Organising) -> int:
    story = await desk.wait()
    await desk.cards.tick()
    card = (await desk.all_cards())[-1]
    assert await desk.review.decide(card.id, Choice.PUBLISH, by=OLWEN)
    return story


async def test_what_is_stopped_is_not_sent_and_goes_on_when_it_is_lifted(desk: Organising) -> None:
    freeze = await desk.desk.stopping.freeze(by=TOMOS)
    assert await publish(desk)
    desk.restart()
    await desk.deliver.tick()
    assert desk.sent == []
    again = await desk.desk.stopping.freeze(by=OLWEN)
    assert (again.by, again.at) == (TOMOS, freeze.at)
    assert not await desk.desk.stopping.lift(stamp_of(freeze) + 1, by=OLWEN)
    assert await desk.desk.stopping.lift(stamp_of(freeze), by=OLWEN)
    assert not await desk.desk.stopping.lift(stamp_of(freeze), by=OLWEN)
    await desk.deliver.tick()
    assert len(desk.sent) == 5
    assert [deed.verb for deed in await desk.deeds()] == ["stopall", "publish", "liftstop"]


async def test_a_stop_while_a_claim_is_made_takes_it_back(desk: Organising) -> None:
    await publish(desk)
    deliver = desk.deliver
    async with desk.store.write() as connection:
        # As if the stop had come after the claim looked at the pace, and before it took its own.
        assert await freeze_sending(connection, by=OLWEN, now=desk.now)
        pace = await get_pace(connection, desk.now)
        assert pace.held
    async with desk.store.write() as connection:
        claimed = await claim_deliveries(connection, worker="test", now=desk.now, limit=5)
        assert len(claimed) == 5
        await take_pace(connection, now=desk.now, sends=5, per_second=1000)
        assert await find_freeze(connection) is not None
        await give_back(connection, claimed, desk.now)
    await deliver.tick()
    assert desk.sent == []
    async with desk.store.write() as connection:
        assert await lift_freeze(connection, since=desk.now)
    await deliver.tick()
    assert [(one.tries, one.doubted) for one in desk.sent] == [(1, False)] * 5


async def test_two_who_stop_at_once_stop_once(desk: Organising) -> None:
    found = await asyncio.gather(desk.desk.stopping.freeze(by=OLWEN), desk.desk.stopping.freeze(by=TOMOS))
    assert found[0] == found[1]
    assert [deed.verb for deed in await desk.deeds()] == ["stopall"]
    assert await desk.desk.stopping.find() == found[0]
    assert await desk.stories(StoryState.WAITING) == []


async def test_a_worker_that_claims_in_the_very_moment_of_a_stop_claims_nothing(desk: Organising) -> None:
    if desk.store.dialect != "postgresql":
        pytest.skip("on SQLite one transaction writes at a time")
    await publish(desk)
    async with desk.store.write() as connection:
        assert await freeze_sending(connection, by=OLWEN, now=desk.now)
        # It sees no stop yet, claims, and waits to take its pace until this transaction has ended.
        ticking = asyncio.create_task(desk.deliver.tick())
        while not await is_waited_for(connection):  # noqa: ASYNC110 - another process would tell nobody
            await asyncio.sleep(0.01)
    assert await ticking == 0
    assert desk.sent == []
    freeze = await desk.desk.stopping.find()
    assert freeze is not None
    assert await desk.desk.stopping.lift(stamp_of(freeze), by=OLWEN)
    assert await desk.deliver.tick() == 5


async def is_waited_for(connection: AsyncConnection) -> bool:
    """Whether another transaction waits for a row that this one has changed."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    return bool((await connection.execute(waiting)).scalar())
