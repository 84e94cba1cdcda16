"""/search: findings that say the words. The next page's button holds the words, so that nobody else need keep them."""

import re
from collections.abc import Sequence
from typing import Final

from telegram import Update

from bot.compose.paging import LAST_PAGE, PAGE, compose_page
from bot.match.asking import Asked
from bot.model.message import Message
from bot.model.story import Told
from bot.store.answers import list_latest
from bot.store.searching import search_stories
from handlers.context import Context, acknowledge, reply, rewrite, wording_of

LONGEST: Final = 100
FIND: Final = re.compile(r"^find:(?P<page>\d{1,3}):(?P<asked>.+)$", re.DOTALL)
"""A press on Older or Newer."""


async def search(update: Update, context: Context) -> None:
    """The findings that fit best what was asked; a place's name may be misspelt."""
    wording, asked = wording_of(update, context), " ".join(context.args or [])
    if not asked:
        await reply(update, wording("search-usage"))
    elif len(asked) > LONGEST:
        await reply(update, wording("search-too-long", limit=LONGEST))
    else:
        await reply(update, await find(update, context, asked, 0))


async def turn_search(update: Update, context: Context) -> None:
    """Another page of the same search."""
    await acknowledge(update)
    if context.match is not None:
        page = min(int(context.match["page"]), LAST_PAGE)
        await rewrite(update, await find(update, context, context.match["asked"], page))


async def find(update: Update, context: Context, text: str, page: int) -> Message | str:
    """A page of what was found, or what to try instead."""
    services, wording = context.services, wording_of(update, context)
    asked = services.asking.read(text)
    if not asked.place and not asked.phrases:
        return wording("search-nothing")
    told, place = await find_stories(context, asked, page)
    if not told:
        return wording("page-none") if page else wording("search-none", words=text)
    heading = wording("search-heading", words=text)
    if place is not None:
        heading = wording("search-about", words=text, place=services.pack.institution_name(place))
    return compose_page(told, wording, heading, page, lambda target: f"find:{target}:{text}")


async def find_stories(context: Context, asked: Asked, page: int) -> tuple[Sequence[Told], str | None]:
    """A page and one more, and the place that they are about.

    Where nothing about the place says the rest, its name is a word like others: "medway council" may mean the council.
    """
    limit, offset = PAGE + 1, page * PAGE
    async with context.services.store.read() as connection:
        if asked.place is not None:
            subject = f"institution:{asked.place}"
            if not asked.phrases:
                about = await list_latest(connection, limit, subject, offset=offset)
            else:
                about = await search_stories(connection, asked.phrases, subject, limit=limit, offset=offset)
            if about:
                return about, asked.place
        return await search_stories(connection, asked.whole, limit=limit, offset=offset), None
