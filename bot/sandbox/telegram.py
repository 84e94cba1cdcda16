"""The local Telegram: its state in memory, and what people can do in it."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import NotFoundError
from bot.sandbox.changes import Changes
from bot.sandbox.chats import Chat, Chats, Person, member
from bot.sandbox.commands import Commands
from bot.sandbox.entities import find_entities, slice_utf16
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files, StoredFile, described
from bot.sandbox.keyboards import has_button
from bot.sandbox.queries import Queries
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook

JSON = dict[str, Any]

# Shaped like a token, and no secret: only this program's own sandbox knows it.
SANDBOX_TOKEN = "1000000001:sandbox-only-not-a-secret-aaaaaaaaa"  # noqa: S105

# Ids begin at the clock, so that they never repeat over restarts: sixteen a second since 2026 began.
_IDS_BEGAN = 1_767_225_600
_IDS_A_SECOND = 16
_CALLS_KEPT = 500
_PATIENCE = 10.0


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API, as it came."""

    method: str
    values: Mapping[str, Any]


class Telegram:
    """One bot, its chats and the people in them.

    `first_id` (of updates and messages) and `clock` (seconds since 1970) are for tests. Methods for people raise
    NotFoundError for a person, chat or button that does not exist.
    """

    def __init__(
        self,
        token: str = SANDBOX_TOKEN,
        *,
        username: str = "sandbox_alerts_bot",
        name: str = "Alerts (sandbox)",
        clock: Callable[[], float] = time.time,
        first_id: int | None = None,
    ) -> None:
        first = first_id or int((clock() - _IDS_BEGAN) * _IDS_A_SECOND)
        self.token, self.clock = token, clock
        self.bot: JSON = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": name, "username": username}
        self.chats = Chats(clock, first)
        self.updates = Updates(first)
        self.webhook = Webhook(self.updates)
        self.queries = Queries(clock)
        self.commands = Commands()
        self.texts: dict[str, str] = {}
        """What setMyName, setMyDescription and the like set, by "kind:language"."""
        self.files = Files()
        self.faults = Faults()
        self.changes = Changes(first)
        self.calls: deque[Call] = deque(maxlen=_CALLS_KEPT)
        self._next_query = first

    # -- people's side: who there is --

    def add_user(self, user_id: int, first_name: str, language_code: str = "en") -> None:
        """A person, who has not started the bot yet."""
        self.chats.add_person(Person(user_id, first_name, language_code))
        self.changes.mark()

    def add_group(self, chat_id: int, title: str, members: Iterable[int]) -> None:
        """A group (negative id) that its first member made with the bot in it; a known one stays as it is."""
        if chat_id in self.chats.chats:
            return
        people = [self.chats.person(member_id) for member_id in members]
        chat = self.chats.add_group(chat_id, title, [person.id for person in people])
        self._change_status(chat, people[0].id, "member")

    def join(self, user_id: int, chat_id: int, status: str = "member") -> None:
        """A person joins a group, or gets another role there ("administrator", "left")."""
        self.chats.get(chat_id).members[self.chats.person(user_id).id] = status
        self.changes.mark()

    # -- people's side: what they do --

    def say(
        self, user_id: int, chat_id: int, text: str, entities: list[JSON] | None = None, *, reply_to: int | None = None
    ) -> JSON:
        """A person writes; returns the message. In groups the bot sees only what Telegram's privacy mode lets it."""
        found = find_entities(text) if entities is None else entities
        content: JSON = {"text": text} | ({"entities": found} if found else {})
        return self._write(user_id, chat_id, content, reply_to)

    def show(self, user_id: int, chat_id: int, file: StoredFile, caption: str = "") -> JSON:
        """A person sends a picture, or another file as a document; returns the message."""
        return self._write(user_id, chat_id, described(self.files.add(file), caption, find_entities(caption)))

    def _write(self, user_id: int, chat_id: int, content: JSON, reply_to: int | None = None) -> JSON:
        chat, person = self._present(user_id, chat_id)
        if chat.kind == "private" and chat.bot_status != "member":
            self._let_in(chat, user_id)
        original = chat.messages.get(reply_to or 0)
        content |= {"reply_to_message": original} if original else {}
        message = self.chats.message(chat, person.user(), content)
        if chat.kind == "private" or self._sees(message):
            self.updates.add("message", message)
        self.changes.mark()
        return message

    async def press(
        self, user_id: int, chat_id: int, message_id: int, button_action: str, wait: float = _PATIENCE
    ) -> JSON | None:
        """A person presses the button with this callback data; returns the bot's answer, or None if none came."""
        chat, person = self._present(user_id, chat_id)
        message = chat.messages.get(message_id)
        if message is None or not has_button(message.get("reply_markup"), button_action):
            raise NotFoundError(f"Message {message_id} has no button {button_action!r}.")
        content = {"from": person.user(), "message": message, "chat_instance": str(chat.id), "data": button_action}
        return await self._ask("callback_query", content, wait)

    async def inline(self, user_id: int, query: str, wait: float = _PATIENCE, *, offset: str = "") -> JSON | None:
        """A person types "@bot query" in any chat; returns what the bot answered (`results`), or None.

        `offset` is the `next_offset` of the answer before, when they look further down.
        """
        content = {"from": self.chats.person(user_id).user(), "query": query, "offset": offset}
        return await self._ask("inline_query", content, wait)

    def block(self, user_id: int) -> None:
        """A person blocks the bot."""
        self._change_status(self.chats.get(user_id), user_id, "kicked")

    def unblock(self, user_id: int) -> None:
        """A person lets the bot write again."""
        self._change_status(self.chats.get(user_id), user_id, "member")

    def deactivate(self, user_id: int) -> None:
        """A person deletes their account."""
        self.chats.person(user_id).deactivated = True
        self.changes.mark()

    def set_bot_status(self, user_id: int, chat_id: int, status: str) -> None:
        """A group's member removes the bot ("kicked", "left") or brings it back ("member")."""
        self._change_status(self.chats.get(chat_id), user_id, status)

    def migrate_group(self, chat_id: int) -> int:
        """A group becomes a supergroup; returns the new chat's id."""
        old = self.chats.get(chat_id)
        if old.migrated_to is not None:
            return old.migrated_to
        sender = self.chats.person(next(iter(old.members))).user()
        new = self.chats.migrate(old)
        self.updates.add("message", self.chats.message(old, sender, {"migrate_to_chat_id": new.id}))
        self.updates.add("message", self.chats.message(new, sender, {"migrate_from_chat_id": old.id}))
        self.changes.mark()
        return new.id

    # -- people's side: what they see --

    def messages(self, chat_id: int) -> list[JSON]:
        """A chat's messages as the Bot API's Message, oldest first."""
        return list(self.chats.get(chat_id).messages.values())

    def commands_for(self, user_id: int, chat_id: int) -> list[JSON]:
        """The command menu that this person sees in this chat."""
        chat, person = self.chats.get(chat_id), self.chats.person(user_id)
        admin = chat.members.get(user_id) in {"creator", "administrator"}
        return self.commands.shown(chat.chat(), user_id, person.language_code, admin=admin)

    async def changed(self, since: int) -> int:
        """Waits until something differs from version `since`; returns the version now."""
        return await self.changes.after(since)

    # -- over restarts --

    def snapshot(self) -> JSON:
        """Everything but faults, the webhook and open queries, as JSON."""
        parts = {name: getattr(self, name).snapshot() for name in ("chats", "updates", "commands", "files")}
        return parts | {"texts": dict(self.texts)}

    def restore(self, state: JSON) -> None:
        """What `snapshot` gave, perhaps in an earlier run; ids never go back."""
        for name in ("chats", "updates", "commands", "files"):
            getattr(self, name).restore(state[name])
        self.texts = dict(state["texts"])
        self.changes.mark()

    async def close(self) -> None:
        """Stop what runs beside the calls."""
        await self.webhook.close()

    # -- within --

    def _present(self, user_id: int, chat_id: int) -> tuple[Chat, Person]:
        chat, person = self.chats.get(chat_id), self.chats.person(user_id)
        if chat.migrated_to is not None or chat.members.get(user_id, "left") in {"left", "kicked"}:
            raise NotFoundError(f"{person.first_name} is not in the chat {chat_id}.")
        return chat, person

    def _let_in(self, chat: Chat, user_id: int) -> None:
        if chat.bot_status == "kicked":
            self._change_status(chat, user_id, "member")
        chat.bot_status = "member"

    def _sees(self, message: JSON) -> bool:
        name = "@" + self.bot["username"]
        if message.get("reply_to_message", {}).get("from") == self.bot:
            return True
        marked = [(mark["type"], slice_utf16(message["text"], mark)) for mark in message.get("entities", [])]
        return (
            any(kind == "bot_command" and ("@" not in words or words.endswith(name)) for kind, words in marked)
            or (
                "mention",
                name,
            )
            in marked
        )

    def _change_status(self, chat: Chat, user_id: int, status: str) -> None:
        old, chat.bot_status = chat.bot_status, status
        if old == status:
            return
        person = self.chats.person(user_id)
        change = {"chat": chat.chat(), "from": person.user(), "date": int(self.clock())}
        members = {"old_chat_member": member(old, self.bot), "new_chat_member": member(status, self.bot)}
        self.updates.add("my_chat_member", change | members)
        self.changes.mark()

    async def _ask(self, kind: str, content: JSON, wait: float) -> JSON | None:
        self._next_query += 1
        query_id = str(self._next_query)
        answer = self.queries.ask(query_id)
        self.updates.add(kind, {"id": query_id} | content)
        return await self.queries.wait(answer, wait)
