import asyncio
from typing import Any

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)
from telegram.error import BadRequest

from bot.errors import NotFoundError
from tests.sandbox.running import ANNA, BEN, Sandbox

BUTTONS = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Yes", callback_data="yes"), InlineKeyboardButton("Read", url="https://example.org/")]]
)
TOO_OLD = "Query is too old and response timeout expired or query id is invalid"


async def pressed(sandbox: Sandbox) -> tuple["asyncio.Task[Any]", str]:
    sent = await sandbox.bot.send_message(ANNA, "Follow?", reply_markup=BUTTONS)
    press = asyncio.create_task(sandbox.telegram.press(ANNA, ANNA, sent.message_id, "yes"))
    (update,) = await sandbox.bot.get_updates(timeout=5)
    assert update.callback_query is not None
    assert (update.callback_query.data, update.callback_query.from_user.id) == ("yes", ANNA)
    return press, update.callback_query.id


async def test_a_press_gets_the_bots_answer_once(sandbox: Sandbox) -> None:
    press, query = await pressed(sandbox)
    await sandbox.bot.answer_callback_query(query, "Done", show_alert=True)
    assert await press == {"text": "Done", "show_alert": True, "url": ""}
    with pytest.raises(BadRequest, match=TOO_OLD):
        await sandbox.bot.answer_callback_query(query)


async def test_a_late_answer_is_refused(sandbox: Sandbox) -> None:
    press, query = await pressed(sandbox)
    sandbox.clock.now += 16
    with pytest.raises(BadRequest, match=TOO_OLD):
        await sandbox.bot.answer_callback_query(query)
    press.cancel()


async def test_a_press_that_nobody_answers_ends(sandbox: Sandbox) -> None:
    sent = await sandbox.bot.send_message(ANNA, "Follow?", reply_markup=BUTTONS)
    assert await sandbox.telegram.press(ANNA, ANNA, sent.message_id, "yes", wait=0) is None
    (update,) = await sandbox.bot.get_updates()
    assert update.callback_query is not None
    await update.callback_query.answer()


async def test_an_answer_that_nobody_waits_for_any_more_is_taken(sandbox: Sandbox) -> None:
    press, query = await pressed(sandbox)
    sandbox.telegram.queries._asked[query][1].cancel()
    await asyncio.wait([press])
    assert await sandbox.bot.answer_callback_query(query)


async def test_only_buttons_that_are_there_can_be_pressed(sandbox: Sandbox) -> None:
    sent = await sandbox.bot.send_message(ANNA, "Follow?", reply_markup=BUTTONS)
    for message_id, action in ((sent.message_id, "no"), (1, "yes")):
        with pytest.raises(NotFoundError):
            await sandbox.telegram.press(ANNA, ANNA, message_id, action)


async def test_an_answer_of_over_200_characters_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(BadRequest, match="Message_too_long"):
        await sandbox.bot.answer_callback_query("1", "x" * 201)


def article(name: str, text: str = "<b>Wetherby</b>") -> InlineQueryResultArticle:
    content = InputTextMessageContent(text, parse_mode="HTML")
    return InlineQueryResultArticle(name, "Wetherby", content, reply_markup=BUTTONS)


async def test_inline_results_reach_the_person(sandbox: Sandbox) -> None:
    asking = asyncio.create_task(sandbox.telegram.inline(BEN, "wetherby"))
    (update,) = await sandbox.bot.get_updates(timeout=5)
    assert update.inline_query is not None
    button = InlineQueryResultsButton("More", start_parameter="more")
    await sandbox.bot.answer_inline_query(update.inline_query.id, [article("1")], button=button)
    answer = await asking
    assert answer is not None
    assert answer["results"][0]["input_message_content"]["message_text"] == "Wetherby"
    assert answer["button"]["text"] == "More"


def result(name: str = "1", text: str = "x", title: str = "Wetherby") -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    return {"type": "article", "id": name, "title": title, "input_message_content": content}


@pytest.mark.parametrize(
    ("results", "words"),
    [
        (None, "can't parse inline query results JSON object"),
        ([result(str(number)) for number in range(51)], "RESULTS_TOO_MUCH"),
        ([result(), result()], "RESULT_ID_DUPLICATE"),
        ([result("x" * 65)], "RESULT_ID_INVALID"),
        ([result(text="<b>x")], "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ([result(text=" ")], "message text is empty"),
        ([result(text="x" * 4_097)], "message is too long"),
        ([result(title="")], "can't parse inline query result: Can't find field \"title\""),
        ([{"type": "photo", "id": "1"}], TOO_OLD.replace("id is", "ID is").replace("Query", "query", 1)),
    ],
)
async def test_inline_answers_that_telegram_refuses(sandbox: Sandbox, results: Any, words: str) -> None:
    answer = await sandbox.post("answerInlineQuery", inline_query_id="1", results=results)
    assert answer["description"] == f"Bad Request: {words}"
