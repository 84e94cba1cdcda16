"""Changing and deleting messages that are there."""

from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.content import read_caption, read_text
from bot.sandbox.keyboards import read_keyboard
from bot.sandbox.methods.messages import read_photo
from bot.sandbox.params import Params
from bot.sandbox.refusals import bad_request
from bot.sandbox.telegram import Telegram

JSON = dict[str, Any]

_DELETABLE_SECONDS = 48 * 3_600
_MOST_DELETED = 100
_SHOWN = ("photo", "text", "entities", "caption", "caption_entities", "reply_markup", "link_preview_options")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


async def edit_message_text(telegram: Telegram, params: Params) -> JSON:
    """New text, and new buttons or none."""
    content = read_text(params)
    message = _editable(telegram, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    preview = params.parsed("link_preview_options", dict)
    content |= {"link_preview_options": preview} if preview else {}
    return _edit(telegram, params, message, content, ("text", "entities", "link_preview_options"))


async def edit_message_caption(telegram: Telegram, params: Params) -> JSON:
    """A new caption, or none, and new buttons or none."""
    content = read_caption(params)
    message = _editable(telegram, params)
    if "text" in message:
        raise bad_request("there is no caption in the message to edit")
    return _edit(telegram, params, message, content, ("caption", "caption_entities"))


async def edit_message_media(telegram: Telegram, params: Params) -> JSON:
    """Another picture with its caption, and new buttons or none."""
    media = params.parsed("media", dict) or {}
    if media.get("type") != "photo":
        raise bad_request("the sandbox knows no InputMedia but photos")
    message = _editable(telegram, params)
    content = read_photo(telegram, Params(media, params.uploads), "media") | read_caption(Params(media))
    return _edit(telegram, params, message, content, ("text", "entities", "photo", "caption", "caption_entities"))


async def edit_message_reply_markup(telegram: Telegram, params: Params) -> JSON:
    """New buttons, or none."""
    return _edit(telegram, params, _editable(telegram, params), {}, ())


def _editable(telegram: Telegram, params: Params) -> JSON:
    chat = telegram.chats.reachable(params.whole("chat_id"))
    message = chat.messages.get(_message_id(params))
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"] != telegram.bot:
        raise bad_request("message can't be edited")
    return message


def _message_id(params: Params) -> int:
    if not params.text("message_id"):
        raise bad_request("message identifier is not specified")
    return params.whole("message_id")


def _edit(telegram: Telegram, params: Params, message: JSON, content: JSON, replaced: tuple[str, ...]) -> JSON:
    keyboard = read_keyboard(params)
    edited = {key: value for key, value in message.items() if key not in {*replaced, "reply_markup"}} | content
    edited |= {"reply_markup": keyboard} if keyboard else {}
    if all(edited.get(key) == message.get(key) for key in _SHOWN):
        raise bad_request(_NOT_MODIFIED)
    edited["edit_date"] = int(telegram.clock())
    telegram.chats.get(message["chat"]["id"]).messages[message["message_id"]] = edited
    telegram.changes.mark()
    return edited


async def delete_message(telegram: Telegram, params: Params) -> bool:
    """One message."""
    chat = telegram.chats.reachable(params.whole("chat_id"))
    message = chat.messages.get(_message_id(params))
    if message is None:
        raise bad_request("message to delete not found")
    _delete(telegram, chat, message)
    return True


async def delete_messages(telegram: Telegram, params: Params) -> bool:
    """Up to 100 messages; those that are gone already are passed over."""
    chat = telegram.chats.reachable(params.whole("chat_id"))
    ids = params.parsed("message_ids", list)
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > _MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    if not all(isinstance(key, int) for key in ids):
        raise bad_request("invalid message identifier specified")
    for message in [chat.messages[key] for key in ids if key in chat.messages]:
        _delete(telegram, chat, message)
    return True


def _delete(telegram: Telegram, chat: Chat, message: JSON) -> None:
    others = message["from"] != telegram.bot and chat.kind != "private" and chat.bot_status != "administrator"
    if others or telegram.clock() - message["date"] > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message["message_id"]]
    telegram.changes.mark()
