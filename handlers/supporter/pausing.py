"""/pause and /resume; /missed shows what was published meanwhile."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from telegram import Update

from bot.compose.choices import OPEN_END, compose_paused, compose_pauses, pause_of
from bot.compose.days import MOST_DAYS, read_day
from bot.compose.paging import LAST_PAGE, PAGE, compose_page
from bot.compose.text import Markup
from bot.compose.wording import Wording
from bot.model.message import Message
from bot.model.subscriber import Subscriber
from bot.store.choices import list_missed, pause_subscriber, resume_subscriber
from handlers.admins import may_choose
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.questions.prison import today
from handlers.supporter.following import find_here

PAUSE: Final = re.compile(r"^pause:(?P<span>day|week|month|open|over)$")
MISSED: Final = re.compile(r"^missed:(?P<page>\d{1,2})$", re.ASCII)
SPANS: Final = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=30)}
LONGEST: Final = 60


async def pause(update: Update, context: Context) -> None:
    """Send nothing before the day that follows the command; without one it is asked how long."""
    if not await may_choose(update, context):
        return
    typed, wording = " ".join(context.args or [])[:LONGEST], wording_of(update, context)
    if not typed:
        chat = await find_here(update, context)
        until = pause_of(chat.choices, context.services.now()) if chat else None
        await reply(update, compose_pauses(until, wording))
        return
    day = read_day(typed, today(context))
    if day is None or day <= today(context):
        await reply(update, wording("pause-unreadable"))
    elif day > today(context) + timedelta(days=MOST_DAYS):
        await reply(update, wording("pause-too-long"))
    else:
        until = datetime.combine(day, time(0), ZoneInfo(context.services.settings.timezone)).astimezone(UTC)
        await reply(update, await keep_pause(update, context, until))


async def keep_pause(update: Update, context: Context, until: datetime) -> Message:
    """Write it down, and say until when; who follows nothing has nothing to pause."""
    services, wording, chat = context.services, wording_of(update, context), await find_here(update, context)
    if chat is None or all(one.ended_at is not None for one in chat.subscriptions):
        return Message(wording("pause-follows-nothing"))
    async with services.store.write() as connection:
        await pause_subscriber(connection, chat.id, until, now=services.now())
    return compose_paused(until, wording)


async def press_pause(update: Update, context: Context) -> None:
    """Pause for as long as was pressed, from now on; or go on."""
    if context.match is None or not await may_choose(update, context):
        return
    await acknowledge(update)
    span = context.match["span"]
    if span == "over":
        await rewrite(update, await go_on(update, context))
    else:
        until = context.services.now() + SPANS[span] if span in SPANS else OPEN_END
        await rewrite(update, await keep_pause(update, context, until))


async def resume(update: Update, context: Context) -> None:
    """End a pause before its time."""
    if await may_choose(update, context):
        await reply(update, await go_on(update, context))


async def go_on(update: Update, context: Context) -> Markup:
    """The same, in words: how much was missed."""
    services, wording, chat = context.services, wording_of(update, context), await find_here(update, context)
    if chat is None:
        return wording("resumed-already")
    async with services.store.write() as connection:
        paused = await resume_subscriber(connection, chat.id, now=services.now())
    if not paused:
        return wording("resumed-already")
    async with services.store.read() as connection:
        count = len(await list_missed(connection, chat, services.now()))
    return wording("resumed", count=count)


async def missed(update: Update, context: Context) -> None:
    """What was published while nothing reached this chat."""
    await reply(update, await tell_missed(update, context, 0))


async def turn_missed(update: Update, context: Context) -> None:
    """Another page of it."""
    await acknowledge(update)
    if context.match is not None:
        await rewrite(update, await tell_missed(update, context, min(int(context.match["page"]), LAST_PAGE)))


async def tell_missed(update: Update, context: Context, page: int) -> Message:
    """A page of what was missed."""
    services, wording, chat = context.services, wording_of(update, context), await find_here(update, context)
    if chat is None or chat.choices.away_from is None:
        return Message(wording("missed-none"))
    async with services.store.read() as connection:
        told = await list_missed(connection, chat, services.now())
    shown = told[page * PAGE : (page + 1) * PAGE + 1]
    if not told:
        return Message(wording("missed-none"))
    heading = missed_heading(chat, wording, services.now()) if shown else wording("page-none")
    return compose_page(shown, wording, heading, page, lambda target: f"missed:{target}")


def missed_heading(chat: Subscriber, wording: Wording, now: datetime) -> Markup:
    """From when to when."""
    first, last = chat.choices.away_from or now, chat.choices.away_until
    if last is None or last > now:
        return wording("missed-heading-since", first=first)
    return wording("missed-heading", first=first, last=last)
