"""/audit: what organisers did, and the whole of it as a file."""

import re

from telegram import Update
from telegram.constants import ChatType

from bot.compose.auditing import PAGE, compose_audit, write_audit
from bot.model.organiser import Act, may
from bot.store.audit import list_deeds, stream_deeds
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.people import admit, admit_press

OLDER = re.compile(r"^audit:(?P<before>\d{1,15})$")
"""A press that asks for what is older than a deed."""
EXPORT = "export"


async def audit(update: Update, context: Context) -> None:
    """Tell the newest deeds, or give an owner all of them."""
    if not await admit(update, context, Act.AUDIT):
        return
    if (context.args or [""])[0].lower() == EXPORT:
        await export(update, context)
        return
    async with context.services.store.read() as connection:
        deeds = await list_deeds(connection, PAGE)
    await reply(update, compose_audit(deeds, wording_of(update, context)))


async def turn_audit(update: Update, context: Context) -> None:
    """What was done before."""
    pressed = context.match
    if pressed is None or await admit_press(update, context, Act.AUDIT) is None:
        return
    await acknowledge(update)
    async with context.services.store.read() as connection:
        deeds = await list_deeds(connection, PAGE, before=int(pressed["before"]))
    await rewrite(update, compose_audit(deeds, wording_of(update, context)))


async def export(update: Update, context: Context) -> None:
    """The file, for an owner in private."""
    user, chat, wording = update.effective_user, update.effective_chat, wording_of(update, context)
    if user is None or chat is None or not may(await context.services.find_role(user.id), Act.INVITE):
        await reply(update, wording("audit-export-owners"))
        return
    if chat.type != ChatType.PRIVATE:
        await reply(update, wording("audit-export-private"))
        return
    async with context.services.store.read() as connection:
        deeds = [deed async for deed in stream_deeds(connection)]
    name = f"audit-{context.services.now():%Y-%m-%d}.csv"
    await chat.send_document(write_audit(deeds), filename=name, caption=wording.plain("audit-exported"))
