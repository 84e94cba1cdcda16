"""/start asks two questions; nobody is subscribed by it alone. /help lists what there is."""

import re

from telegram import Update

from bot.model.subscriber import Wants
from bot.store.subscribers import add_subscriber
from handlers.admins import may_choose
from handlers.context import Context, key_of, language_of, reply, wording_of
from handlers.organiser.joining import find_secret, open_invite
from handlers.organiser.people import note_organiser
from handlers.supporter.subscriptions import question, words_for

# What Telegram allows in a start link (Bot API, deep linking).
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


async def start(update: Update, context: Context) -> None:
    """Say what this is, and ask what has not been said yes to; an organiser's invitation is opened instead."""
    secret = find_secret(context.args)
    if secret is not None:
        await open_invite(update, context, secret)
        return
    if not await may_choose(update, context):
        return
    services, wording = context.services, wording_of(update, context)
    await note_organiser(update, context)
    async with services.store.write() as connection:
        subscriber = await add_subscriber(
            connection,
            key_of(update),
            language=language_of(update, context),
            source=payload(context.args),
            now=services.now(),
        )
    unasked = [what for what in Wants if not subscriber.wants(what)]
    already = [wording(f"already-{words_for(what)}") for what in Wants if subscriber.wants(what)]
    await reply(update, "\n\n".join([wording("welcome"), *already]) if unasked else wording("welcome-all-set"))
    for what in unasked:
        await reply(update, question(what, wording))


def payload(words: list[str] | None) -> str | None:
    """The start link's label, if it is one that a link can carry."""
    return words[0] if words and _PAYLOAD.fullmatch(words[0]) else None


async def show_help(update: Update, context: Context) -> None:
    """List what can be asked."""
    await reply(update, wording_of(update, context)("help"))
