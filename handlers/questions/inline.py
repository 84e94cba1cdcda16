"""Inline mode: findings to share in any chat, for whoever writes @bot and a few words there."""

import re
from collections.abc import Sequence
from typing import Final

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.compose.inline import compose_offer
from bot.compose.paging import LAST_PAGE, PAGE
from bot.compose.wording import Wording
from bot.match.asking import Asked
from bot.model.story import Told
from bot.store.answers import list_latest
from handlers.context import Context, keyboard, wording_of
from handlers.questions.search import LONGEST, find_stories

CACHED_SECONDS: Final = 60
"""How long Telegram may give the same answer again. What is taken back is offered no longer than this."""
START: Final = "inline"
"""The start link's source of whoever comes from here."""
OFFSET: Final = re.compile(r"\d{1,2}", re.ASCII)


async def inline(update: Update, context: Context) -> None:
    """The newest findings, or those that fit what was written so far; a page at a time."""
    query = update.inline_query
    if query is None:
        return
    page = min(int(query.offset), LAST_PAGE) if OFFSET.fullmatch(query.offset) else 0
    told, wording = await find_offered(context, query.query[:LONGEST], page), wording_of(update, context)
    offered = [article(context, f"{page}-{number}", one, wording) for number, one in enumerate(told[:PAGE])]
    label = wording.plain("inline-start" if told or page else "inline-none")
    try:
        await query.answer(
            offered,
            cache_time=CACHED_SECONDS,
            # Everybody reads their own language.
            is_personal=True,
            next_offset=str(page + 1) if len(told) > PAGE and page < LAST_PAGE else "",
            button=InlineQueryResultsButton(label, start_parameter=START),
        )
    except BadRequest as error:
        if "query is too old" not in error.message.lower():
            raise


async def find_offered(context: Context, text: str, page: int) -> Sequence[Told]:
    """A page and one more. A word that begins one place's name alone means that place: people see this as they type."""
    asking = context.services.asking
    begun = asking.find_begun(text)
    asked = Asked((), begun) if begun else asking.read(text)
    if asked.place or asked.phrases:
        return (await find_stories(context, asked, page))[0]
    if text.strip():
        return []
    async with context.services.store.read() as connection:
        return await list_latest(connection, PAGE + 1, offset=page * PAGE)


def article(context: Context, result_id: str, told: Told, wording: Wording) -> InlineQueryResultArticle:
    """A finding as Telegram lists it, and what is sent when it is chosen."""
    offer = compose_offer(told, wording, context.services.pack.institution_name)
    said = InputTextMessageContent(
        offer.message.text, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    return InlineQueryResultArticle(
        result_id, offer.title, said, description=offer.description, reply_markup=keyboard(offer.message)
    )
