"""A small bot for the chat page's tests: it polls the sandbox over HTTP and answers from a script."""

import struct
import zlib
from typing import Any

import httpx

HELLO = (
    "<b>Sample alert</b>\n"
    "<a href='https://example.org/report'>Sample report on HMYOI Werrington</a>\n"
    "<blockquote>Safety had slipped since the last visit.</blockquote>\n"
    "Because you follow <i>Werrington</i>. Send /help &amp; more."
)
BUTTONS = [
    [{"text": "Yes, send me alerts", "callback_data": "yes"}, {"text": "No, thank you", "callback_data": "no"}],
    [{"text": "Read the report", "url": "https://example.org/report"}],
    [{"text": "Say why", "callback_data": "alert"}, {"text": "Never answers", "callback_data": "never"}],
]


def picture(width: int = 480, height: int = 200) -> bytes:
    """A PNG of one calm colour with a paler band."""
    rows = b"".join(b"\x00" + (b"\x2f\x5d\x7c" if 50 < row < 150 else b"\xdf\xe9\xe6") * width for row in range(height))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in [
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(rows)),
            (b"IEND", b""),
        ]
    )


class ScriptedBot:
    """Answers /start, /edit, /picture, /file, /script and presses; anything else it repeats."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def __call__(self, url: str) -> None:
        """Poll for ever."""
        async with httpx.AsyncClient(base_url=f"{url}/bot{self._token}", timeout=30, trust_env=False) as self._http:
            commands = [("start", "Begin"), ("help", "What this bot does"), ("stop", "No more messages")]
            await self.call(
                "setMyCommands",
                commands=[{"command": name, "description": words} for name, words in commands],
            )
            offset = 0
            while True:
                for update in await self.call("getUpdates", offset=offset, timeout=20):
                    offset = update["update_id"] + 1
                    await self._answer(update)

    async def call(self, method: str, **values: Any) -> Any:
        """Call the Bot API."""
        answer = (await self._http.post(f"/{method}", json=values)).json()
        return answer.get("result")

    async def _answer(self, update: dict[str, Any]) -> None:
        if "callback_query" in update:
            await self._pressed(update["callback_query"])
        if "message" in update:
            await self._said(update["message"]["chat"]["id"], update["message"].get("text", ""))
        if "inline_query" in update:
            query = update["inline_query"]
            said = {"message_text": "<b>Found</b>", "parse_mode": "HTML"}
            offer = {"type": "article", "id": "1", "title": query["query"], "input_message_content": said}
            await self.call("answerInlineQuery", inline_query_id=query["id"], results=[offer])

    async def _said(self, chat_id: int, text: str) -> None:
        if text.startswith("/start"):
            markup = {"inline_keyboard": BUTTONS}
            await self.call("sendMessage", chat_id=chat_id, text=HELLO, parse_mode="HTML", reply_markup=markup)
        elif text == "/picture":
            files = {"photo": ("chart.png", picture(), "image/png")}
            fields = {"chat_id": str(chat_id), "caption": "Assaults over five years (sample)"}
            await self._http.post("/sendPhoto", data=fields, files=files)
        elif text == "/file":
            files = {"document": ("report.pdf", b"%PDF-1.4 sample", "application/pdf")}
            await self._http.post("/sendDocument", data={"chat_id": str(chat_id)}, files=files)
        elif text == "/edit":
            sent = await self.call("sendMessage", chat_id=chat_id, text="First words")
            await self.call("editMessageText", chat_id=chat_id, message_id=sent["message_id"], text="Better words")
        else:
            await self.call("sendMessage", chat_id=chat_id, text=f"You wrote: {text}")

    async def _pressed(self, query: dict[str, Any]) -> None:
        answers: dict[str, dict[str, Any]] = {
            "yes": {"text": "You will get alerts."},
            "no": {"text": ""},
            "alert": {"text": "Because you asked for everything.", "show_alert": True},
        }
        if query["data"] in answers:
            await self.call("answerCallbackQuery", callback_query_id=query["id"], **answers[query["data"]])
        if query["data"] == "yes":
            place = {"chat_id": query["message"]["chat"]["id"], "message_id": query["message"]["message_id"]}
            buttons = {"inline_keyboard": [[{"text": "✓ Alerts", "callback_data": "no"}]]}
            await self.call("editMessageReplyMarkup", **place, reply_markup=buttons)
