import logging

import pytest
from telegram.error import NetworkError

from bot.sandbox.faults import Fault, FaultKind
from handlers.errors import where
from handlers.menu import set_menus
from tests.handlers.chatting import ANNA, BEN, GROUP, Chatting


async def test_what_nobody_expected_is_apologised_for_once_and_logged_without_content(
    chatting: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    await chatting.break_database()
    sent = await chatting.say("/search secret-words")
    assert sent == [chatting.services.wording().plain("apology")]
    assert "a callback failed: OperationalError" in caplog.text
    assert "search_stories" in caplog.text
    assert "secret-words" not in caplog.text


async def test_a_press_that_fails_is_apologised_for(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.break_database()
    await chatting.press("No alerts")
    assert chatting.seen()[-1]["text"] == chatting.services.wording().plain("apology")


async def test_an_apology_that_cannot_be_sent_is_let_be(chatting: Chatting, caplog: pytest.LogCaptureFixture) -> None:
    chatting.telegram.faults.add(Fault(FaultKind.SERVER_ERROR, method="sendMessage", times=2))
    assert await chatting.say("/help") == []
    assert "the apology could not be sent" in caplog.text


async def test_who_blocked_us_meanwhile_is_sent_no_apology(chatting: Chatting) -> None:
    chatting.telegram.say(ANNA, ANNA, "/help")
    chatting.telegram.block(ANNA)
    await chatting.answer()
    assert [call.method for call in chatting.telegram.calls].count("sendMessage") == 1


async def test_a_failure_outside_any_update_is_only_logged(
    chatting: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    await chatting.bot.process_error(None, NetworkError("secret-words"))
    assert "a callback failed: NetworkError" in caplog.text
    assert "secret-words" not in caplog.text
    assert where(None) == ""


async def test_a_change_of_membership_that_fails_is_apologised_for_to_nobody(chatting: Chatting) -> None:
    await chatting.say("/help")
    await chatting.break_database()
    before = chatting.seen()
    chatting.telegram.block(ANNA)
    await chatting.answer()
    assert chatting.seen() == before


async def test_menus_are_set_by_scope(chatting: Chatting, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "handlers.menu")
    chatting.telegram.add_group(GROUP, "Friends", [ANNA, BEN])
    await chatting.say("/start")
    not_yet = Fault(FaultKind.BAD_REQUEST, method="setMyCommands", skip=4, words="chat not found")
    chatting.telegram.faults.add(not_yet)
    await set_menus(chatting.bot.bot, [ANNA, BEN], chatting.services.wordings)
    names = [command["command"] for command in chatting.telegram.commands_for(ANNA, ANNA)]
    assert names[:2] == ["status", "review"]
    assert "start" in names
    assert "status" not in [command["command"] for command in chatting.telegram.commands_for(BEN, BEN)]
    assert "forget" not in [command["command"] for command in chatting.telegram.commands_for(BEN, GROUP)]
    assert any("children in prison" in text for text in chatting.telegram.texts.values())
    assert "menu for chat was not set: Chat not found" in caplog.text


async def test_a_description_that_is_refused_stops_nothing(
    chatting: Chatting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "handlers.menu")
    chatting.telegram.faults.add(Fault(FaultKind.SERVER_ERROR, method="setMyDescription"))
    await set_menus(chatting.bot.bot, [], chatting.services.wordings)
    assert "description was not set" in caplog.text
