"""The context that every callback gets: python-telegram-bot's own, with our services and a few short ways to answer."""

from typing import Any, Self, TypeAlias, cast

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import Application, CallbackContext, ContextTypes, ExtBot

from bot.compose import Wording
from bot.model.message import Message
from bot.model.subscriber import ChatKey
from bot.services import Services
from bot.store.languages import ask_language

Memory: TypeAlias = dict[Any, Any]
SERVICES = "services"


class Context(CallbackContext[ExtBot[None], Memory, Memory, Memory]):
    """What a callback may reach. Nothing is remembered in it beyond its update: what must last is in the store.

    `chosen` is the language that the chat or the person chose here; None: Telegram's is followed.
    """

    received: Update | None = None
    chosen: str | None = None

    @classmethod
    def from_update(cls, update: object, application: Any) -> Self:
        """The context of one update."""
        context = super().from_update(update, application)
        context.received = update if isinstance(update, Update) else None
        return context

    async def refresh_data(self) -> None:
        """Learn the chosen language: python-telegram-bot asks for this once, before the first callback."""
        await super().refresh_data()
        if self.received is not None and (self._chat_id or self._user_id):
            chat = key_of(self.received) if self._chat_id else None
            self.chosen = await ask_language(self.services.store, chat, self._user_id)

    @property
    def services(self) -> Services:
        """The services that `install` put there."""
        return cast("Services", self.bot_data[SERVICES])


App: TypeAlias = Application[ExtBot[None], Context, Memory, Memory, Memory, Any]
CONTEXT_TYPES = ContextTypes(context=Context)
"""Given to ApplicationBuilder.context_types."""


def install(application: App, services: Services) -> None:
    """Give the application's callbacks their services."""
    application.bot_data[SERVICES] = services


def wording_of(update: Update, context: Context) -> Wording:
    """The sentences in the language chosen here, else in that of whoever wrote or pressed."""
    user = update.effective_user
    return context.services.wording(context.chosen or (user.language_code if user else None))


def language_of(update: Update, context: Context) -> str:
    """The language of ours that they are answered in."""
    return wording_of(update, context).language


def key_of(update: Update) -> ChatKey:
    """Where the update came from: its chat and, in a forum, its topic."""
    chat, message = update.effective_chat, update.effective_message
    if chat is None:
        raise ValueError("this update has no chat")
    return ChatKey(chat.id, message.message_thread_id if message and message.is_topic_message else None)


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    """A message's buttons as Telegram wants them; None where it has none."""
    rows = [
        [
            InlineKeyboardButton(
                button.label, url=button.url, callback_data=button.action, switch_inline_query=button.inline
            )
            for button in row
        ]
        for row in message.buttons
    ]
    return InlineKeyboardMarkup(rows) if rows else None


async def reply(update: Update, message: Message | str) -> None:
    """Answer where the question was asked; a string is Telegram HTML."""
    whole = message if isinstance(message, Message) else Message(message)
    if update.effective_chat is None:
        return
    await update.effective_chat.send_message(
        whole.text,
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard(whole),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        message_thread_id=key_of(update).thread_id,
    )


async def acknowledge(update: Update, text: str | None = None) -> bool:
    """Answer the press, so that the button stops spinning; `text` (at most 200 characters) is shown as a notice.

    False where nobody waits for it: the press is too old, or was answered already.
    """
    if update.callback_query is None:
        return False
    try:
        return await update.callback_query.answer(text)
    except BadRequest:
        return False


async def rewrite(update: Update, message: Message | str) -> None:
    """Change the message whose button was pressed. Where it cannot be changed any more, answer below it instead."""
    whole = message if isinstance(message, Message) else Message(message)
    pressed = update.effective_message
    if pressed is None:
        return
    try:
        await pressed.edit_text(
            whole.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(whole),
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
    except BadRequest as error:
        if "not modified" not in error.message.lower():
            await reply(update, whole)
