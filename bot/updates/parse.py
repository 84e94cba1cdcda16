"""Updates as Telegram sends them: one that nobody foresaw is skipped and told, and spoils no other."""

import logging
from collections.abc import Mapping
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

log = logging.getLogger(__name__)

# What parsing an update of a shape that nobody foresaw may raise.
UNREADABLE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)


def id_of(raw: object) -> int | None:
    """An update's id, or None where it has none that a database can keep."""
    update_id = raw.get("update_id") if isinstance(raw, Mapping) else None
    return update_id if type(update_id) is int and 0 <= update_id < 2**63 else None


def read_update(update_id: int, raw: Any, bot: Bot) -> Update | None:
    """An update, or None where it cannot be read, which is told."""
    try:
        return Update.de_json(raw, bot)
    except (*UNREADABLE, TelegramError) as error:
        fault = type(error).__name__
    # No traceback: it would quote the message.
    kind = next((key for key in raw if key in Update.ALL_TYPES), "unknown kind")
    log.error("update %d (%s) cannot be read and was skipped: %s", update_id, kind, fault)
    return None
