"""/settings: how messages reach a chat. A button says what it sets, so that old ones and second presses are fine."""

import re
from collections.abc import Callable
from typing import Any, Final

from telegram import Update

from bot.compose.choices import (
    compose_caps,
    compose_days,
    compose_hours,
    compose_quiet,
    compose_quiet_hours,
    compose_settings,
)
from bot.compose.wording import Wording
from bot.model.message import Message
from bot.model.subscriber import Choices
from bot.store.choices import set_choices
from bot.store.subscribers import add_subscriber
from handlers.admins import may_choose
from handlers.context import Context, acknowledge, key_of, language_of, reply, rewrite, wording_of
from handlers.supporter.following import find_here

_HOUR: Final = r"(?:1?\d|2[0-3])"
SHOW: Final = re.compile(rf"^set(?::(?P<part>hour|day|cap|quiet(?::from|:{_HOUR})?))?$", re.ASCII)
"""A press that asks for choices: all, one kind of them, or the end of quiet hours that begin at an hour."""
SET: Final = re.compile(
    rf"^set:(?P<name>hour:{_HOUR}|day:[0-6]|cap:(?:none|[1-9])|quiet:(?:off|{_HOUR}:{_HOUR})|(?:silent|urgent):(?:on|off))$",
    re.ASCII,
)
"""A press that chooses."""
PARTS: Final[dict[str, Callable[[Wording], Message]]] = {
    "hour": compose_hours,
    "day": compose_days,
    "cap": compose_caps,
    "quiet": compose_quiet,
    "quiet:from": lambda wording: compose_quiet_hours(None, wording),
}


async def settings(update: Update, context: Context) -> None:
    """Say how messages reach this chat now, with a button for each choice."""
    if await may_choose(update, context):
        await reply(update, await tell_settings(update, context))


async def tell_settings(update: Update, context: Context) -> Message:
    """The same as a message; a chat that is not known has what everybody has at first."""
    chat, services = await find_here(update, context), context.services
    place = services.settings.timezone.rpartition("/")[2].replace("_", " ")
    return compose_settings(chat.choices if chat else Choices(), place, wording_of(update, context), services.now())


async def show_part(update: Update, context: Context) -> None:
    """The choices that were asked for."""
    if context.match is None or not await may_choose(update, context):
        return
    await acknowledge(update)
    part, wording = context.match["part"], wording_of(update, context)
    if part is None:
        await rewrite(update, await tell_settings(update, context))
    elif part in PARTS:
        await rewrite(update, PARTS[part](wording))
    else:
        await rewrite(update, compose_quiet_hours(int(part.partition(":")[2]), wording))


async def set_choice(update: Update, context: Context) -> None:
    """Keep what was chosen, and show how it stands now."""
    if context.match is None or not await may_choose(update, context):
        return
    name, _, said = context.match["name"].partition(":")
    changes = read_choice(name, said)
    if changes is None:
        await acknowledge(update, wording_of(update, context).plain("notice-stale"))
        return
    services = context.services
    async with services.store.write() as connection:
        chat = await add_subscriber(
            connection, key_of(update), language=language_of(update, context), source=None, now=services.now()
        )
        await set_choices(connection, chat.id, **changes)
    await acknowledge(update, wording_of(update, context).plain("notice-set"))
    await rewrite(update, await tell_settings(update, context))


def read_choice(name: str, said: str) -> dict[str, Any] | None:
    """What a button chooses, by the names of bot.model.subscriber.Choices; None: quiet hours without a length."""
    if name == "quiet":
        return read_quiet(said)
    values: dict[str, tuple[str, Any]] = {
        "hour": ("digest_hour", as_number(said)),
        "day": ("digest_day", as_number(said)),
        "cap": ("calls_per_week", as_number(said)),
        "silent": ("silent", said == "on"),
        "urgent": ("urgent_at_once", said == "on"),
    }
    return dict([values[name]])


def as_number(said: str) -> int | None:
    """A number, or none."""
    return int(said) if said.isdecimal() else None


def read_quiet(said: str) -> dict[str, Any] | None:
    """Quiet hours from one hour until another, or none."""
    begins, _, ends = said.partition(":")
    if said == "off":
        return {"quiet_from": None, "quiet_until": None}
    return {"quiet_from": int(begins), "quiet_until": int(ends)} if int(begins) != int(ends) else None
