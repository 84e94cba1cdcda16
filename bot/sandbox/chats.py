"""People, chats and their messages, as Telegram keeps them."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.errors import NotFoundError
from bot.sandbox.refusals import RefusalError, bad_request, forbidden, moved

JSON = dict[str, Any]
Kind = Literal["private", "group", "supergroup"]

MESSAGES_KEPT = 1_000
_SUPERGROUP = -1_000_000_000_000


@dataclass(slots=True)
class Person:
    """Someone with a Telegram account; only a sample of what accounts have."""

    id: int
    first_name: str
    language_code: str = "en"
    deactivated: bool = False

    def user(self) -> JSON:
        """The Bot API's User."""
        fields = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        return fields | {"language_code": self.language_code}


@dataclass(slots=True)
class Chat:
    """A chat with the bot. `bot_status`: "left" (never started), "member", "administrator" or "kicked" (blocked)."""

    id: int
    kind: Kind
    title: str
    members: dict[int, str]
    bot_status: str = "left"
    migrated_to: int | None = None
    messages: dict[int, JSON] = field(default_factory=dict)

    def chat(self) -> JSON:
        """The Bot API's Chat."""
        name = {"first_name": self.title} if self.kind == "private" else {"title": self.title}
        return {"id": self.id, "type": self.kind} | name

    def keep(self, message: JSON) -> None:
        """Add a message; the oldest beyond MESSAGES_KEPT go."""
        self.messages[message["message_id"]] = message
        if len(self.messages) > MESSAGES_KEPT:
            del self.messages[next(iter(self.messages))]

    def snapshot(self) -> JSON:
        """As JSON, with lists where keys are numbers."""
        state = {name: getattr(self, name) for name in ("id", "kind", "title", "bot_status", "migrated_to")}
        return state | {"members": list(self.members.items()), "messages": list(self.messages.values())}


class Chats:
    """Every person and chat of one sandbox."""

    def __init__(self, clock: Callable[[], float], first_id: int) -> None:
        self.clock = clock
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.next_message_id = first_id

    def add_person(self, person: Person) -> None:
        """A person and their private chat, which they have not started; one already known keeps their chat."""
        self.people[person.id] = person
        private = Chat(person.id, "private", person.first_name, {person.id: "member"})
        self.chats.setdefault(person.id, private).title = person.first_name

    def add_group(self, chat_id: int, title: str, members: Iterable[int]) -> Chat:
        """A group (id -100... makes a supergroup); the first member created it."""
        kind: Kind = "supergroup" if chat_id < _SUPERGROUP else "group"
        roles = {member: "creator" if place == 0 else "member" for place, member in enumerate(members)}
        return self.chats.setdefault(chat_id, Chat(chat_id, kind, title, roles))

    def person(self, user_id: int) -> Person:
        """Raises NotFoundError."""
        if user_id not in self.people:
            raise NotFoundError(f"Nobody in the sandbox has the id {user_id}.")
        return self.people[user_id]

    def get(self, chat_id: int) -> Chat:
        """Raises NotFoundError."""
        if chat_id not in self.chats:
            raise NotFoundError(f"No chat in the sandbox has the id {chat_id}.")
        return self.chats[chat_id]

    def known(self, chat_id: int) -> Chat:
        """The chat as the bot may ask for it; raises RefusalError (400) if it has never met it."""
        chat = self.chats.get(chat_id)
        if chat is None or (chat.kind == "private" and chat.bot_status == "left"):
            raise bad_request("chat not found")
        return chat

    def reachable(self, chat_id: int) -> Chat:
        """The chat, if the bot may write there now; raises RefusalError as Telegram refuses."""
        chat = self.known(chat_id)
        if chat.migrated_to is not None:
            raise moved(chat.migrated_to)
        if chat.kind == "private":
            return self._reachable_person(chat)
        if chat.bot_status not in {"member", "administrator"}:
            raise _out_of(chat)
        return chat

    def _reachable_person(self, chat: Chat) -> Chat:
        if self.people[chat.id].deactivated:
            raise forbidden("user is deactivated")
        if chat.bot_status == "kicked":
            raise forbidden("bot was blocked by the user")
        return chat

    def message(self, chat: Chat, sender: JSON, content: JSON) -> JSON:
        """Write a message into the chat and return it as the Bot API's Message."""
        head = {"message_id": self.next_message_id, "from": sender, "chat": chat.chat(), "date": int(self.clock())}
        self.next_message_id += 1
        message = head | content
        chat.keep(message)
        return message

    def migrate(self, chat: Chat) -> Chat:
        """The group becomes a supergroup; its messages go along. Returns the new chat."""
        new = Chat(_SUPERGROUP + chat.id, "supergroup", chat.title, dict(chat.members), chat.bot_status)
        new.messages = {key: message | {"chat": new.chat()} for key, message in chat.messages.items()}
        chat.migrated_to = new.id
        self.chats[new.id] = new
        return new

    def snapshot(self) -> JSON:
        """As JSON."""
        people = [asdict(person) for person in self.people.values()]
        chats = [chat.snapshot() for chat in self.chats.values()]
        return {"people": people, "chats": chats, "next_message_id": self.next_message_id}

    def restore(self, state: JSON) -> None:
        """What `snapshot` gave; ids never go back."""
        self.people = {row["id"]: Person(**row) for row in state["people"]}
        self.chats = {row["id"]: _chat(row) for row in state["chats"]}
        self.next_message_id = max(self.next_message_id, state["next_message_id"])


def _out_of(chat: Chat) -> RefusalError:
    if chat.bot_status == "kicked":
        return forbidden(f"bot was kicked from the {chat.kind} chat")
    return forbidden(f"bot is not a member of the {chat.kind} chat")


def _chat(row: JSON) -> Chat:
    members = {int(key): status for key, status in row["members"]}
    messages = {message["message_id"]: message for message in row["messages"]}
    return Chat(**row | {"members": members, "messages": messages})


# What Telegram says of an administrator (Bot API, ChatMemberAdministrator); the sandbox's may do everything.
_RIGHTS = (
    "can_be_edited", "can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
    "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
    "can_delete_stories",
)  # fmt: skip


def member(status: str, user: JSON) -> JSON:
    """The Bot API's ChatMember of this status."""
    more: JSON = {}
    if status == "kicked":
        more = {"until_date": 0}
    elif status == "creator":
        more = {"is_anonymous": False}
    elif status == "administrator":
        more = {"is_anonymous": False} | dict.fromkeys(_RIGHTS, True)
    return {"status": status, "user": user} | more
