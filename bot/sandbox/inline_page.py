"""Inline mode in a browser: asking the bot from within a chat, and sharing what it offers there. Plain forms."""

from collections.abc import Callable
from typing import Any

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.sandbox.bubbles import rendered
from bot.sandbox.chats import Chat
from bot.sandbox.personas import Persona
from bot.sandbox.telegram import Telegram

JSON = dict[str, Any]
PATIENCE = 10.0  # seconds
LONGEST_QUERY = 256

Asked = Callable[[Request], tuple[Chat, Persona]]
"""The chat that a request names, and who one is there."""


class InlinePage:
    """What each persona was offered last is kept, so that a choice is of what they saw."""

    def __init__(self, telegram: Telegram, templates: Environment, asked: Asked, headers: dict[str, str]) -> None:
        self._telegram, self._templates, self._asked, self._headers = telegram, templates, asked, headers
        self._offered: dict[int, list[JSON]] = {}

    async def offer(self, request: Request) -> Response:
        """Ask the bot, as somebody who writes its name and these words, and show what it offers."""
        chat, you = self._asked(request)
        query = request.query_params.get("q")
        answer: JSON | None = {"results": []}
        if query is not None:
            answer = await self._telegram.inline(you.id, query[:LONGEST_QUERY], PATIENCE)
        found = (answer or {}).get("results", [])
        self._offered[you.id] = [one for one in found if "message_text" in one.get("input_message_content", {})]
        shown = [one | {"said": said(one)} for one in self._offered[you.id]]
        page = self._templates.get_template("inline.html")
        body = page.render(chat=chat, you=you, bot=self._telegram.bot, query=query, results=shown, answer=answer)
        return HTMLResponse(body, headers=self._headers)

    async def share(self, request: Request) -> Response:
        """Send one of those into the chat, as its person's message by way of the bot."""
        chat, you = self._asked(request)
        async with request.form(max_files=0, max_fields=4) as form:
            number = str(form.get("number", ""))
        offered = self._offered.get(you.id, [])
        if not number.isdecimal() or int(number) >= len(offered):
            raise HTTPException(404, "That is not offered any more.")
        content = offered[int(number)]["input_message_content"]
        message = self._telegram.say(you.id, chat.id, content["message_text"], content["entities"])
        markup = offered[int(number)].get("reply_markup")
        message |= {"via_bot": self._telegram.bot} | ({"reply_markup": markup} if markup else {})
        return RedirectResponse(f"/chats/{chat.id}?as={you.id}", 303)


def said(result: JSON) -> str:
    """What would be sent, as it would look."""
    content = result["input_message_content"]
    return rendered(content["message_text"], content["entities"])
