"""What Telegram's answers mean for one delivery: one pure function over python-telegram-bot's errors."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.model.delivery import TOO_MANY, Fate, Receipt
from bot.model.subscriber import EndedReason
from bot.sending.transport import NotSent

# The server's own words (telegram-bot-api's Client.cpp; Bot API answers), in lower case; the first that fits counts.
FORBIDDEN = (
    ("blocked by the user", EndedReason.BLOCKED),
    ("user is deactivated", EndedReason.DEACTIVATED),
    ("initiate conversation", EndedReason.NOT_FOUND),
    ("messages to bots", EndedReason.NOT_FOUND),
    ("forbidden: ", EndedReason.KICKED),  # kicked, not a member, the group was deleted
)
# 400s that speak of this chat alone: any other blames our text, which stops everybody's copy.
BAD_REQUEST = (
    ("chat not found", EndedReason.NOT_FOUND),
    ("peer_id_invalid", EndedReason.NOT_FOUND),
    ("chat_id_invalid", EndedReason.NOT_FOUND),
    ("channel_invalid", EndedReason.NOT_FOUND),
    ("message thread not found", EndedReason.NOT_FOUND),
    ("topic_deleted", EndedReason.NOT_FOUND),
    ("topic_id_invalid", EndedReason.NOT_FOUND),
    ("group chat was deactivated", EndedReason.KICKED),
    ("group chat is deactivated", EndedReason.KICKED),
    ("no rights to send", EndedReason.KICKED),
    ("no write access", EndedReason.KICKED),
    ("not enough rights", EndedReason.KICKED),
    ("need administrator rights", EndedReason.KICKED),
    ("chat_admin_required", EndedReason.KICKED),
    ("chat_write_forbidden", EndedReason.KICKED),
    ("chat_guest_send_forbidden", EndedReason.KICKED),
    ("chat_send_plain_forbidden", EndedReason.KICKED),
    ("chat_restricted", EndedReason.KICKED),
    ("user_banned_in_channel", EndedReason.KICKED),
    ("channel_private", EndedReason.KICKED),
    ("allow_payment_required", EndedReason.KICKED),
    ("topic_closed", EndedReason.KICKED),
)
# A 429 that does not say how long is waited out for this many seconds.
FLOOD_SECONDS = 5.0
LONGEST_REASON = 200


def classify(error: Exception) -> Receipt:
    """The receipt of a send that raised. Whatever is not known for certain is UNKNOWN."""
    for kind, judge in JUDGES:
        if isinstance(error, kind):
            return judge(error)
    return Receipt(fate=Fate.UNKNOWN, reason=reason_of(error))


def reason_of(error: Exception) -> str:
    """Its text if Telegram or our transport wrote it, else its kind: other texts may quote a URL."""
    text = error.message if isinstance(error, TelegramError) else type(error).__name__
    return text[:LONGEST_REASON]


def plain(fate: Fate) -> Callable[[Any], Receipt]:
    """A judge that needs no look at the error."""
    return lambda error: Receipt(fate=fate, reason=reason_of(error))


def judge_migrated(error: ChatMigrated) -> Receipt:
    """A group became a supergroup: the same people under a new id."""
    return Receipt(fate=Fate.MIGRATED, reason="the group became a supergroup", new_chat_id=error.new_chat_id)


def judge_later(error: RetryAfter) -> Receipt:
    """Too many requests; the library gives whole seconds or a timedelta, as the environment says."""
    wait = error.retry_after
    seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    return Receipt(fate=Fate.LATER, reason=TOO_MANY, retry_after=seconds)


def judge_forbidden(error: Forbidden) -> Receipt:
    """Gone, if the words are Telegram's; a 403 without them (a proxy's page) ends nobody's subscription."""
    return gone(error, FORBIDDEN) or Receipt(fate=Fate.UNKNOWN, reason=reason_of(error))


def judge_bad_request(error: BadRequest) -> Receipt:
    """This chat is gone, or our text is wrong."""
    return gone(error, BAD_REQUEST) or Receipt(fate=Fate.BAD_CONTENT, reason=reason_of(error))


def judge_other(error: TelegramError) -> Receipt:
    """A 429 without a wait; a fault of Telegram's own (5xx), which most likely delivered nothing; or who knows."""
    if error.message.startswith("Too Many Requests"):
        return Receipt(fate=Fate.LATER, reason=TOO_MANY, retry_after=FLOOD_SECONDS)
    return Receipt(fate=Fate.UNKNOWN, reason=reason_of(error), faulty=isinstance(error, NetworkError))


def gone(error: TelegramError, table: tuple[tuple[str, EndedReason], ...]) -> Receipt | None:
    """GONE with the reason of the first words that are in the answer."""
    text = error.message.lower()
    ended = next((ended for words, ended in table if words in text), None)
    return None if ended is None else Receipt(fate=Fate.GONE, reason=reason_of(error), ended_reason=ended)


# In this order: BadRequest, TimedOut and NotSent are all NetworkErrors.
JUDGES: tuple[tuple[type[Exception], Callable[[Any], Receipt]], ...] = (
    (ChatMigrated, judge_migrated),
    (RetryAfter, judge_later),
    (Forbidden, judge_forbidden),
    (BadRequest, judge_bad_request),
    (InvalidToken, plain(Fate.REVOKED)),
    (EndPointNotFound, plain(Fate.REVOKED)),
    (NotSent, plain(Fate.NOT_SENT)),
    (TimedOut, plain(Fate.UNKNOWN)),
    (TelegramError, judge_other),
)
