"""/latest: the newest findings."""

from telegram import Update
from telegram.error import BadRequest

from bot.compose import compose_finding, compose_list
from bot.store.answers import list_latest
from handlers.context import Context, acknowledge, reply, wording_of

SHOW_LATEST = "show:latest"


async def latest(update: Update, context: Context) -> None:
    """The newest findings, each with its source and date."""
    wording = wording_of(update, context)
    async with context.services.store.read() as connection:
        told = await list_latest(connection)
    found = compose_list(told, wording, wording("latest-heading")) if told else wording("latest-none")
    await reply(update, found)


async def show_latest(update: Update, context: Context) -> None:
    """The one that was offered after a yes. The button goes first, so that a second press shows nothing twice."""
    await acknowledge(update)
    if not await take_buttons_away(update):
        return
    services, wording = context.services, wording_of(update, context)
    async with services.store.read() as connection:
        told = await list_latest(connection, limit=1)
    if told:
        await reply(update, compose_finding(told[0], wording, services.pack.institution_name))
    else:
        await reply(update, wording("latest-gone"))


async def take_buttons_away(update: Update) -> bool:
    """Remove the pressed message's buttons; False where they are gone already."""
    if update.effective_message is None:
        return False
    try:
        await update.effective_message.edit_reply_markup(None)
    except BadRequest as error:
        return "not modified" not in error.message.lower()
    return True
