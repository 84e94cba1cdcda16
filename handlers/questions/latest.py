"""/latest: the newest findings, of all or of a place or topic."""

import re
from typing import Final

from telegram import Update
from telegram.error import BadRequest

from bot.compose import compose_finding
from bot.compose.paging import LAST_PAGE, PAGE, compose_page
from bot.model.message import Button, Message
from bot.model.subscriber import EVERYTHING
from bot.store.answers import list_latest
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.questions.prison import choose_place

SHOW_LATEST = "show:latest"
LONGEST: Final = 100
NEWEST: Final = re.compile(r"^new:(?P<page>\d{1,3}):(?P<subject>everything|(?:institution|topic):[\w-]+)$", re.ASCII)
"""A press on Older or Newer, or on a topic."""


async def latest(update: Update, context: Context) -> None:
    """The newest findings, each with its source and date; what follows the command is a place or a topic."""
    asked = " ".join(context.args or [])[:LONGEST]
    if not asked:
        await reply(update, await show_newest(update, context, EVERYTHING, 0))
        return
    fitting = context.services.asking.find_places(asked).fitting
    topic = context.services.asking.find_topic(asked)
    if len(fitting) == 1:
        await reply(update, await show_newest(update, context, f"institution:{fitting[0]}", 0))
    elif topic is not None:
        await reply(update, await show_newest(update, context, f"topic:{topic}", 0))
    elif fitting:
        await reply(update, choose_place(update, context, fitting, "place-several"))
    else:
        await reply(update, choose_topic(update, context, asked))


def choose_topic(update: Update, context: Context, asked: str) -> Message:
    """All topics, a button each."""
    wording, topics = wording_of(update, context), context.services.pack.terms.topics
    label_of = context.services.pack.topic_label
    rows = tuple(
        (Button(label_of(topic.name, wording.language), action=f"new:0:topic:{topic.name}"),) for topic in topics
    )
    return Message(wording("latest-unknown", name=asked), rows)


async def turn_latest(update: Update, context: Context) -> None:
    """Another page."""
    await acknowledge(update)
    if context.match is not None:
        page = min(int(context.match["page"]), LAST_PAGE)
        await rewrite(update, await show_newest(update, context, context.match["subject"], page))


async def show_newest(update: Update, context: Context, subject: str, page: int) -> Message | str:
    """A page of the newest about a subject."""
    wording = wording_of(update, context)
    name = subject_name(context, subject, wording.language)
    async with context.services.store.read() as connection:
        told = await list_latest(connection, PAGE + 1, subject, offset=page * PAGE)
    if not told and page:
        return wording("page-none")
    if not told:
        return wording("latest-about-none", name=name) if name else wording("latest-none")
    heading = wording("latest-about", name=name) if name else wording("latest-heading")
    return compose_page(told, wording, heading, page, lambda target: f"new:{target}:{subject}")


def subject_name(context: Context, subject: str, language: str) -> str:
    """What a place or topic is called; nothing for everything."""
    kind, _, name = subject.partition(":")
    if kind == "institution":
        return context.services.pack.institution_name(name)
    return context.services.pack.topic_label(name, language) if kind == "topic" else name


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
