"""Answers with a picture: drawn in a worker, uploaded once, and told in words where there can be none."""

import contextlib

from telegram import InputMediaPhoto, Message, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.compose.illustrated import Illustrated
from bot.model.chart import Chart
from bot.model.message import Picture
from handlers.context import Context, key_of, keyboard, reply, rewrite


async def show(update: Update, context: Context, shown: Illustrated) -> None:
    """Answer where the question was asked."""
    picture, chat = await find_picture(update, context, shown.chart), update.effective_chat
    if shown.chart is None or picture is None or chat is None:
        await reply(update, shown.message)
        return
    try:
        sent = await chat.send_photo(
            picture.file_id or picture.content,
            caption=shown.message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(shown.message),
            message_thread_id=key_of(update).thread_id,
        )
    except BadRequest:
        # A group may refuse pictures, and Telegram a name that it once gave.
        context.services.gallery.forget(shown.chart)
        await reply(update, shown.message)
    else:
        keep_name(context, shown.chart, sent)


async def turn(update: Update, context: Context, shown: Illustrated) -> None:
    """Change the picture whose button was pressed; under words, and where it cannot be changed, answer below."""
    picture, pressed = await find_picture(update, context, shown.chart), update.effective_message
    if pressed is None or not pressed.photo or shown.chart is None or picture is None:
        await show_below(update, context, shown, picture)
        return
    media = InputMediaPhoto(picture.file_id or picture.content, caption=shown.message.text, parse_mode=ParseMode.HTML)
    try:
        edited = await pressed.edit_media(media, reply_markup=keyboard(shown.message))
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            context.services.gallery.forget(shown.chart)
            await show(update, context, shown)
    else:
        keep_name(context, shown.chart, edited)


async def show_below(update: Update, context: Context, shown: Illustrated, picture: Picture | None) -> None:
    """A picture below the words that were pressed; words in the place of words, but not in that of a picture."""
    pressed = update.effective_message
    if shown.chart is None or picture is not None or (pressed is not None and pressed.photo):
        await show(update, context, shown)
    else:
        await rewrite(update, shown.message)


async def find_picture(update: Update, context: Context, chart: Chart | None) -> Picture | None:
    """The chart's picture; while it is drawn, the chat shows that one is on its way."""
    gallery, chat = context.services.gallery, update.effective_chat
    if chart is None:
        return None
    if not gallery.is_ready(chart) and chat is not None:
        with contextlib.suppress(TelegramError):
            await chat.send_action(ChatAction.UPLOAD_PHOTO, message_thread_id=key_of(update).thread_id)
    return await gallery.find_picture(chart)


def keep_name(context: Context, chart: Chart, sent: Message | bool) -> None:
    """Remember what Telegram calls the picture; of its sizes the last is the largest (Bot API, PhotoSize)."""
    if isinstance(sent, Message) and sent.photo:
        context.services.gallery.keep_name(chart, sent.photo[-1].file_id)
