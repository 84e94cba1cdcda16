"""The presses on cards about sending that waits for organisers."""

import re

from telegram import Update

from bot.model.organiser import Act
from handlers.context import Context, acknowledge, wording_of
from handlers.organiser.people import admit_press
from handlers.organiser.review import show_again

HOLD = re.compile(r"^card:(?P<card>\d{1,15}):(?P<choice>go|spare|hold|late|drop)$")
"""A press on such a card."""


async def press_hold(update: Update, context: Context) -> None:
    """Let it go on, or not. Whoever comes second is told, and sees what became of it."""
    pressed, chat = context.match, update.effective_chat
    if pressed is None or chat is None:
        return
    by = await admit_press(update, context, Act.STOP if pressed["choice"] == "hold" else Act.REVIEW)
    if by is None:
        return
    card_id, choice = int(pressed["card"]), pressed["choice"]
    done = await context.services.desk.holding.decide(card_id, choice, by=by)
    said = "notice-held" if choice == "hold" else "notice-done"
    await acknowledge(update, wording_of(update, context).plain(said if done else "notice-decided-before"))
    await show_again(update, context, card_id, chat.id)
    context.services.wake("review")
