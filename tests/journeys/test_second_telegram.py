"""The main journey once more, before a stand-in for Telegram that is not ours."""

import pytest

from tests.journeys.second_telegram import TOKEN, second_telegram
from tests.journeys.world import AMINA, REPORT, SUMMARY, World

pytestmark = pytest.mark.slow


async def test_start_consent_and_alert_before_another_telegram(world: World) -> None:
    async with second_telegram() as telegram:
        world.api_url, world.environ = telegram.url, {"TELEGRAM_TOKEN": TOKEN}
        await world.start()
        await telegram.say(AMINA, "/start")
        await world.until(lambda: any("calls to action" in text for text in telegram.texts(AMINA)[1:]))
        await telegram.press(AMINA, "Yes, send me alerts")
        await world.until(lambda: any("Yes to alerts" in text for text in telegram.edits))

        world.site.publish(REPORT, SUMMARY)
        await world.until(lambda: any("locked up for 22 hours" in text for text in telegram.texts(AMINA)))
        await telegram.say(AMINA, "/latest")
        await world.until(lambda: "locked up for 22 hours" in telegram.texts(AMINA)[-1])
        assert await world.stop() == 0
    assert telegram.refused == []
