import logging

import pytest
from telegram import Update
from telegram.error import NetworkError

from bot.compose.text import visible_text
from bot.errors import TooMuchError
from bot.model.subscriber import Wants
from bot.sandbox.faults import Fault, FaultKind
from handlers.errors import where
from handlers.menu import set_menus
from tests.handlers.chatting import ANNA, BEN, GROUP, Chatting
from tests.handlers.test_supporter import a_press


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


async def test_whoever_sends_too_much_is_told_once_and_only_stop_counts(chatting: Chatting) -> None:
    await chatting.say("/start")
    await chatting.press("Yes, send me alerts")
    words = chatting.services.wording()
    said = [chatting.telegram.say(ANNA, ANNA, text) for text in ("/latest", "/latest", "/stop", "/stop")]
    before = len(chatting.seen())
    for number, message in enumerate(said):
        update = Update.de_json({"update_id": number, "message": message}, chatting.bot.bot)
        await chatting.bot.process_error(update, TooMuchError(first=number == 0))
    assert [one["text"] for one in chatting.seen()[before:]] == [words.plain("busy"), visible_text(words("stopped"))]
    known = await chatting.subscriber()
    assert known is not None
    assert not known.wants(Wants.ALERTS)


async def test_a_press_too_many_is_answered_and_somebody_out_of_reach_is_let_be(chatting: Chatting) -> None:
    await chatting.say("/start")
    question, action = chatting.find_button("Yes, send me alerts", ANNA)
    press = Update.de_json(a_press(chatting, question["message_id"], action), chatting.bot.bot)
    await chatting.bot.process_error(press, TooMuchError(first=False))
    assert chatting.telegram.calls[-1].values["text"] == chatting.services.wording().plain("notice-busy")
    chatting.telegram.faults.add(Fault(FaultKind.FORBIDDEN))
    said = Update.de_json({"update_id": 1, "message": chatting.telegram.say(ANNA, ANNA, "/latest")}, chatting.bot.bot)
    before = len(chatting.seen())
    await chatting.bot.process_error(said, TooMuchError(first=True))
    assert len(chatting.seen()) == before


@pytest.mark.parametrize("thing", ["sticker", "voice", "location", "venue"])
async def test_things_that_are_no_words_are_answered_kindly_and_an_album_once(chatting: Chatting, thing: str) -> None:
    message = chatting.telegram.say(ANNA, ANNA, "/start")
    await chatting.answer()
    del message["text"], message["entities"]
    named = {"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}
    things: dict[str, dict[str, object]] = {
        "sticker": {**named, "type": "regular", "is_animated": False, "is_video": False},
        "voice": {**named, "duration": 1},
        "location": {"latitude": 1.0, "longitude": 1.0},
        "venue": {"location": {"latitude": 1.0, "longitude": 1.0}, "title": "x", "address": "x"},
    }
    before = len(chatting.seen())
    await chatting.process({"update_id": 1, "message": {**message, thing: things[thing]}})
    for number in range(2, 5):
        album = {**message, "photo": [named], "media_group_id": "7"}
        await chatting.process({"update_id": number, "message": album})
    told = chatting.services.wording().plain("unknown-thing")
    assert [one["text"] for one in chatting.seen()[before:]] == [told, told]


async def test_words_that_are_no_command_can_be_searched_for_with_one_press(chatting: Chatting) -> None:
    await chatting.publish("HMYOI Werrington: not safe", institutions=("werrington",))
    await chatting.say("Werrington\nsafe?")
    await chatting.press("Search the findings for this")
    assert "HMYOI Werrington: not safe" in chatting.seen()[-1]["text"]
    await chatting.say("x" * 4000)
    assert "reply_markup" not in chatting.seen()[-1]
