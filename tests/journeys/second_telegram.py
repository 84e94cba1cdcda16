"""lo-bot-api-emulator as a second, independent stand-in for Telegram, with the little that it lacks."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

TOKEN = "1000000002:second-stand-in-not-a-secret-bbbbbbb"
# What the emulator does not model although Telegram has it.
UNKNOWN_TO_IT = ("link_preview_options", "message_thread_id", "protect_content")
UPDATES_IT_KNOWS = ["message", "callback_query", "inline_query"]


@dataclass(frozen=True)
class Said:
    """One message of the bot's, as the emulator took it."""

    chat_id: int
    message_id: int
    text: str
    keyboard: list[list[dict[str, str]]]


@dataclass
class SecondTelegram(LoBotApiEmulator):  # type: ignore[misc] # it publishes no types
    """It validates every call; those that it refused are kept in `refused`."""

    said: list[Said] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    url: str = ""

    def __post_init__(self) -> None:
        LoBotApiEmulator.__init__(self)

    def validate(self, method: str, fields: dict[str, Any], uploads: dict[str, Any]) -> Any:
        """The emulator's own judgement, of what it models."""
        for name in UNKNOWN_TO_IT:
            fields.pop(name, None)
        if method == "getUpdates" and "allowed_updates" in fields:
            fields["allowed_updates"] = json.dumps(UPDATES_IT_KNOWS)
        try:
            result = super().validate(method, fields, uploads)
        except Exception as error:
            reason = str(getattr(error, "description", error))
            if "does not model" not in reason:
                self.refused.append(f"{method}: {reason}")
            raise
        if method == "getMe":
            return {**result, "username": "second_bot"}
        if method == "editMessageText":
            self.edits.append(fields["text"])
        if method == "sendMessage":
            keyboard = json.loads(fields.get("reply_markup") or "{}").get("inline_keyboard", [])
            self.said.append(Said(int(fields["chat_id"]), result["message_id"], fields["text"], keyboard))
        return result

    async def say(self, user_id: int, text: str) -> None:
        """A person writes to the bot."""
        entities = [{"type": "bot_command", "offset": 0, "length": len(text)}] if text.startswith("/") else []
        await self.enqueue_update({"message": message(user_id, 1, text, entities)}, token=TOKEN)

    async def press(self, user_id: int, label: str) -> None:
        """A person presses the newest button with this label."""
        for sent in reversed(self.said):
            for button in (button for row in sent.keyboard for button in row):
                if sent.chat_id == user_id and button["text"] == label:
                    press = {
                        "id": str(len(self.said)),
                        "from": person(user_id),
                        "chat_instance": "1",
                        "data": button["callback_data"],
                        "message": message(user_id, sent.message_id, sent.text, []),
                    }
                    await self.enqueue_update({"callback_query": press}, token=TOKEN)
                    return
        raise AssertionError(f"there is no button {label!r} among {self.said}")

    def texts(self, chat_id: int) -> list[str]:
        """What the bot said in a chat."""
        return [sent.text for sent in self.said if sent.chat_id == chat_id]


def person(user_id: int) -> dict[str, Any]:
    """The Bot API's User."""
    return {"id": user_id, "is_bot": False, "first_name": "Amina", "language_code": "en"}


def message(user_id: int, message_id: int, text: str, entities: list[dict[str, Any]]) -> dict[str, Any]:
    """The Bot API's Message, in a private chat."""
    chat = {"id": user_id, "type": "private", "first_name": "Amina"}
    return {
        "message_id": message_id,
        "date": 1_790_000_000,
        "chat": chat,
        "from": person(user_id),
        "text": text,
        "entities": entities,
    }


@asynccontextmanager
async def second_telegram() -> AsyncIterator[SecondTelegram]:
    """The emulator while the block runs."""
    emulator = SecondTelegram()
    runner = web.AppRunner(emulator.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    emulator.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield emulator
    finally:
        await runner.cleanup()
