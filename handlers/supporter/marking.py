"""What somebody says of an ask: done, later, not for me; and whether their MP replied."""

import re
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.compose.action import mark_row
from bot.compose.asks import Task, later_rows, marked_row
from bot.flows.reminding import day_that_matters, subject_of
from bot.model.action import FOLLOW_UP, ActionKind, Mark, shown_count
from bot.model.message import Button
from bot.model.message import Message as Told
from bot.model.subscriber import ChatKey
from bot.store.marks import count_marks, drop_mark, put_mark, set_replied
from bot.store.subscribers import add_subscriber, find_subscriber
from handlers.context import Context, acknowledge, key_of, keyboard, language_of, rewrite, wording_of

ACT: Final = re.compile(
    r"^act:(?P<story>\d{1,18}):(?P<action>[a-z0-9-]{1,24}):"
    r"(?P<said>done|later|refused|tomorrow|week|due|back|points|show|answered|unanswered)$"
)
TIMES: Final = {"tomorrow": 1, "week": 7, "due": 0}
"""When to be reminded: in so many days, or (0) in the morning of the day that matters."""


async def take_said(update: Update, context: Context, task: Task, said: str) -> None:
    """Keep what they say, and show it in the place of the buttons that said it."""
    wording = wording_of(update, context)
    if said in TIMES:
        await take_time(update, context, task, said)
    elif said == "later":
        day = day_that_matters(task, context.services.now(), zone_of(context))
        await acknowledge(update)
        await put_rows(update, *later_rows(task, wording, day.date() if day else None))
    elif said == "back":
        undone = await take_back(update, context, task)
        await acknowledge(update, wording.plain("notice-act-undone") if undone else None)
        await put_rows(update, mark_row(task.story_id, task.action, wording))
    else:
        await take_mark(update, context, task, Mark(said))


async def take_mark(update: Update, context: Context, task: Task, mark: Mark) -> None:
    """They did it, or it is not for them."""
    wording = wording_of(update, context)
    await keep(key_of(update), update, context, task, mark)
    thanked = await thank(update, context, task) if mark is Mark.DONE else wording.plain("notice-act-refused")
    await acknowledge(update, thanked)
    await put_rows(update, marked_row(task, wording.plain(f"button-marked-{mark.value}")))


async def take_time(update: Update, context: Context, task: Task, said: str) -> None:
    """They want to be reminded then."""
    wording, days = wording_of(update, context), TIMES[said]
    remind_at = (
        context.services.now() + timedelta(days=days)
        if days
        else day_that_matters(task, context.services.now(), zone_of(context))
    )
    if remind_at is None:
        await acknowledge(update, wording.plain("notice-act-over"))
        return
    await keep(key_of(update), update, context, task, Mark.LATER, remind_at=remind_at)
    await acknowledge(update, wording.plain("notice-act-later", date=remind_at))
    await put_rows(update, marked_row(task, wording.plain("button-marked-later", date=remind_at)))


async def take_said_among_others(update: Update, context: Context, task: Task, said: str) -> None:
    """Where others see the same buttons these stay, and only the presser is answered.

    What they did or refused is kept where they are known from a private chat; nobody is made known by a press here.
    """
    wording, presser = wording_of(update, context), update.effective_user
    own = ChatKey(presser.id) if presser else None
    async with context.services.store.read() as connection:
        known = own is not None and await find_subscriber(connection, own) is not None
    if own is None or not known or said not in {Mark.DONE, Mark.REFUSED}:
        await acknowledge(update, wording.plain("notice-act-private"))
        return
    await keep(own, update, context, task, Mark(said))
    done = said == Mark.DONE
    await acknowledge(update, await thank(update, context, task) if done else wording.plain("notice-act-refused"))


async def take_reply(update: Update, context: Context, task: Task, *, replied: bool) -> None:
    """Whether their MP replied."""
    wording = wording_of(update, context)
    async with context.services.store.write() as connection:
        chat = await find_subscriber(connection, key_of(update))
        subject = subject_of(task.story_id, task.action.id)
        known = chat is not None and await set_replied(connection, chat.id, subject, replied=replied)
    if not known:
        await acknowledge(update, wording.plain("notice-act-over"))
        return
    await acknowledge(update)
    await rewrite(update, wording("follow-up-answered" if replied else "follow-up-unanswered"))


async def keep(
    key: ChatKey, update: Update, context: Context, task: Task, mark: Mark, *, remind_at: datetime | None = None
) -> None:
    """Keep one row for them and this subject. Who wrote to their MP is asked later whether an answer came."""
    services = context.services
    now = services.now()
    asks_later = mark is Mark.DONE and task.action.kind is ActionKind.WRITE_MP
    async with services.store.write() as connection:
        known = await find_subscriber(connection, key) or await add_subscriber(
            connection, key, language=language_of(update, context), source=None, now=now
        )
        await put_mark(
            connection,
            known.id,
            subject_of(task.story_id, task.action.id),
            mark.value,
            now=now,
            action=task.action.id,
            remind_at=remind_at,
            follow_up_at=now + FOLLOW_UP if asks_later else None,
        )


async def take_back(update: Update, context: Context, task: Task) -> bool:
    """Forget what they said of it; False where they had said nothing."""
    async with context.services.store.write() as connection:
        known = await find_subscriber(connection, key_of(update))
        subject = subject_of(task.story_id, task.action.id)
        return known is not None and await drop_mark(connection, known.id, subject)


async def thank(update: Update, context: Context, task: Task) -> str:
    """Thanks, with what comes next, or how many did it where they are many."""
    wording = wording_of(update, context)
    if task.action.kind is ActionKind.WRITE_MP and is_private(update):
        return wording.plain("notice-act-done-mp")
    async with context.services.store.read() as connection:
        counts = await count_marks(connection, subject_of(task.story_id, task.action.id))
    number = shown_count(counts.get(Mark.DONE, 0))
    return wording.plain("notice-act-done-count", number=number) if number else wording.plain("notice-act-done")


async def put_rows(update: Update, *rows: tuple[Button, ...]) -> None:
    """Put rows in the place of those that say something of the ask. A message too old to be changed stays."""
    message, new = update.effective_message, keyboard(Told("", rows))
    if not isinstance(message, Message) or message.reply_markup is None or new is None:
        return
    before = [list(row) for row in message.reply_markup.inline_keyboard]
    saying = [number for number, row in enumerate(before) if any(says(button) for button in row)]
    if not saying:
        return
    after = [row for number, row in enumerate(before) if number not in saying]
    after[saying[0] : saying[0]] = [list(row) for row in new.inline_keyboard]
    try:
        await message.edit_reply_markup(InlineKeyboardMarkup(after))
    except BadRequest:
        # It shows this already, or can be changed no more: what was pressed is kept all the same.
        return


def says(button: InlineKeyboardButton) -> bool:
    """Whether a button says something of an ask, rather than showing more of it."""
    pressed = ACT.match(button.callback_data) if isinstance(button.callback_data, str) else None
    return pressed is not None and pressed["said"] not in {"points", "show"}


def zone_of(context: Context) -> ZoneInfo:
    """The campaign's time zone."""
    return ZoneInfo(context.services.settings.timezone)


def is_private(update: Update) -> bool:
    """Whether nobody else reads along."""
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE
