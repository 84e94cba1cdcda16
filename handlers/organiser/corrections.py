"""/correct: what can be done about a message that was sent. A withdrawal takes two taps."""

import re

from telegram import Update

from bot.compose.correction import compose_choice, compose_menu, compose_sure
from bot.flows.approving import Answer
from bot.model.amendment import SentMessage, Why
from bot.model.message import Message
from bot.model.organiser import Act
from bot.store.sent import find_message_of, find_message_of_copy, find_sent_message, list_sent_messages
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.drafted_corrections import prompt_note
from handlers.organiser.people import admit, admit_press

FIX = re.compile(
    r"^fix:(?P<subject>message|story|broadcast):(?P<id>\d{1,15}):"
    r"(?P<do>open|correct|page|withdraw|person|wrong|mistake|other)$"
)
"""A press on what was sent: which, and what is to be done. The reason of a withdrawal is its second tap."""
ASKED = re.compile(r"^(?:(?P<subject>message|story|broadcast)\s+)?(?P<id>\d{1,15})$")
LISTED = 8


async def correct(update: Update, context: Context) -> None:
    """The message that is named, by its number or as the answer to a copy of it; else the newest, to choose from."""
    if not await admit(update, context, Act.STOP, private=True):
        return
    wording = wording_of(update, context)
    asked = ASKED.match(" ".join(context.args or []))
    replied = update.message.reply_to_message if update.message else None
    if asked is None and replied is None:
        async with context.services.store.read() as connection:
            newest = await list_sent_messages(connection, LISTED)
        await reply(update, compose_choice(newest, wording))
        return
    async with context.services.store.read() as connection:
        if asked is not None:
            found = await find_message_of(connection, asked["subject"] or "message", int(asked["id"]))
        else:
            chat = update.effective_chat
            found = await find_message_of_copy(connection, chat.id if chat else 0, replied.id if replied else 0)
    await reply(update, await show_menu(update, context, found))


async def show_menu(update: Update, context: Context, message_id: int | None) -> Message | str:
    """What can be done about a message."""
    wording = wording_of(update, context)
    message = await find_message(context, message_id)
    if message is None:
        return wording("fix-unknown")
    async with context.services.store.read() as connection:
        changed = message.story_id is not None and await context.services.desk.correcting.rewording.has_changed(
            connection, message.story_id
        )
    return compose_menu(message, wording, changed=changed)


async def find_message(context: Context, message_id: int | None) -> SentMessage | None:
    """A message that was sent."""
    async with context.services.store.read() as connection:
        return await find_sent_message(connection, message_id or 0)


async def press_fix(update: Update, context: Context) -> None:
    """Open what can be done, begin a correction, ask once more before a withdrawal, or do it."""
    pressed = context.match
    if pressed is None:
        return
    writes = pressed["do"] in {"correct", "page"}
    by = await admit_press(update, context, Act.CORRECT if writes else Act.STOP)
    if by is None:
        return
    async with context.services.store.read() as connection:
        message_id = await find_message_of(connection, pressed["subject"], int(pressed["id"]))
    if pressed["do"] == "open":
        await acknowledge(update)
        await answer(update, await show_menu(update, context, message_id), in_place=pressed["subject"] == "message")
    elif writes:
        await begin(update, context, message_id, by, page=pressed["do"] == "page")
    elif pressed["do"] == "withdraw":
        await acknowledge(update)
        message = await find_message(context, message_id)
        wording = wording_of(update, context)
        await rewrite(update, compose_sure(message, wording) if message else wording("fix-unknown"))
    else:
        await withdraw(update, context, message_id, Why(pressed["do"]), by)


async def answer(update: Update, message: Message | str, *, in_place: bool) -> None:
    """Change the pressed message where it is one of these; under a card or a receipt answer below it."""
    await (rewrite if in_place else reply)(update, message)


async def begin(update: Update, context: Context, message_id: int | None, by: int, *, page: bool) -> None:
    """Ask for the note: in private, for it is the author's next message there."""
    wording = wording_of(update, context)
    if update.effective_chat is None or update.effective_chat.id != by:
        await acknowledge(update)
        await reply(update, wording("fix-private", number=str(message_id or 0)))
        return
    amendment = await context.services.desk.correcting.begin(message_id or 0, by=by, page=page)
    await acknowledge(update, None if amendment else wording.plain("notice-changed"))
    await reply(update, prompt_note(amendment, wording) if amendment else await show_menu(update, context, message_id))


async def withdraw(update: Update, context: Context, message_id: int | None, why: Why, by: int) -> None:
    """The second tap."""
    said = await context.services.desk.correcting.withdraw(message_id or 0, why, by=by)
    key = "notice-withdrawn" if said is Answer.DONE else f"notice-{said.value}"
    await acknowledge(update, wording_of(update, context).plain(key))
    await rewrite(update, await show_menu(update, context, message_id))
