"""Telegram: the transport (aiohttp under python-telegram-bot's Bot), and the sender that says what an answer means."""

from bot.sending.fates import classify
from bot.sending.sender import delete, edit, send
from bot.sending.transport import AiohttpRequest, NotSent, Unanswered, build_bot

__all__ = ["AiohttpRequest", "NotSent", "Unanswered", "build_bot", "classify", "delete", "edit", "send"]
