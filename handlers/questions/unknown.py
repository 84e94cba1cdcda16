"""What the bot does not understand, answered kindly."""

from telegram import Message as TelegramMessage
from telegram import Update

from bot.compose import Wording
from bot.compose.paging import fits_button
from bot.model.message import Button, Message
from handlers.context import Context, acknowledge, reply, wording_of

ALBUMS = "albums"


async def unknown_command(update: Update, context: Context) -> None:
    """Say where the commands are."""
    await reply(update, wording_of(update, context)("unknown-command"))


async def unknown_text(update: Update, context: Context) -> None:
    """Say what can be asked. What was written is neither read nor kept; an album is answered once."""
    message, wording = update.effective_message, wording_of(update, context)
    # What somebody shares by way of a bot is no question to this one.
    if message is None or message.via_bot is not None:
        return
    if message.media_group_id is not None and is_answered(message, context):
        return
    if message.text is None:
        await reply(update, wording("unknown-thing"))
    else:
        await reply(update, Message(wording("unknown-text"), offer_search(message.text, wording)))


def offer_search(text: str, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """A button that searches for what was written: the button holds it, so that nobody else need keep it."""
    action = f"find:0:{' '.join(text.split())}"
    return ((Button(wording.plain("button-search-for"), action=action),),) if fits_button(action) else ()


def is_answered(message: TelegramMessage, context: Context) -> bool:
    """Whether another picture of the same album was answered before; Telegram sends each by itself."""
    albums = context.bot_data.setdefault(ALBUMS, {})
    before = albums.get(message.chat_id)
    albums[message.chat_id] = message.media_group_id
    return bool(before == message.media_group_id)


async def unknown_edit(update: Update, context: Context) -> None:
    """A command that was changed after it was sent: nobody knows whether it was meant to be done twice."""
    await reply(update, wording_of(update, context)("unknown-edit"))


async def unknown_press(update: Update, context: Context) -> None:
    """A button of an older version, or one that we never made."""
    await acknowledge(update, wording_of(update, context).plain("notice-stale"))
