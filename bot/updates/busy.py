"""The sign that the bot is at work, for whoever waits longer than half a second."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from telegram import Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

AFTER_SECONDS: Final = 0.5
# Telegram shows it for five seconds.
AGAIN_SECONDS: Final = 4.5


@asynccontextmanager
async def showing_busy(update: Update, *, after_seconds: float = AFTER_SECONDS) -> AsyncIterator[None]:
    """While the block runs, show whoever wrote or pressed that they will be answered, once it takes that long."""
    if update.message is None and update.callback_query is None:
        yield
        return
    sign = asyncio.create_task(show_busy(update, after_seconds), name=f"busy {update.update_id}")
    try:
        yield
    finally:
        sign.cancel()
        await asyncio.gather(sign, return_exceptions=True)


async def show_busy(update: Update, after_seconds: float) -> None:
    """Show it after a while, and again before it fades, until cancelled."""
    chat, message = update.effective_chat, update.effective_message
    topic = message.message_thread_id if message and message.is_topic_message else None
    await asyncio.sleep(after_seconds)
    while chat is not None:
        with suppress(TelegramError):
            await chat.send_action(ChatAction.TYPING, message_thread_id=topic)
        await asyncio.sleep(AGAIN_SECONDS)
