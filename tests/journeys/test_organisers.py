"""Organisers with the bot as a process of its own: a sensitive story, a call to action, a crash in the middle."""

import asyncio

import pytest

from bot.sandbox.faults import Fault, FaultKind
from tests.journeys.world import AMINA, BRYN, OLWEN, TOMOS, World

pytestmark = pytest.mark.slow

DEATH = "A 16-year-old boy has died at HMYOI Werrington"


async def open_with_organisers(world: World) -> None:
    """The bot runs, both organisers have started it, and Amina wants alerts and calls to action."""
    await world.start()
    for organiser in (OLWEN, TOMOS):
        world.telegram.say(organiser, organiser, "/start")
    await world.subscribe(AMINA)
    await world.press(AMINA, "Yes, send me calls to action")


async def test_a_sensitive_story_waits_for_a_person_and_the_second_press_is_told(world: World) -> None:
    await open_with_organisers(world)
    world.site.publish(DEATH, "The boy was found in his cell at the young offender institution.")
    await world.until(lambda: world.count(OLWEN, "This story waits for you.") == 1)
    await world.until(lambda: world.count(TOMOS, "This story waits for you.") == 1)
    await asyncio.sleep(1)
    assert world.count(AMINA, DEATH) == 0

    await world.kill()
    await world.start()
    tomos_sees = world.find_button(TOMOS, "Publish")
    await world.press(OLWEN, "Publish")
    await world.until(lambda: world.count(AMINA, DEATH) == 1)
    assert tomos_sees is not None
    await world.until(lambda: world.count(TOMOS, f"by organiser {OLWEN}") == 1)
    assert world.count(AMINA, "Samaritans") == 1


async def test_two_people_send_a_call_to_action_once_even_over_kill_9(world: World) -> None:
    await open_with_organisers(world)
    world.telegram.say(OLWEN, OLWEN, "/broadcast")
    await world.until(lambda: world.count(OLWEN, "Please send it as your next message") == 1)
    world.telegram.say(OLWEN, OLWEN, "Write to your MP about Werrington today.")
    await world.press(OLWEN, "Submit")
    await world.until(lambda: world.find_button(TOMOS, "Approve") is not None)
    assert world.find_button(OLWEN, "Approve") is None

    await world.kill()
    await world.start()
    assert world.count(AMINA, "Write to your MP") == 0
    await world.press(TOMOS, "Approve")
    await world.until(lambda: world.count(AMINA, "Write to your MP about Werrington today.") == 1)
    await world.until(lambda: world.count(OLWEN, "1 of 1 got it") >= 1)
    await world.kill()
    await world.start()
    await asyncio.sleep(2)
    assert world.count(AMINA, "Write to your MP about Werrington today.") == 1
    assert world.count(BRYN, "Write to your MP") == 0


async def test_a_call_to_action_on_its_way_at_kill_9_is_never_sent_twice_and_stands_as_unknown(world: World) -> None:
    await open_with_organisers(world)
    world.telegram.say(OLWEN, OLWEN, "/broadcast Write to your MP about Werrington today.")
    await world.press(OLWEN, "Submit")
    await world.until(lambda: world.find_button(TOMOS, "Approve") is not None)
    world.telegram.faults.add(Fault(FaultKind.NO_ANSWER, chat_id=AMINA))
    await world.press(TOMOS, "Approve")
    await world.until(lambda: world.count(AMINA, "Write to your MP") == 1)
    await world.kill()
    await world.start()
    await world.until(lambda: world.count(OLWEN, "Nobody knows whether it arrived: 1.") >= 1)
    assert world.count(AMINA, "Write to your MP") == 1


async def test_organisers_are_told_when_telegram_refuses_a_message(world: World) -> None:
    await open_with_organisers(world)
    world.telegram.faults.add(Fault(FaultKind.BAD_REQUEST, chat_id=AMINA, words="Bad Request: can't parse entities"))
    world.site.publish("HMYOI Feltham A: inspectors find children unsafe", "An inspection found children unsafe.")
    await world.until(lambda: world.count(OLWEN, "Telegram refused a message of ours") == 1)
    await world.until(lambda: world.count(TOMOS, "Telegram refused a message of ours") == 1)


async def test_status_tells_whether_the_last_alert_reached_people(world: World) -> None:
    await open_with_organisers(world)
    world.site.publish("HMYOI Feltham A: inspectors find children unsafe", "An inspection found children unsafe.")
    await world.until(lambda: world.count(AMINA, "Feltham A: inspectors") == 1)
    await asyncio.sleep(1)
    world.telegram.say(OLWEN, OLWEN, "/status")
    await world.until(lambda: world.count(OLWEN, "it reached 1 of 1") == 1)
    world.telegram.say(AMINA, AMINA, "/status")
    await world.until(lambda: world.count(AMINA, "/help") >= 1)
    assert world.count(AMINA, "How things stand") == 0
