"""The command menus and the bot's descriptions, set on start."""

import logging
from collections.abc import Iterable, Mapping

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.compose.wording import DEFAULT_LANGUAGE, Wording
from bot.model.organiser import Act, Role, may

log = logging.getLogger(__name__)

EVERYBODY = (
    *("start", "subscribe", "settings", "latest", "search", "prison", "trend", "actions", "mp"),
    *("why", "missed", "corrections", "pause", "resume", "stop"),
    *("language", "help", "privacy", "mydata", "forget"),
)
GROUP = ("latest", "search", "prison", "trend", "actions", "why", "missed", "help", "privacy")
ADMINS = ("start", "subscribe", "settings", *GROUP, "pause", "resume", "stop", "language", "mydata", "forget")
"""A group's menu for everybody, and for its admins, who choose for it."""
ORGANISER_ACTS = {
    "status": Act.SEE,
    "review": Act.REVIEW,
    "merge": Act.REVIEW,
    "split": Act.REVIEW,
    "broadcast": Act.DRAFT,
    "rehearse": Act.DRAFT,
    "correct": Act.STOP,
    "stats": Act.SEE,
    "feeds": Act.FEEDS,
    "people": Act.SEE,
    "invite": Act.INVITE,
    "audit": Act.AUDIT,
    "stopall": Act.STOP,
    "liftstop": Act.LIFT,
    "whoami": Act.SEE,
}
"""What is in an organiser's menu, and who may use it."""
ORGANISER = tuple(ORGANISER_ACTS)


async def set_menus(bot: Bot, organisers: Iterable[int], wordings: Mapping[str, Wording]) -> None:
    """Set menus by scope and language, and the descriptions. What Telegram refuses is logged: no menu stops a start."""
    for language, wording in wordings.items():
        code = None if language == DEFAULT_LANGUAGE else language
        await set_menu(bot, BotCommandScopeDefault(), EVERYBODY, wording, code)
        await set_menu(bot, BotCommandScopeAllGroupChats(), GROUP, wording, code)
        await set_menu(bot, BotCommandScopeAllChatAdministrators(), ADMINS, wording, code)
        for organiser in organisers:
            # Refused until that organiser has written to the bot once; the next start sets it.
            await set_menu(bot, BotCommandScopeChat(organiser), (*ORGANISER, *EVERYBODY), wording, code)
        await set_descriptions(bot, wording, code)


def list_commands(role: Role | None) -> tuple[str, ...]:
    """What somebody of this role may ask beside what everybody may."""
    return tuple(name for name, act in ORGANISER_ACTS.items() if may(role, act))


async def set_own_menu(bot: Bot, user_id: int, role: Role | None, wordings: Mapping[str, Wording]) -> None:
    """Set one person's menu as their role asks, when it has changed."""
    names = list_commands(role)
    for language, wording in wordings.items():
        code = None if language == DEFAULT_LANGUAGE else language
        await set_menu(bot, BotCommandScopeChat(user_id), (*names, *EVERYBODY), wording, code)


async def set_menu(bot: Bot, scope: BotCommandScope, names: Iterable[str], wording: Wording, code: str | None) -> None:
    """One menu."""
    commands = [BotCommand(name, wording.plain(f"menu-{name}")) for name in names]
    try:
        await bot.set_my_commands(commands, scope=scope, language_code=code)
    except TelegramError as error:
        log.info("the command menu for %s was not set: %s", scope.type, error.message)


async def set_descriptions(bot: Bot, wording: Wording, code: str | None) -> None:
    """What a person reads before they press Start."""
    try:
        await bot.set_my_description(wording.plain("bot-description"), language_code=code)
        await bot.set_my_short_description(wording.plain("bot-short-description"), language_code=code)
    except TelegramError as error:
        log.info("the bot's description was not set: %s", error.message)
