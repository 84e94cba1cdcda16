"""/privacy says what is kept; /forget deletes it."""

import re

from telegram import Update

from bot.compose import Markup, Wording
from bot.model.message import Button, Message
from bot.services import Settings
from bot.store.subscribers import forget_subscriber
from handlers.admins import may_choose
from handlers.context import Context, acknowledge, key_of, reply, rewrite, wording_of

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


async def forget(update: Update, context: Context) -> None:
    """Ask first: what is deleted cannot be brought back."""
    if not await may_choose(update, context):
        return
    wording = wording_of(update, context)
    yes = Button(wording.plain("button-forget-yes"), action="forget:yes")
    no = Button(wording.plain("button-forget-no"), action="forget:no")
    await reply(update, Message(wording("forget-question"), ((yes,), (no,))))


async def answer_forget(update: Update, context: Context) -> None:
    """Delete at once and say so, or leave everything as it is."""
    if context.match is None or not await may_choose(update, context):
        return
    await acknowledge(update)
    wording = wording_of(update, context)
    if context.match["said"] == "no":
        await rewrite(update, wording("forget-not"))
        return
    async with context.services.store.write() as connection:
        forgotten = await forget_subscriber(connection, key_of(update))
    await rewrite(update, wording("forgotten" if forgotten else "forgotten-already"))
