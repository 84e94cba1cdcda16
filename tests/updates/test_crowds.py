"""Somebody sends faster than they can be answered, with the real loop against a loopback Telegram."""

import asyncio

import pytest
from telegram import Update

from bot.errors import TooMuchError
from bot.updates.busy import showing_busy
from bot.updates.crowds import LINE, Crowds, find_talker
from tests.sending.server import refusal, until
from tests.updates.test_update_loop import House, confirmed, house, running, update

__all__ = ["house"]


async def test_only_whoever_floods_waits_and_only_the_first_of_what_is_too_much_is_told_so(house: House) -> None:
    flood = [update(10 + number, "slow" if number == 0 else str(number)) for number in range(LINE + 10)]
    async with running(house.loop()):
        house.telegram.publish(*flood, update(99, "somebody else", chat=2))
        await until(lambda: "somebody else" in house.ended)
        assert house.begun == ["slow", "somebody else"]
        house.gate.set()
        await until(confirmed(house, 99))
    assert len(house.ended) == LINE + 1
    assert [isinstance(one, TooMuchError) and one.first for one in house.errors] == [True] + [False] * 9


def test_whoever_has_caught_up_is_heard_and_told_anew() -> None:
    crowds = Crowds(1)
    who = (5, 5)
    assert [crowds.join(who), crowds.join(who), crowds.join((5, 6))] == [False, True, False]
    assert [crowds.tell(who), crowds.tell(who)] == [True, False]
    crowds.leave(who)
    crowds.leave(who)
    assert not crowds.join(who)
    assert crowds.tell(who)


def test_what_telegram_tells_of_a_chat_is_never_left_unheard() -> None:
    moved = update(1)
    moved["message"]["migrate_to_chat_id"] = -1005
    assert find_talker(Update.de_json(moved, None)) is None
    assert find_talker(Update(1)) is None
    assert find_talker(Update.de_json(update(1, chat=7), None)) == (7, 7)


async def test_whoever_waits_sees_that_the_bot_is_at_work_even_where_the_first_sign_is_refused(house: House) -> None:
    asked = Update.de_json(update(10), house.application.bot)
    async with showing_busy(asked, after_seconds=0):
        await until(lambda: house.telegram.called("sendChatAction"))
    house.telegram.script("sendChatAction", refusal(400, "Bad Request: chat not found"))
    async with showing_busy(asked, after_seconds=0):
        await until(lambda: len(house.telegram.called("sendChatAction")) == 2)
    assert house.telegram.called("sendChatAction")[0]["action"] == "typing"


@pytest.mark.parametrize("number", [1, 2])
async def test_a_quick_answer_shows_no_sign(house: House, number: int) -> None:
    asked = Update.de_json(update(10), house.application.bot) if number == 1 else Update(10)
    async with showing_busy(asked):
        await asyncio.sleep(0)
    assert house.telegram.called("sendChatAction") == []
