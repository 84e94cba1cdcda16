"""The bot as several processes on one PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.engine import URL

from tests.journeys.fleet import Fleet
from tests.journeys.world import AMINA, REPORT, SUMMARY, World
from tests.postgres import fresh_database

pytestmark = pytest.mark.slow


@pytest.fixture
async def fleet(world: World, postgres: URL) -> AsyncIterator[Fleet]:
    with fresh_database(postgres) as url:
        fleet = Fleet(world, url)
        try:
            yield fleet
        finally:
            await fleet.end_all()


async def test_poll_work_and_web_do_the_main_job_together(fleet: Fleet, unused_tcp_port: int) -> None:
    world = fleet.world
    poll = await fleet.start("poll")
    work = await fleet.start("work")
    web = await fleet.start("web", port=unused_tcp_port)
    await fleet.said(poll, "has the part 'poll'")
    await fleet.said(web, "has the part 'updates'")
    await world.until(lambda: world.site.fetches >= 2)
    await world.subscribe(AMINA)
    world.site.publish(REPORT, SUMMARY)
    try:
        await world.until(lambda: world.count(AMINA, "locked up for 22 hours") == 1, 20)
    except AssertionError as error:
        raise AssertionError(fleet.logs()) from error
    print(await web.health())
    print(await asyncio.gather(*(member.end() for member in (poll, work, web))))
    print(fleet.logs())
