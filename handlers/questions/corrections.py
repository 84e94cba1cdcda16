"""/corrections: what was corrected or withdrawn after it had been sent, for anyone."""

import re
from typing import Final

from telegram import Update

from bot.compose.correction import log_line
from bot.compose.paging import LAST_PAGE, page_turns
from bot.compose.text import fit
from bot.model.message import Message
from bot.store.amendments import list_logged
from handlers.context import Context, acknowledge, reply, rewrite, wording_of

LOGGED: Final = re.compile(r"^corrections:(?P<page>\d{1,3})$", re.ASCII)
"""A press on Older or Newer."""
PER_PAGE: Final = 5


async def show_corrections(update: Update, context: Context) -> None:
    """The newest."""
    await reply(update, await show_page(update, context, 0))


async def turn_corrections(update: Update, context: Context) -> None:
    """Another page."""
    await acknowledge(update)
    if context.match is not None:
        await rewrite(update, await show_page(update, context, min(int(context.match["page"]), LAST_PAGE)))


async def show_page(update: Update, context: Context, page: int) -> Message | str:
    """A page of the log, the newest first."""
    wording = wording_of(update, context)
    async with context.services.store.read() as connection:
        logged = await list_logged(connection, PER_PAGE + 1, offset=page * PER_PAGE)
    if not logged:
        return wording("page-none" if page else "corrections-none")
    lines = [log_line(one, wording) for one in logged[:PER_PAGE]]
    more = len(logged) > PER_PAGE and page < LAST_PAGE
    turns = tuple(page_turns(page, wording, lambda target: f"corrections:{target}", more=more))
    return Message(fit("\n\n".join([wording("corrections-heading"), *lines])), (turns,) if turns else ())
