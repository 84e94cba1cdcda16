"""The press on a card that tells of a page which has changed after its alert."""

import re

from telegram import Update

from bot.flows.rereading import acknowledge_change
from bot.model.organiser import Act
from handlers.context import Context, acknowledge, wording_of
from handlers.organiser.people import admit_press
from handlers.organiser.review import show_again

SEEN = re.compile(r"^seen:(?P<card>\d{1,15})$")


async def press_seen(update: Update, context: Context) -> None:
    """The change has been seen: its card is done, for everybody."""
    pressed, chat = context.match, update.effective_chat
    if pressed is None or chat is None:
        return
    by = await admit_press(update, context, Act.REVIEW)
    if by is None:
        return
    services = context.services
    done = await acknowledge_change(services.store, int(pressed["card"]), by=by, now=services.now())
    await acknowledge(update, wording_of(update, context).plain("notice-done" if done else "notice-decided-before"))
    await show_again(update, context, int(pressed["card"]), chat.id)
    services.wake("review")
