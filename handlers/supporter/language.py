"""/language: the language of this chat, chosen here or as Telegram tells it."""

import re
from typing import Final

from telegram import Update

from bot.compose import Wording
from bot.compose.wording import LOCALES
from bot.model.message import Button, Message
from bot.store.languages import put_language
from bot.store.subscribers import add_subscriber
from handlers.admins import may_choose
from handlers.context import Context, acknowledge, key_of, reply, rewrite, wording_of

AS_TELEGRAM: Final = "telegram"
LANGUAGE: Final = re.compile(f"^language:(?P<said>{'|'.join((*LOCALES, AS_TELEGRAM))})$")
"""A press on a language, or on following Telegram's."""


async def language(update: Update, context: Context) -> None:
    """Ask which; each language is offered under its own name."""
    if await may_choose(update, context):
        await reply(update, question(wording_of(update, context)))


def question(wording: Wording) -> Message:
    """What is spoken now, and what there is."""
    offered = [(wording.plain(f"language-{code}"), code) for code in LOCALES]
    offered.append((wording.plain("button-language-telegram"), AS_TELEGRAM))
    text = wording("language-question", language=wording(f"language-{wording.language}"))
    return Message(text, tuple((Button(label, action=f"language:{said}"),) for label, said in offered))


async def choose_language(update: Update, context: Context) -> None:
    """Keep what was pressed, and answer in it."""
    if context.match is None or not await may_choose(update, context):
        return
    await acknowledge(update)
    services, user = context.services, update.effective_user
    chosen = context.match["said"] != AS_TELEGRAM
    code = context.match["said"] if chosen else (user.language_code if user else None)
    wording = services.wording(code)
    async with services.store.write() as connection:
        subscriber = await add_subscriber(
            connection, key_of(update), language=wording.language, source=None, now=services.now()
        )
        await put_language(connection, subscriber.id, wording.language, chosen=chosen)
    said = "language-chosen" if chosen else "language-as-telegram"
    await rewrite(update, wording(said, language=wording(f"language-{wording.language}")))
