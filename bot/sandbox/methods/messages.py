"""Sending: messages, pictures, files, and the sign that the bot is busy."""

from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.content import read_caption, read_text
from bot.sandbox.files import StoredFile
from bot.sandbox.keyboards import read_keyboard
from bot.sandbox.params import Params, Upload
from bot.sandbox.pictures import measure
from bot.sandbox.refusals import bad_request
from bot.sandbox.telegram import Telegram

JSON = dict[str, Any]

_BUSY = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


async def send_message(telegram: Telegram, params: Params) -> JSON:
    """Text."""
    content = read_text(params)
    preview = params.parsed("link_preview_options", dict)
    return _post(telegram, params, content | ({"link_preview_options": preview} if preview else {}))


async def send_photo(telegram: Telegram, params: Params) -> JSON:
    """A picture, sent as a file or by its file_id."""
    return _post(telegram, params, read_photo(telegram, params, "photo") | read_caption(params))


def read_photo(telegram: Telegram, params: Params, name: str) -> JSON:
    """A message's picture, which the parameter `name` brings or names."""
    file = _file(telegram, params, name)
    size = measure(file.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    photo = {"file_id": file.id, "file_unique_id": file.id, "file_size": len(file.content)}
    return {"photo": [photo | {"width": size[0], "height": size[1]}]}


async def send_document(telegram: Telegram, params: Params) -> JSON:
    """A file."""
    file = _file(telegram, params, "document")
    document = {"file_id": file.id, "file_unique_id": file.id, "file_size": len(file.content)}
    names = {"file_name": file.name, "mime_type": file.content_type}
    return _post(telegram, params, {"document": document | names} | read_caption(params))


async def send_chat_action(telegram: Telegram, params: Params) -> bool:
    """The sign that the bot is busy; the page does not show it."""
    telegram.chats.reachable(params.whole("chat_id"))
    if params.text("action") not in _BUSY:
        raise bad_request("wrong parameter action in request")
    return True


async def get_file(telegram: Telegram, params: Params) -> JSON:
    """Where a file can be fetched."""
    file = telegram.files.find(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    return file.file()


def _post(telegram: Telegram, params: Params, content: JSON) -> JSON:
    chat = telegram.chats.reachable(params.whole("chat_id"))
    keyboard = read_keyboard(params)
    content |= _reply(chat, params)
    content |= {"reply_markup": keyboard} if keyboard and "inline_keyboard" in keyboard else {}
    content |= {"has_protected_content": True} if params.flag("protect_content") else {}
    message = telegram.chats.message(chat, telegram.bot, content)
    telegram.changes.mark()
    return message


def _reply(chat: Chat, params: Params) -> JSON:
    reply = params.parsed("reply_parameters", dict)
    if not reply:
        return {}
    original = chat.messages.get(Params(reply).whole("message_id"))
    if original is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return {"reply_to_message": original} if original else {}


def _file(telegram: Telegram, params: Params, name: str) -> StoredFile:
    sent = params.upload(name)
    if isinstance(sent, Upload):
        file_id = f"file{telegram.chats.next_message_id}"
        return telegram.files.add(StoredFile(file_id, sent.name, sent.content_type, sent.content))
    if not sent:
        raise bad_request(f"there is no {name} in the request")
    known = telegram.files.find(sent)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return known
