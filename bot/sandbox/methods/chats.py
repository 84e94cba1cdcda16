"""Asking about chats and who is in them."""

from typing import Any

from bot.sandbox.chats import Chat, member
from bot.sandbox.params import Params
from bot.sandbox.refusals import bad_request
from bot.sandbox.telegram import Telegram

JSON = dict[str, Any]

# Required by the Bot API's ChatFullInfo; the sandbox's chats have nothing special about them.
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
_FULL = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": dict.fromkeys(_GIFTS, False),
}


async def get_chat(telegram: Telegram, params: Params) -> JSON:
    """The Bot API's ChatFullInfo."""
    return telegram.chats.known(params.whole("chat_id")).chat() | _FULL


async def get_chat_member(telegram: Telegram, params: Params) -> JSON:
    """Who someone is in a chat."""
    chat = telegram.chats.reachable(params.whole("chat_id"))
    return _member(telegram, chat, params.whole("user_id"))


async def get_chat_administrators(telegram: Telegram, params: Params) -> list[JSON]:
    """Who runs a group."""
    chat = telegram.chats.reachable(params.whole("chat_id"))
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    admins = [user_id for user_id, status in chat.members.items() if status in {"creator", "administrator"}]
    return [_member(telegram, chat, user_id) for user_id in admins]


async def get_chat_member_count(telegram: Telegram, params: Params) -> int:
    """How many are in a chat, the bot too."""
    chat = telegram.chats.reachable(params.whole("chat_id"))
    return 1 + sum(status not in {"left", "kicked"} for status in chat.members.values())


async def leave_chat(telegram: Telegram, params: Params) -> bool:
    """The bot goes out of a group."""
    chat = telegram.chats.reachable(params.whole("chat_id"))
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = "left"
    telegram.changes.mark()
    return True


def _member(telegram: Telegram, chat: Chat, user_id: int) -> JSON:
    if user_id == telegram.bot["id"]:
        return member(chat.bot_status, telegram.bot)
    if user_id not in telegram.chats.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member(chat.members.get(user_id, "left"), telegram.chats.person(user_id).user())
