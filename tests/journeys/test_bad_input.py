"""What goes wrong at a start or on the way: a sentence that says what to do, and nothing lost."""

import asyncio
import socket

import pytest

from tests.journeys.world import AMINA, REPORT, SUMMARY, World

pytestmark = pytest.mark.slow


async def ends(world: World) -> str:
    """Start a bot that cannot go on; returns what it says, and fails if its exit code is zero."""
    await world.start(ready=False)
    assert world.process is not None
    async with asyncio.timeout(40):
        assert await world.process.wait() != 0
    said = world.log()
    assert "Traceback" not in said
    return said


async def test_no_token_and_no_sandbox(world: World) -> None:
    world.environ = {"TELEGRAM_TOKEN": ""}
    world.settings = "[sandbox]\nenabled = false\n"
    assert "no TELEGRAM_TOKEN: set it" in await ends(world)


async def test_a_token_that_telegram_refuses_is_not_repeated(world: World) -> None:
    secret = "b" * 35
    world.environ = {"TELEGRAM_TOKEN": f"1000000001:{secret}"}
    said = await ends(world)
    assert "Telegram does not accept the bot's token" in said
    assert secret not in said


async def test_a_port_in_use(world: World) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        world.settings = f"[web]\nport = {port}\n"
        assert f"Port {port} of 127.0.0.1 cannot be used" in await ends(world)


async def test_a_database_that_is_none(world: World) -> None:
    (world.folder / "data").mkdir()
    (world.folder / "data" / "alerts.db").write_text("Dear Minister, " * 1000)
    assert "is not a database" in await ends(world)


async def test_a_second_bot_on_the_same_database_is_refused(world: World) -> None:
    await world.start()
    first = world.process
    assert "Stop that one first" in await ends(world)
    world.process = first
    assert not world.ended()


async def test_a_feed_that_is_a_web_page_shows_as_failing_and_stops_nothing(world: World) -> None:
    world.site.body = b"<!doctype html><html><body><h1>Welcome</h1></body></html>"
    await world.start()
    await world.subscribe(AMINA)
    assert "web page" in world.log()
    world.site.body = None
    await asyncio.sleep(2.5)
    world.site.publish(REPORT, SUMMARY)
    await world.until(lambda: world.count(AMINA, "locked up for 22 hours") == 1)


async def test_an_update_that_cannot_be_read_stops_no_later_one(world: World) -> None:
    await world.start()
    world.telegram.updates.add("message", {"message_id": "nonsense", "date": "never", "chat": 3})
    world.telegram.say(AMINA, AMINA, "/help")
    await world.until(lambda: world.count(AMINA, "/latest") >= 1)
    assert "cannot be read and was skipped" in world.log()
