"""The command menus, one for each scope and language."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.refusals import bad_request

JSON = dict[str, Any]

_MOST = 100
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST_DESCRIPTION = 256
_DEFAULT: JSON = {"type": "default"}


class Commands:
    """Menus by (scope, language)."""

    def __init__(self) -> None:
        self._menus: dict[tuple[str, str], list[JSON]] = {}

    def set(self, scope: JSON | None, language: str, commands: list[JSON]) -> None:
        """Replace a menu; raises RefusalError for commands that Telegram refuses. An empty list deletes."""
        if len(commands) > _MOST:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        menu = [_checked(command) for command in commands]
        self._menus[_key(scope, language)] = menu
        if not menu:
            self.delete(scope, language)

    def get(self, scope: JSON | None, language: str) -> list[JSON]:
        """The menu of exactly this scope and language."""
        return self._menus.get(_key(scope, language), [])

    def delete(self, scope: JSON | None, language: str) -> None:
        """Remove a menu, if there is one."""
        self._menus.pop(_key(scope, language), None)

    def shown(self, chat: JSON, user_id: int, language: str, *, admin: bool) -> list[JSON]:
        """The menu that this person sees in this chat: the narrowest scope that has one (Bot API, BotCommandScope)."""
        for scope in _scopes(chat, user_id, admin=admin):
            menu = self.get(scope, language) or self.get(scope, "")
            if menu:
                return menu
        return []

    def snapshot(self) -> list[Any]:
        """As JSON."""
        return [[scope, language, menu] for (scope, language), menu in self._menus.items()]

    def restore(self, state: list[Any]) -> None:
        """What `snapshot` gave."""
        self._menus = {(scope, language): menu for scope, language, menu in state}


def _key(scope: JSON | None, language: str) -> tuple[str, str]:
    return json.dumps(scope or _DEFAULT, sort_keys=True), language


def _checked(command: JSON) -> JSON:
    name, description = str(command.get("command", "")).removeprefix("/"), str(command.get("description", ""))
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 0 < len(description) <= _LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _scopes(chat: JSON, user_id: int, *, admin: bool) -> Iterator[JSON]:
    private = chat["type"] == "private"
    if not private:
        yield {"type": "chat_member", "chat_id": chat["id"], "user_id": user_id}
        if admin:
            yield {"type": "chat_administrators", "chat_id": chat["id"]}
    yield {"type": "chat", "chat_id": chat["id"]}
    if not private and admin:
        yield {"type": "all_chat_administrators"}
    yield {"type": "all_private_chats" if private else "all_group_chats"}
    yield _DEFAULT
