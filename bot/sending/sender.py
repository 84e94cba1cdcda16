"""One message to one chat, and what came of it."""

import json
from functools import lru_cache
from typing import Any

from telegram import Bot, InputFile, InputMediaPhoto
from telegram.error import TelegramError

from bot.model.delivery import Fate, Receipt
from bot.model.message import Button, Message, Picture
from bot.model.subscriber import ChatKey
from bot.sending.fates import classify

NO_PREVIEW = json.dumps({"is_disabled": True})


async def send(bot: Bot, key: ChatKey, message: Message, *, paid: bool = False) -> Receipt:
    """Send once and say what came of it; raises nothing that Telegram or the network caused.

    `paid` lets it go beyond the free rate, for Stars (Bot API, allow_paid_broadcast).

    It takes the Bot's raw path, which gives the answer as plain JSON: `send_message` would make objects of it that
    nobody reads, and `do_api_request` warns at every method that the Bot knows.
    """
    parameters = {**parameters_of(message), "chat_id": key.chat_id, "message_thread_id": key.thread_id}
    if paid:
        parameters["allow_paid_broadcast"] = True
    method = method_of(message)
    try:
        answer = await bot._post(method, parameters)  # noqa: SLF001 - the docstring says why
        return Receipt(fate=Fate.SENT, telegram_message_id=answer["message_id"], file_id=largest_photo(answer))
    except TelegramError as error:
        return classify(error)
    except (KeyError, TypeError):
        return Receipt(fate=Fate.UNKNOWN, reason="Telegram's answer names no message")


def method_of(message: Message) -> str:
    """What sends it."""
    if message.attachment is not None and message.attachment.kind == "document":
        return "sendDocument"
    return "sendPhoto" if message.captioned else "sendMessage"


def largest_photo(answer: Any) -> str | None:
    """What Telegram calls the picture it was sent: of its sizes the last is the largest (Bot API, PhotoSize)."""
    sizes = answer.get("photo")
    return sizes[-1].get("file_id") if sizes else None


async def edit(bot: Bot, chat_id: int, message_id: int, message: Message) -> Receipt:
    """Change a message of ours, as `send` says what came of it. One that shows this already counts as SENT.

    Editing puts no limit on a message's age (Bot API); one that its reader deleted is BAD_CONTENT. Of a message with a
    picture or an attachment the caption changes; that stays, unless the picture is given with its content: then it
    takes the other's place.
    """
    parameters = {**parameters_of(message), "disable_notification": None, "chat_id": chat_id, "message_id": message_id}
    method = "editMessageCaption" if message.captioned else "editMessageText"
    if message.picture and message.picture.content:
        method = "editMessageMedia"
        words = {"caption": parameters.pop("caption"), "parse_mode": parameters.pop("parse_mode")}
        parameters["media"] = InputMediaPhoto(message.picture.content, filename="picture.png", **words)
    parameters.pop("photo", None)
    parameters.pop("document", None)
    try:
        await bot._post(method, parameters)  # noqa: SLF001 - as in `send`
    except TelegramError as error:
        if "not modified" not in error.message.lower():
            return classify(error)
    return Receipt(fate=Fate.SENT, telegram_message_id=message_id)


async def delete(bot: Bot, chat_id: int, message_id: int) -> Receipt:
    """Take back a message of ours, as `send` says what came of it.

    One that is gone already, or was sent 48 hours ago or more (Bot API, deleteMessage), is BAD_CONTENT.
    """
    try:
        await bot._post("deleteMessage", {"chat_id": chat_id, "message_id": message_id})  # noqa: SLF001 - as in `send`
    except TelegramError as error:
        return classify(error)
    return Receipt(fate=Fate.SENT, telegram_message_id=message_id)


@lru_cache(maxsize=64)
def parameters_of(message: Message) -> dict[str, Any]:
    """What is the same for every reader of a message, encoded once; not to be changed by the caller."""
    markup = {"inline_keyboard": [[button_of(button) for button in row] for row in message.buttons]}
    if message.picture:
        words = {"caption": message.text, "photo": message.picture.file_id or upload(message.picture)}
    elif message.attachment:
        words = {"caption": message.text, message.attachment.kind: message.attachment.file_id}
    else:
        words = {"text": message.text, "link_preview_options": NO_PREVIEW}
    return {
        **words,
        "parse_mode": "HTML",
        "disable_notification": True if message.silent else None,
        "reply_markup": json.dumps(markup) if message.buttons else None,
    }


def upload(picture: Picture) -> InputFile:
    """The picture as a part of the request."""
    return InputFile(picture.content, filename="grades.png")


def button_of(button: Button) -> dict[str, str | None]:
    """A button as the Bot API wants it."""
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.action}
