"""/privacy says what is kept, /mydata shows it, /forget deletes it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import InputFile, Update
from telegram.constants import ChatType

from bot.compose import Markup, Wording
from bot.compose.held import compose_held, compose_receipt, write_file
from bot.model.message import Button, Message
from bot.services import Settings
from bot.store.mydata import gather_held, gather_organised
from bot.store.subscribers import find_subscriber, forget_subscriber
from handlers.admins import may_choose
from handlers.context import Context, acknowledge, key_of, reply, rewrite, wording_of
from handlers.supporter.following import name_of

FORGET = re.compile(r"^forget:(?P<said>yes|no)$")


async def show_privacy(update: Update, context: Context) -> None:
    """Say what is kept, for how long, and who answers for it."""
    await reply(update, privacy(wording_of(update, context), context.services.settings))


def privacy(wording: Wording, settings: Settings) -> Markup:
    """The privacy notice; where organisation or contact are not configured it says so."""
    known, contact = settings.organisation, settings.contact
    who = wording("privacy-who", organisation=known) if known else wording("privacy-who-unknown")
    how = wording("privacy-contact", contact=contact) if contact else wording("privacy-contact-unknown")
    return wording("privacy", who=who, contact=how)


async def mydata(update: Update, context: Context) -> None:
    """Everything that is kept about this chat, as a message to read and as a file."""
    chat = update.effective_chat
    if chat is None or not await may_choose(update, context):
        return
    wording, services, key = wording_of(update, context), context.services, key_of(update)
    async with services.store.read() as connection:
        whose, held = await find_subscriber(connection, key), await gather_held(connection, key)
    organised = await list_organised(update, context)
    message = compose_held(
        whose, held, organised, wording, lambda follows: name_of(context, follows, wording), services.now()
    )
    await reply(update, message)
    if held or organised:
        file = InputFile(write_file(held, organised), filename="mydata.json")
        await chat.send_document(file, message_thread_id=key.thread_id)


async def list_organised(update: Update, context: Context) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """What is kept of whoever asks because they are an organiser; told in private only."""
    chat, user = update.effective_chat, update.effective_user
    if user is None or chat is None or chat.type != ChatType.PRIVATE:
        return {}
    async with context.services.store.read() as connection:
        return await gather_organised(connection, user.id)


async def forget(update: Update, context: Context) -> None:
    """Ask first: what is deleted cannot be brought back."""
    if not await may_choose(update, context):
        return
    wording = wording_of(update, context)
    yes = Button(wording.plain("button-forget-yes"), action="forget:yes")
    no = Button(wording.plain("button-forget-no"), action="forget:no")
    await reply(update, Message(wording("forget-question"), ((yes,), (no,))))


async def answer_forget(update: Update, context: Context) -> None:
    """Delete at once and say what was deleted, or leave everything as it is."""
    if context.match is None or not await may_choose(update, context):
        return
    await acknowledge(update)
    wording = wording_of(update, context)
    if context.match["said"] == "no":
        await rewrite(update, wording("forget-not"))
        return
    async with context.services.store.write() as connection:
        held = await gather_held(connection, key_of(update))
        forgotten = await forget_subscriber(connection, key_of(update))
    receipt = compose_receipt(held, wording) if forgotten else Message(wording("forgotten-already"))
    kept = [wording("forgot-organiser")] if await list_organised(update, context) else []
    await rewrite(update, Message("\n\n".join([receipt.text, *kept])))
