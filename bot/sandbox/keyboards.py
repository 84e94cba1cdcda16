"""Checks of reply_markup, with Telegram's words for what is wrong."""

import re
from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.refusals import bad_request

JSON = dict[str, Any]

_MOST_IN_ROW = 8
_MOST = 100
_LONGEST_DATA = 64
_LONGEST_COPY = 256
_ADDRESS = re.compile(r"(https?://([^\s/]+\.[^\s/]+|localhost|127\.0\.0\.1)(:\d+)?(/\S*)?|tg://\S+)$")
_ACTIONS = (
    "url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "copy_text", "web_app", "login_url", "callback_game", "pay",
)  # fmt: skip


def read_keyboard(params: Params) -> JSON | None:
    """The keyboard of a call: an inline one checked, another kind as it is, None if there is none or it is empty."""
    markup = params.parsed("reply_markup", dict)
    if not markup:
        return None
    if "inline_keyboard" not in markup:
        return _other(markup)
    rows = _rows(markup["inline_keyboard"])
    return {"inline_keyboard": rows} if rows else None


def _other(markup: JSON) -> JSON:
    if not {"keyboard", "remove_keyboard", "force_reply"} & markup.keys():
        raise bad_request("object expected as reply markup")
    return markup


def _rows(rows: Any) -> list[list[JSON]]:
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    if sum(map(len, rows)) > _MOST or any(len(row) > _MOST_IN_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return [[_button(button) for button in row] for row in rows if row]


def _button(button: Any) -> JSON:
    if not isinstance(button, dict):
        raise _malformed("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        problem = 'Can\'t find field "text"' if text is None else 'Field "text" must be of type String'
        raise _malformed(problem)
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    _check_action(button)
    return button


def _check_action(button: JSON) -> None:
    present = [name for name in _ACTIONS if button.get(name) or (name.startswith("switch") and name in button)]
    if len(present) != 1:
        raise _malformed("Text buttons are unallowed in the inline keyboard")
    value = button[present[0]]
    if present[0] == "callback_data" and len(str(value).encode()) > _LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if present[0] == "url" and not _ADDRESS.match(str(value)):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if present[0] == "copy_text" and not 0 < len(Params(button).nested("copy_text").text("text")) <= _LONGEST_COPY:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")


def _malformed(why: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {why}")


def has_button(markup: JSON | None, data: str) -> bool:
    """Whether an inline keyboard offers this callback data."""
    rows = (markup or {}).get("inline_keyboard", [])
    return any(button.get("callback_data") == data for row in rows for button in row)
