"""What the chat page shows of a chat, computed from the local Telegram; templates only lay it out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from markupsafe import Markup

from bot.sandbox.bubbles import is_safe, rendered
from bot.sandbox.chats import Chat
from bot.sandbox.personas import GROUP_ID, GROUP_TITLE, PERSONAS, Persona
from bot.sandbox.telegram import Telegram

JSON = dict[str, Any]

SHOWN = 200  # messages
JOINED_SECONDS = 300  # messages of one sender within it stand close together


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A conversation in the list: a persona's chat with the bot, or the group."""

    chat_id: int
    path: str
    name: str
    role: str
    preview: str
    unread: int
    current: bool
    group: bool


@dataclass(frozen=True, slots=True)
class Key:
    """An inline button: `url` opens, `action` is sent to the bot."""

    label: str
    url: str | None
    action: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One message.

    `day` is set where a new day begins, `joined` where it follows another of the same sender;
    `reply` is the start of the message that it answers.
    """

    message_id: int
    mine: bool
    sender: str
    reply: str
    text: Markup
    at: datetime
    edited: bool
    day: str
    joined: bool
    rows: tuple[tuple[Key, ...], ...]
    photo: str | None
    width: int | None
    height: int | None
    document: str | None
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One page: who one is, the conversations, and the messages of the current one."""

    you: Persona
    title: str
    path: str
    group: bool
    started: bool
    blocked: bool
    start: str
    contacts: tuple[Contact, ...]
    speakers: tuple[Persona, ...]
    commands: Sequence[Mapping[str, str]]
    log: tuple[Item, ...]


def group_of(telegram: Telegram) -> Chat | None:
    """The group as it is now: it may have become a supergroup, with another id. None if there is none."""
    group = telegram.chats.chats.get(GROUP_ID)
    while group is not None and group.migrated_to is not None:
        group = telegram.chats.get(group.migrated_to)
    return group


def view_of(telegram: Telegram, chat: Chat, you: Persona, seen: Mapping[int, int], start: str = "") -> View:
    """The page of this chat for this persona; `seen` is the newest message id that was shown of each chat."""
    group = chat.kind != "private"
    return View(
        you=you,
        title=chat.title if group else telegram.bot["first_name"],
        path=f"/chats/{chat.id}",
        group=group,
        started=group or (chat.bot_status != "left" and not start),
        blocked=not group and chat.bot_status == "kicked",
        start=f"/start {start}".strip(),
        contacts=tuple(_contacts(telegram, chat, seen)),
        speakers=PERSONAS if group else (),
        commands=telegram.commands_for(you.id, chat.id),
        log=tuple(_items(telegram.messages(chat.id)[-SHOWN:], you)),
    )


def _contacts(telegram: Telegram, current: Chat, seen: Mapping[int, int]) -> Iterator[Contact]:
    for persona in PERSONAS:
        yield _contact(telegram, telegram.chats.get(persona.id), persona.name, persona.role, current, seen)
    group = group_of(telegram)
    if group is not None:
        yield _contact(telegram, group, GROUP_TITLE, "All four and the bot", current, seen)


def _contact(telegram: Telegram, chat: Chat, name: str, role: str, current: Chat, seen: Mapping[int, int]) -> Contact:
    messages = telegram.messages(chat.id)
    unread = [
        message for message in messages if message["from"]["is_bot"] and message["message_id"] > seen.get(chat.id, 0)
    ]
    return Contact(
        chat_id=chat.id,
        path=f"/chats/{chat.id}",
        name=name,
        role=role,
        preview=_preview(messages[-1]) if messages else "",
        unread=0 if chat is current else len(unread),
        current=chat is current,
        group=chat.kind != "private",
    )


def _preview(message: JSON) -> str:
    words = message.get("text") or message.get("caption") or "Attachment"
    return " ".join(words.split())[:60]


def _items(messages: Sequence[JSON], you: Persona) -> Iterator[Item]:
    before: JSON | None = None
    for message in messages:
        at, day = _local(message["date"]), _local(message["date"]).date()
        new_day = before is None or _local(before["date"]).date() != day
        photo = message["photo"][-1] if message.get("photo") else {}
        document = message.get("document", {})
        yield Item(
            message_id=message["message_id"],
            mine=message["from"]["id"] == you.id,
            sender=message["from"]["first_name"],
            reply=_preview(message["reply_to_message"]) if "reply_to_message" in message else "",
            text=_text(message),
            at=at,
            edited="edit_date" in message,
            day=_written(day) if new_day else "",
            joined=before is not None and not new_day and _follows(message, before),
            rows=_rows(message),
            photo=_file(photo),
            width=photo.get("width"),
            height=photo.get("height"),
            document=_file(document),
            file_name=document.get("file_name", "file"),
        )
        before = message


def _text(message: JSON) -> Markup:
    if "text" in message or "caption" in message:
        kind = "text" if "text" in message else "caption"
        entities = message.get("entities" if kind == "text" else "caption_entities", [])
        return rendered(message[kind], entities)
    if "migrate_to_chat_id" in message or "migrate_from_chat_id" in message:
        return rendered("This group became a supergroup.")
    return Markup()


def _rows(message: JSON) -> tuple[tuple[Key, ...], ...]:
    keyboard = message.get("reply_markup", {}).get("inline_keyboard", [])
    return tuple(tuple(_key(button) for button in row) for row in keyboard)


def _key(button: JSON) -> Key:
    url = button.get("url")
    return Key(button["text"], url if url and is_safe(url) else None, button.get("callback_data"))


def _file(content: JSON) -> str | None:
    return f"/files/{content['file_id']}" if content else None


def _follows(message: JSON, before: JSON) -> bool:
    same = message["from"]["id"] == before["from"]["id"]
    return bool(same and message["date"] - before["date"] < JOINED_SECONDS and not _rows(before))


def _local(seconds: int) -> datetime:
    """In this computer's own zone: the page is looked at where it is served."""
    return datetime.fromtimestamp(seconds, UTC).astimezone()


def _written(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
