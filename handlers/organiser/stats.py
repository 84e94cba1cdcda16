"""/stats: reach and effect, as pictures and in words."""

import logging
import re

from telegram import Update
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.compose.paging import LAST_PAGE
from bot.compose.stats import PER_PAGE, compose_effect, compose_list, compose_overview, list_plots
from bot.compose.text import CAPTION, fit
from bot.errors import AlertsError
from bot.flows.figures import find_effect, get_statistics, list_page
from bot.model.message import Message
from bot.model.organiser import Act
from bot.model.plots import Plot
from handlers.context import Context, acknowledge, key_of, reply, rewrite, wording_of
from handlers.organiser.people import admit, admit_press

STATS = re.compile(r"^stats:(?:(?P<page>\d{1,3})|m:(?P<message>\d{1,15}))$", re.ASCII)
"""A press on a page of messages, or on one of them."""

log = logging.getLogger(__name__)


async def stats(update: Update, context: Context) -> None:
    """The pictures, each with its words below it, then everything in words with the way to each message."""
    if not await admit(update, context, Act.SEE):
        return
    services, wording = context.services, wording_of(update, context)
    async with services.store.read() as connection:
        statistics = await get_statistics(connection, services.now())
    for plot, words in list_plots(statistics, wording):
        await send_plot(update, context, plot, words)
    await reply(update, compose_overview(statistics, wording))


async def send_plot(update: Update, context: Context, plot: Plot, words: str) -> None:
    """A picture and the same in words; where it cannot be drawn or sent, the words alone."""
    draw, chat = context.services.draw_plot, update.effective_chat
    if draw is not None and chat is not None:
        try:
            await chat.send_photo(
                await draw(plot),
                caption=fit(words, CAPTION),
                parse_mode=ParseMode.HTML,
                message_thread_id=key_of(update).thread_id,
            )
        except (AlertsError, TelegramError) as error:
            log.info("a picture of /stats was not sent (%s)", type(error).__name__)
        else:
            return
    await reply(update, fit(words))


async def press_stats(update: Update, context: Context) -> None:
    """A page of messages, or what came of one."""
    pressed = context.match
    if pressed is None or await admit_press(update, context, Act.SEE) is None:
        return
    await acknowledge(update)
    if pressed["message"]:
        await rewrite(update, await show_effect(update, context, int(pressed["message"])))
        return
    page, wording = min(int(pressed["page"]), LAST_PAGE), wording_of(update, context)
    async with context.services.store.read() as connection:
        found = await list_page(connection, page, PER_PAGE)
    await rewrite(update, compose_list(found, page, wording))


async def show_effect(update: Update, context: Context, message_id: int) -> Message | str:
    """What came of a message."""
    wording = wording_of(update, context)
    async with context.services.store.read() as connection:
        effect = await find_effect(connection, message_id)
    return compose_effect(effect, wording) if effect else wording("stats-none")
