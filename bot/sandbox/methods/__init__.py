"""The methods of the Bot API that the sandbox knows, and the one way to call them."""

import re
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

from bot.sandbox.faults import Fault, FaultKind, delay
from bot.sandbox.methods import chats, edits, messages, profile, queries, receiving
from bot.sandbox.params import Params
from bot.sandbox.refusals import METHOD_NOT_FOUND, RefusalError
from bot.sandbox.telegram import Call, Telegram

Method = Callable[[Telegram, Params], Awaitable[Any]]

_AFTER = {FaultKind.NO_ANSWER, FaultKind.DROP, FaultKind.DROP_AFTER}


def _named(module: ModuleType, names: str) -> dict[str, Method]:
    """The module's functions under their Bot API names (sendMessage is send_message)."""
    return {name: getattr(module, re.sub("([A-Z])", r"_\1", name).lower()) for name in names.split()}


METHODS: dict[str, Method] = {
    **_named(messages, "sendMessage sendPhoto sendDocument sendChatAction getFile"),
    **_named(edits, "editMessageText editMessageCaption editMessageMedia"),
    **_named(edits, "editMessageReplyMarkup deleteMessage deleteMessages"),
    **_named(queries, "answerCallbackQuery answerInlineQuery"),
    **_named(profile, "getMe setMyCommands getMyCommands deleteMyCommands setMyName getMyName"),
    **_named(profile, "setMyDescription getMyDescription setMyShortDescription getMyShortDescription"),
    **_named(chats, "getChat getChatMember getChatAdministrators getChatMemberCount leaveChat"),
    **_named(receiving, "getUpdates setWebhook deleteWebhook getWebhookInfo logOut"),
    "close": receiving.log_out,
}
_BY_LOWER = {name.lower(): name for name in METHODS}


class SilenceError(Exception):
    """The caller gets no answer: the connection stays open (`drop` false) or ends."""

    def __init__(self, *, drop: bool) -> None:
        super().__init__("no answer")
        self.drop = drop


async def call(telegram: Telegram, method: str, params: Params) -> Any:
    """The method's result. Raises RefusalError (Telegram says no) or SilenceError (a fault takes the answer away)."""
    name = _BY_LOWER.get(method.lower())
    if name is None:
        raise RefusalError(*METHOD_NOT_FOUND)
    telegram.calls.append(Call(name, params.as_written()))
    faults = telegram.faults.take(name, _chat_id(params))
    await delay(faults)
    _strike_before(telegram, faults, params)
    telegram.faults.spend(name)
    result = await METHODS[name](telegram, params)
    _strike_after(faults)
    return result


def _chat_id(params: Params) -> int | None:
    text = params.text("chat_id")
    return int(text) if re.fullmatch(r"-?\d+", text) else None


def _strike_before(telegram: Telegram, faults: list[Fault], params: Params) -> None:
    for fault in faults:
        refusal = fault.refusal()
        if refusal is not None:
            raise refusal
        if fault.kind == FaultKind.DROP:
            raise SilenceError(drop=True)
        if fault.kind == FaultKind.MIGRATE:
            telegram.migrate_group(params.whole("chat_id"))


def _strike_after(faults: list[Fault]) -> None:
    for fault in faults:
        if fault.kind in _AFTER:
            raise SilenceError(drop=fault.kind != FaultKind.NO_ANSWER)
