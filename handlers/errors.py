"""The last resort: what no callback expected is logged without a word of what was written, and apologised for once."""

import logging
import traceback

from telegram import Update
from telegram.error import Forbidden, TelegramError

from bot.errors import TooMuchError
from handlers.admins import is_admin
from handlers.context import Context, acknowledge, reply, wording_of
from handlers.supporter.subscriptions import end

log = logging.getLogger(__name__)


async def apologise(update: object, context: Context) -> None:
    """Log where it happened and say sorry to whoever waits; never raises."""
    error = context.error
    if isinstance(error, Forbidden):
        log.info("somebody blocked the bot before its answer came")
        return
    if isinstance(error, TooMuchError) and isinstance(update, Update):
        await turn_down(update, context, first=error.first)
        return
    # Never the error's own text: a driver's holds the values of the statement, Telegram's the token's address.
    log.error("a callback failed: %s\n%s", type(error).__name__, where(error))
    if not isinstance(update, Update):
        return
    try:
        await context.refresh_data()
        wording = wording_of(update, context)
        answered = await acknowledge(update, wording.plain("notice-apology"))
        if not answered and (update.message or update.callback_query):
            await reply(update, wording("apology"))
    except TelegramError as second:
        log.warning("the apology could not be sent: %s", type(second).__name__)


async def turn_down(update: Update, context: Context, *, first: bool) -> None:
    """Say once that it is too much; only /stop counts even so, and a button stops spinning."""
    try:
        await context.refresh_data()
        wording = wording_of(update, context)
        if update.callback_query is not None:
            await acknowledge(update, wording.plain("notice-busy"))
        elif is_stop(update) and await is_admin(update) and await end(update, context):
            await reply(update, wording("stopped"))
        elif first and update.message is not None:
            await reply(update, wording("busy"))
    except TelegramError as error:
        log.info("somebody was not told that it is too much: %s", type(error).__name__)


def is_stop(update: Update) -> bool:
    """Whether this is /stop."""
    text = update.message.text if update.message else None
    return text is not None and text.partition("@")[0].strip() == "/stop"


def where(error: BaseException | None) -> str:
    """The places in the code that the error came through."""
    return "".join(traceback.format_tb(error.__traceback__)).rstrip() if error is not None else ""
