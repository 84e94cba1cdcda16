"""Telegram brings updates to the bot, instead of being asked for them."""

import httpx
import pytest

from tests.journeys.world import AMINA, World

pytestmark = pytest.mark.slow


async def test_what_people_say_comes_by_webhook_survives_kill_9_and_goes_back_to_polling(
    world: World, unused_tcp_port: int
) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}"
    world.environ = {
        "PORT": str(unused_tcp_port),
        "BOT__WEB__HOST": "127.0.0.1",
        "BOT__WEB__PUBLIC_URL": url,
        "BOT__TELEGRAM__MODE": "webhook",
        "BOT__TELEGRAM__WEBHOOK_SECRET": "a-secret-of-16-or-more",
    }
    await world.start()
    await world.until(lambda: world.telegram.webhook.url.startswith(f"{url}/telegram/"))
    await world.subscribe(AMINA)
    async with httpx.AsyncClient() as stranger:
        assert (await stranger.post(world.telegram.webhook.url, json={"update_id": 1})).status_code == 404
        assert (await stranger.get(f"{url}/health")).json()["healthy"] is True

    await world.kill()
    told = len(world.texts(AMINA))
    world.telegram.say(AMINA, AMINA, "/help")
    await world.start()
    await world.until(lambda: len(world.texts(AMINA)) > told)
    assert await world.stop() == 0

    world.environ = {}
    world.telegram.say(AMINA, AMINA, "/latest")
    told = len(world.texts(AMINA))
    await world.start()
    await world.until(lambda: len(world.texts(AMINA)) > told)
    assert world.telegram.webhook.url == ""
