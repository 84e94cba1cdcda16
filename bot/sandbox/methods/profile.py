"""What the bot says about itself: its name, its texts and its command menus."""

from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.refusals import bad_request
from bot.sandbox.telegram import Telegram

JSON = dict[str, Any]

_LONGEST = {"name": 64, "description": 512, "short_description": 120}


async def get_me(telegram: Telegram, _params: Params) -> JSON:
    """The bot, with what BotFather would have set."""
    switches = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
    later = ("can_connect_to_business", "has_main_web_app", "has_topics_enabled", "allows_users_to_create_topics")
    return telegram.bot | switches | dict.fromkeys(later, False)


async def set_my_commands(telegram: Telegram, params: Params) -> bool:
    """A menu for one scope and language."""
    commands = params.objects("commands")
    if commands is None:
        raise bad_request("can't parse commands JSON object")
    telegram.commands.set(params.parsed("scope", dict), params.text("language_code"), commands)
    telegram.changes.mark()
    return True


async def get_my_commands(telegram: Telegram, params: Params) -> list[JSON]:
    """The menu of exactly this scope and language."""
    return telegram.commands.get(params.parsed("scope", dict), params.text("language_code"))


async def delete_my_commands(telegram: Telegram, params: Params) -> bool:
    """Without this menu, people see that of the next wider scope."""
    telegram.commands.delete(params.parsed("scope", dict), params.text("language_code"))
    telegram.changes.mark()
    return True


def _set(telegram: Telegram, params: Params, kind: str) -> bool:
    text = params.text(kind)
    if len(text) > _LONGEST[kind]:
        raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
    telegram.texts[f"{kind}:{params.text('language_code')}"] = text
    telegram.changes.mark()
    return True


def _get(telegram: Telegram, params: Params, kind: str) -> JSON:
    fallback = telegram.texts.get(f"{kind}:", telegram.bot["first_name"] if kind == "name" else "")
    return {kind: telegram.texts.get(f"{kind}:{params.text('language_code')}") or fallback}


async def set_my_name(telegram: Telegram, params: Params) -> bool:
    """The name in one language."""
    return _set(telegram, params, "name")


async def get_my_name(telegram: Telegram, params: Params) -> JSON:
    """The name that readers of one language see."""
    return _get(telegram, params, "name")


async def set_my_description(telegram: Telegram, params: Params) -> bool:
    """The text in an empty chat."""
    return _set(telegram, params, "description")


async def get_my_description(telegram: Telegram, params: Params) -> JSON:
    """The text in an empty chat."""
    return _get(telegram, params, "description")


async def set_my_short_description(telegram: Telegram, params: Params) -> bool:
    """The text on the bot's profile."""
    return _set(telegram, params, "short_description")


async def get_my_short_description(telegram: Telegram, params: Params) -> JSON:
    """The text on the bot's profile."""
    return _get(telegram, params, "short_description")
