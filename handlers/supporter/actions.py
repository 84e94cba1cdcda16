"""/actions lists what can be done now; below each ask a person says that they did it, or when to be reminded."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from telegram import Update

from bot.compose.action import choose_asks
from bot.compose.asks import SHOW_LIST, Task, compose_task, compose_tasks
from bot.compose.wording import Wording
from bot.flows.reminding import find_task, subject_of
from bot.model.action import STANDING, Mark
from bot.model.story import Told
from bot.store.asks import list_recent
from bot.store.marks import count_marks, list_marks
from bot.store.subscribers import find_subscriber
from handlers.context import Context, acknowledge, key_of, reply, rewrite, wording_of
from handlers.supporter.marking import is_private, take_reply, take_said, take_said_among_others

LIST: Final = re.compile(f"^{SHOW_LIST}$")
RECENT: Final = timedelta(days=42)
LOOKED_AT: Final = 20
SHOWN: Final = 6


async def actions(update: Update, context: Context) -> None:
    """Say what can be done now."""
    tasks, private = await list_tasks(update, context), is_private(update)
    await reply(update, compose_tasks(tasks, wording_of(update, context), private=private))


async def show_list(update: Update, context: Context) -> None:
    """The list once more, in the place of one of it."""
    await acknowledge(update)
    tasks, private = await list_tasks(update, context), is_private(update)
    await rewrite(update, compose_tasks(tasks, wording_of(update, context), private=private))


async def list_tasks(update: Update, context: Context) -> list[Task]:
    """What stands until its last day, then what the newest stories ask for; not what they said they did or refused."""
    async with context.services.store.read() as connection:
        stories = await list_recent(connection, context.services.now() - RECENT, LOOKED_AT)
        chat = await find_subscriber(connection, key_of(update))
        marks = await list_marks(connection, chat.id) if chat else []
    past = {one.subject for one in marks if one.mark in {Mark.DONE, Mark.REFUSED}}
    tasks = [*standing(context), *asked(stories, context, wording_of(update, context))]
    wanted = [one for one in tasks if subject_of(one.story_id, one.action.id) not in past]
    return [one for one in [await with_petition(one, context) for one in wanted[:SHOWN]] if can_be_done(one)]


def standing(context: Context) -> list[Task]:
    """What can be done without a story."""
    today = context.services.now().date()
    actions = [one for one in context.services.pack.actions if one.kind in STANDING]
    return [Task(action=one, today=today) for one in actions if one.until is None or today <= one.until]


def asked(stories: Sequence[tuple[int, Told]], context: Context, wording: Wording) -> list[Task]:
    """What each of these stories asks for."""
    pack, today = context.services.pack, context.services.now().date()
    actions = [one for one in pack.actions if one.kind not in STANDING]
    return [
        Task(action=ask.action, today=today, story_id=story_id, told=told)
        for story_id, told in stories
        for ask in choose_asks(told, actions, wording, pack.institution_name, today)
    ]


async def with_petition(task: Task, context: Context) -> Task:
    """The same with the petition as it stands, where it is one and the service answers."""
    if task.action.petition is None or context.services.civic is None:
        return task
    return replace(task, petition=await context.services.civic.find_petition(task.action.petition))


def can_be_done(task: Task) -> bool:
    """Whether a petition is open, as far as is known."""
    return task.petition is None or task.petition.is_open


async def press_act(update: Update, context: Context) -> None:
    """Somebody says something of an ask, or wants to see more of it."""
    pressed, services = context.match, context.services
    if pressed is None:
        return
    said, number = pressed["said"], int(pressed["story"])
    async with services.store.read() as connection:
        task = await find_task(connection, services.pack, number, pressed["action"], services.now().date())
    if task is None:
        await acknowledge(update, wording_of(update, context).plain("notice-act-over"))
    elif said in {"points", "show"}:
        await show_task(update, context, task, listed=said == "show")
    elif said in {"answered", "unanswered"}:
        await take_reply(update, context, task, replied=said == "answered")
    elif is_private(update):
        await take_said(update, context, task, said)
    else:
        await take_said_among_others(update, context, task, said)


async def show_task(update: Update, context: Context, task: Task, *, listed: bool) -> None:
    """An ask with all that helps to do it: in the list's place, or below the alert. Among others only a notice."""
    wording = wording_of(update, context)
    if not is_private(update):
        await acknowledge(update, wording.plain("notice-act-points-private"))
        return
    await acknowledge(update)
    async with context.services.store.read() as connection:
        counts = await count_marks(connection, subject_of(task.story_id, task.action.id))
    whole = replace(await with_petition(task, context), done_by=counts.get(Mark.DONE, 0))
    inline = bool(context.bot.supports_inline_queries)
    message = compose_task(whole, wording, inline=inline, listed=listed)
    await (rewrite if listed else reply)(update, message)
