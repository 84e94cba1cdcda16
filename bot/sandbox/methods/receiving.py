"""How the bot receives updates: by polling or by webhook."""

import re
from typing import Any

from bot.sandbox.params import Params
from bot.sandbox.refusals import WEBHOOK_IS_SET, WEBHOOK_WAS_SET, bad_request, conflict
from bot.sandbox.telegram import Telegram
from bot.sandbox.webhook import is_loopback

JSON = dict[str, Any]

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_MOST_CONNECTIONS = 40


async def get_updates(telegram: Telegram, params: Params) -> list[JSON]:
    """Waiting updates; 409 while a webhook is set, and for a poll that another one replaced."""
    if telegram.webhook.url:
        raise conflict(WEBHOOK_IS_SET)
    telegram.updates.allow(params.parsed("allowed_updates", list))
    offset, limit = params.whole("offset", 0), params.whole("limit", 100)
    return await telegram.updates.take(offset=offset, limit=limit, seconds=params.whole("timeout", 0))


async def set_webhook(telegram: Telegram, params: Params) -> bool:
    """Deliver to an address on this machine; https is not asked for here."""
    url, secret = params.text("url"), params.text("secret_token")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if url and not is_loopback(url):
        raise bad_request("bad webhook: the sandbox delivers to this machine only")
    telegram.updates.allow(params.parsed("allowed_updates", list))
    _drop(telegram, params)
    if url:
        telegram.updates.end_poll(WEBHOOK_WAS_SET)
    await telegram.webhook.set(url, secret)
    return True


async def delete_webhook(telegram: Telegram, params: Params) -> bool:
    """Back to polling."""
    _drop(telegram, params)
    await telegram.webhook.set("", "")
    return True


def _drop(telegram: Telegram, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        telegram.updates.clear()


async def get_webhook_info(telegram: Telegram, _params: Params) -> JSON:
    """The Bot API's WebhookInfo."""
    hook = telegram.webhook
    state = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(telegram.updates.pending)}
    state |= {"allowed_updates": telegram.updates.allowed} if telegram.updates.allowed else {}
    if hook.url:
        state |= {"max_connections": _MOST_CONNECTIONS}
    if hook.last_error:
        state |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    return state


async def log_out(_telegram: Telegram, _params: Params) -> bool:
    """Means nothing to a local server."""
    return True
