"""The presses on a draft's panel."""

import re

from telegram import Update

from bot.compose.calls import SEAL
from bot.compose.drafting import PAGES
from bot.flows.approving import Answer
from bot.flows.choosing import ASKED, PAGE_OF, find_change
from bot.model.broadcast import Broadcast
from bot.model.message import Message
from bot.model.organiser import Act
from handlers.context import Context, acknowledge, reply, wording_of
from handlers.organiser.panel import UNFINISHED, list_topics, rewrite_panel
from handlers.organiser.people import admit_press

DRAFT = re.compile(
    r"^draft:(?P<id>\d{1,15}):(?P<what>[a-z]{2,10})(?:\.(?P<argument>[a-z0-9]{1,10}))?:(?P<seal>[0-9a-f]{0,12})$"
)
"""A press on a draft's panel: which, what, and the beginning of the digest of what it showed."""


async def press_draft(update: Update, context: Context) -> None:
    """Turn the panel's page, ask for what is typed, or change the draft.

    A panel of before says that it is old, and shows how the draft stands now.
    """
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.DRAFT)
    if by is None:
        return
    what, argument = pressed["what"], pressed["argument"] or ""
    found = await context.services.desk.drafting.find(int(pressed["id"]))
    if found is None or found.state not in UNFINISHED:
        await answer_press(update, context, Answer.CHANGED)
    elif what == "page" and argument in PAGES:
        await acknowledge(update)
        await rewrite_panel(update, context, found.id, argument)
    elif found.digest[:SEAL] != pressed["seal"]:
        await answer_press(update, context, Answer.CHANGED)
        await rewrite_panel(update, context, found.id)
    elif what == "preview":
        await send_preview(update, context, found)
    elif what in ASKED and not argument:
        await ask(update, context, found, what, by)
    else:
        await change(update, context, found, what, argument, by=by)


async def answer_press(update: Update, context: Context, answer: Answer) -> None:
    """Say what a press came to."""
    await acknowledge(update, wording_of(update, context).plain(f"notice-{answer.value}"))


async def send_preview(update: Update, context: Context, found: Broadcast) -> None:
    """Send it to whoever pressed, as it would be received in every language."""
    chat, wording = update.effective_chat, wording_of(update, context)
    await acknowledge(update)
    if chat is None:
        return
    refused = await context.services.desk.drafting.preview(found, chat.id)
    if refused is not None:
        await reply(update, wording("broadcast-telegram-refused", reason=refused))


async def ask(update: Update, context: Context, found: Broadcast, what: str, by: int) -> None:
    """Let the next message be a part of the draft, and say how it is written."""
    answer = await context.services.desk.drafting.ask(found.id, found.digest[:SEAL], ASKED[what], by=by)
    await answer_press(update, context, answer)
    if answer is Answer.DONE:
        await reply(update, Message(wording_of(update, context)(f"ask-{what}")))


async def change(update: Update, context: Context, found: Broadcast, what: str, argument: str, *, by: int) -> None:
    """Change the draft by a button."""
    desk, seal = context.services.desk, found.digest[:SEAL]
    if what == "anyway":
        answer = await desk.broadcasting.send_anyway(found.id, seal, by=by)
    else:
        topics = [topic.follows for topic in list_topics(context)]
        chosen = find_change(what, argument, topics)
        answer = await desk.drafting.change(found.id, seal, chosen, by=by) if chosen else Answer.CHANGED
    await answer_press(update, context, answer)
    await rewrite_panel(update, context, found.id, PAGE_OF.get(what, "main"))
