"""Answers to presses and to inline queries."""

from typing import Any

from bot.sandbox.content import LONGEST_TEXT, format_text
from bot.sandbox.keyboards import read_keyboard
from bot.sandbox.markup import utf16
from bot.sandbox.params import Params
from bot.sandbox.refusals import bad_request
from bot.sandbox.telegram import Telegram

JSON = dict[str, Any]

_LONGEST_ANSWER = 200
_MOST_RESULTS = 50
_LONGEST_RESULT_ID = 64
_LONGEST_OFFSET = 64
_CACHED = 300


async def answer_callback_query(telegram: Telegram, params: Params) -> bool:
    """What the person who pressed sees: nothing, a line, or an alert."""
    text = params.text("text")
    if utf16(text) > _LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": params.flag("show_alert"), "url": params.text("url")}
    telegram.queries.answer(params.text("callback_query_id"), answer)
    return True


async def answer_inline_query(telegram: Telegram, params: Params) -> bool:
    """Up to 50 results, each with the text as it would be seen."""
    results = params.objects("results")
    if results is None:
        raise bad_request("can't parse inline query results JSON object")
    if len(results) > _MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({str(result.get("id")) for result in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    offset, seconds = params.text("next_offset"), params.whole("cache_time", _CACHED)
    if len(offset.encode()) > _LONGEST_OFFSET:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer = {
        "results": [_result(result) for result in results],
        "button": params.parsed("button", dict),
        "next_offset": offset,
        "cache_time": seconds,
        "is_personal": params.flag("is_personal"),
    }
    telegram.queries.answer(params.text("inline_query_id"), answer)
    return True


def _result(result: JSON) -> JSON:
    if not 0 < len(str(result.get("id", "")).encode()) <= _LONGEST_RESULT_ID:
        raise bad_request("RESULT_ID_INVALID")
    if result.get("type") == "article" and not result.get("title"):
        raise bad_request("can't parse inline query result: Can't find field \"title\"")
    if "reply_markup" in result:
        read_keyboard(Params(result))
    content = Params(result).parsed("input_message_content", dict)
    return result if content is None else result | {"input_message_content": _content(content)}


def _content(content: JSON) -> JSON:
    fields = Params(content)
    text, entities = format_text(fields.text("message_text"), fields.text("parse_mode"), fields.objects("entities"))
    if not text:
        raise bad_request("message text is empty")
    if utf16(text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return content | {"message_text": text, "entities": entities}
