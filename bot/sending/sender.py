"""One message to one chat, and what came of it."""

import json
from functools import lru_cache
from typing import Any

from telegram import Bot
from telegram.error import TelegramError

from bot.model.delivery import Fate, Receipt
from bot.model.message import Button, Message
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
    try:
        answer = await bot._post("sendMessage", parameters)  # noqa: SLF001 - the docstring says why
        return Receipt(fate=Fate.SENT, telegram_message_id=answer["message_id"])
    except TelegramError as error:
        return classify(error)
    except (KeyError, TypeError):
        return Receipt(fate=Fate.UNKNOWN, reason="Telegram's answer names no message")


async def edit(bot: Bot, chat_id: int, message_id: int, message: Message) -> Receipt:
    """Change a message of ours, as `send` says what came of it. One that shows this already counts as SENT.

    Editing puts no limit on a message's age (Bot API); one that its reader deleted is BAD_CONTENT.
    """
    parameters = {**parameters_of(message), "disable_notification": None, "chat_id": chat_id, "message_id": message_id}
    try:
        await bot._post("editMessageText", parameters)  # noqa: SLF001 - as in `send`
    except TelegramError as error:
        if "not modified" not in error.message.lower():
            return classify(error)
    return Receipt(fate=Fate.SENT, telegram_message_id=message_id)


@lru_cache(maxsize=64)
def parameters_of(message: Message) -> dict[str, Any]:
    """What is the same for every reader of a message, encoded once; not to be changed by the caller."""
    markup = {"inline_keyboard": [[button_of(button) for button in row] for row in message.buttons]}
    return {
        "text": message.text,
        "parse_mode": "HTML",
        "link_preview_options": NO_PREVIEW,
        "disable_notification": True if message.silent else None,
        "reply_markup": json.dumps(markup) if message.buttons else None,
    }


def button_of(button: Button) -> dict[str, str | None]:
    """A button as the Bot API wants it."""
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.action}
