"""The main job, end to end, with the bot as a process of its own."""

import asyncio

import pytest
from sqlalchemy.engine import URL

from bot.sandbox.faults import Fault, FaultKind
from tests.journeys.world import AMINA, BRYN, REPORT, SUMMARY, World
from tests.postgres import fresh_database

pytestmark = pytest.mark.slow


async def test_a_report_reaches_who_said_yes_once_and_never_again(world: World) -> None:
    await world.start()
    await world.subscribe(AMINA)
    world.telegram.say(BRYN, BRYN, "/start")
    await world.until(lambda: world.find_button(BRYN, "Yes, send me alerts") is not None)

    world.site.publish(REPORT, SUMMARY)
    await world.until(lambda: world.count(AMINA, "locked up for 22 hours") == 1)
    alert = world.texts(AMINA)[-1]
    assert "Children spent 22 hours a day in their cells." in alert
    assert "You get this because you follow everything." in alert

    assert await world.stop() == 0
    await world.start()
    await asyncio.sleep(2)
    assert world.count(AMINA, "locked up for 22 hours") == 1
    assert world.count(AMINA, "an old report") == 0
    assert world.count(BRYN, "locked up for 22 hours") == 0


async def test_after_kill_9_nothing_is_lost_and_nothing_comes_twice(world: World) -> None:
    await world.start()
    await world.subscribe(AMINA)
    for number, place in enumerate(("Werrington", "Wetherby", "Feltham A"), 1):
        world.site.publish(
            f"HMYOI {place}: inspectors report {number}7{number} assaults among children",
            f"An unannounced inspection of HMYOI {place} found outcomes for children poor in safety.",
        )
        # At another moment of the way each time: fetched, published, or on its way to Telegram.
        await asyncio.sleep(0.6 * number)
        await world.kill()
        await world.start()
        words = f"report {number}7{number} assaults"
        await world.until(lambda words=words: world.count(AMINA, words) >= 1)  # type: ignore[misc]
    await asyncio.sleep(1)
    sent = [world.count(AMINA, f"report {number}7{number} assaults") for number in (1, 2, 3)]
    assert all(1 <= count <= 2 for count in sent)
    assert sum(sent) <= 4


async def test_what_is_on_its_way_to_telegram_at_kill_9_comes_again(world: World) -> None:
    await world.start()
    await world.subscribe(AMINA)
    world.telegram.faults.add(Fault(FaultKind.LATENCY, chat_id=AMINA, seconds=30))
    calls = len(world.telegram.calls)
    world.site.publish(REPORT, SUMMARY)
    await world.until(lambda: any(call.method == "sendMessage" for call in list(world.telegram.calls)[calls:]))
    await world.kill()
    world.telegram.faults.clear()
    await world.start()
    await world.until(lambda: world.count(AMINA, "locked up for 22 hours") >= 1)


async def test_a_stop_survives_kill_9(world: World) -> None:
    await world.start()
    await world.subscribe(AMINA)
    await world.kill()
    world.telegram.say(AMINA, AMINA, "/stop")
    await world.start()
    await world.until(lambda: world.count(AMINA, "/start") >= 1)
    world.site.publish(REPORT, SUMMARY)
    await asyncio.sleep(4)
    assert world.count(AMINA, "locked up for 22 hours") == 0


async def test_the_same_on_postgresql_with_kill_9(world: World, postgres: URL) -> None:
    with fresh_database(postgres) as url:
        world.environ = {"DATABASE_URL": url.render_as_string(hide_password=False)}
        await world.start()
        await world.subscribe(AMINA)
        world.site.publish(REPORT, SUMMARY)
        await world.until(lambda: world.count(AMINA, "locked up for 22 hours") == 1)
        await world.kill()
        await world.start()
        await asyncio.sleep(1.5)
        assert world.count(AMINA, "locked up for 22 hours") == 1
        assert await world.stop() == 0
