"""The chat page: being the people of the sandbox, in a browser.

Rendered here; the browser asks again by a long poll and gets the same parts anew. Every action is a form, so the page
works without JavaScript too. Text from chats is escaped by the templates and by bot.sandbox.bubbles.
"""

import asyncio
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.errors import NotFoundError
from bot.sandbox.chats import Chat
from bot.sandbox.files import StoredFile
from bot.sandbox.inline_page import InlinePage
from bot.sandbox.personas import PERSONAS, Persona
from bot.sandbox.telegram import Telegram
from bot.sandbox.view import view_of

HERE = Path(__file__).parent
LONGEST_WAIT = 20.0  # seconds, of one long poll
PATIENCE = 10.0  # seconds, for the answer to a press
LONGEST_TEXT = 4096
LARGEST_FILE = 10 * 1024 * 1024
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def _nothing() -> None:
    """Nobody wants to know."""


def create_page(telegram: Telegram, pressed: Callable[[], None] = _nothing) -> list[BaseRoute]:
    """The page's routes: `/`, `/chats/...`, `/files/...` and `/static/...`. The personas must have been added.

    `pressed` is called whenever a person presses a button, as a yes does: then the newsroom begins.
    """
    page = _Page(telegram, pressed)
    return [
        Route("/", page.first),
        Route("/chats/{chat}", page.chat),
        Route("/chats/{chat}/updates", page.updates),
        Route("/chats/{chat}/inline", page.inline.offer),
        Route("/chats/{chat}/share", page.inline.share, methods=["POST"]),
        Route("/chats/{chat}/{verb}", page.act, methods=["POST"]),
        Route("/files/{file}", page.file),
        Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
    ]


@dataclass(frozen=True, slots=True)
class _Form:
    fields: Mapping[str, str]
    file: StoredFile | None = None


class _Page:
    def __init__(self, telegram: Telegram, pressed: Callable[[], None]) -> None:
        self._telegram, self._pressed = telegram, pressed
        # What an earlier run left counts as seen.
        self._seen = {chat.id: max(chat.messages, default=0) for chat in telegram.chats.chats.values()}
        self._templates = _templates()
        self.inline = InlinePage(telegram, self._templates, self._asked, HEADERS)
        self._verbs = {"say": self._say, "press": self._press, "block": self._block, "unblock": self._unblock}

    async def first(self, request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/chats/{PERSONAS[0].id}{query}", 303)

    async def chat(self, request: Request) -> Response:
        self._look(request)
        return self._shown("chat.html", request)

    async def updates(self, request: Request) -> Response:
        """The parts anew once something differs from `since`; 204 if nothing did for a while."""
        self._look(request)
        since = request.query_params.get("since")
        if since is not None and since.isdecimal():
            try:
                await asyncio.wait_for(self._telegram.changed(int(since)), LONGEST_WAIT)
            except TimeoutError:
                return Response(status_code=204, headers=HEADERS | self._version())
        return self._shown("live.html", request)

    async def act(self, request: Request) -> Response:
        verb = self._verbs.get(request.path_params["verb"])
        if verb is None:
            raise HTTPException(404)
        chat, you = self._asked(request)
        try:
            answer, status = await verb(chat, you, await _read(request)), 200
        except NotFoundError as error:
            answer, status = {"text": str(error)}, 404
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse(answer, status, headers=HEADERS)
        return RedirectResponse(f"/chats/{chat.id}?as={you.id}", 303)

    async def file(self, request: Request) -> Response:
        file = self._telegram.files.find(request.path_params["file"])
        if file is None:
            raise HTTPException(404, "The sandbox no longer keeps this file.")
        inline = file.content_type in {"image/png", "image/jpeg", "image/webp", "image/gif"}
        kind = file.content_type if inline else "application/octet-stream"
        return Response(file.content, media_type=kind, headers=HEADERS)

    def _look(self, request: Request) -> None:
        """Whoever asks has the messages before their eyes. Noted when they ask: an answer may find them gone."""
        chat, _ = self._asked(request)
        self._seen[chat.id] = max(chat.messages, default=0)

    def _shown(self, template: str, request: Request) -> Response:
        chat, you = self._asked(request)
        view = view_of(self._telegram, chat, you, self._seen, request.query_params.get("start", ""))
        body = self._templates.get_template(template).render(view=view)
        return HTMLResponse(body, headers=HEADERS | self._version())

    def _version(self) -> dict[str, str]:
        return {"X-Version": str(self._telegram.changes.version)}

    def _asked(self, request: Request) -> tuple[Chat, Persona]:
        """The chat, and the persona whose eyes it is seen with: its own in a private chat."""
        try:
            chat = self._telegram.chats.get(int(request.path_params["chat"]))
        except (ValueError, NotFoundError) as error:
            raise HTTPException(404, "There is no such chat in the sandbox.") from error
        wanted = str(chat.id) if chat.kind == "private" else request.query_params.get("as", "")
        people = [persona for persona in PERSONAS if str(persona.id) == wanted]
        if not people and chat.kind == "private":
            raise HTTPException(404, "This chat belongs to nobody on this page.")
        return chat, (people or list(PERSONAS))[0]

    async def _say(self, chat: Chat, you: Persona, form: _Form) -> dict[str, Any]:
        text = (form.fields.get("command") or form.fields.get("text", "")).strip()[:LONGEST_TEXT]
        if form.file is not None:
            self._telegram.show(you.id, chat.id, form.file, text)
        elif text:
            self._telegram.say(you.id, chat.id, text)
        return {}

    async def _press(self, chat: Chat, you: Persona, form: _Form) -> dict[str, Any]:
        message_id, _, action = form.fields.get("button", "").partition(":")
        number = int(message_id) if message_id.isdecimal() else 0
        self._pressed()
        answer = await self._telegram.press(you.id, chat.id, number, action, PATIENCE)
        if answer is None:
            return {"text": "The bot has not answered."}
        return {"text": answer.get("text", ""), "alert": answer.get("show_alert", False), "url": answer.get("url", "")}

    async def _block(self, _chat: Chat, you: Persona, _form: _Form) -> dict[str, Any]:
        self._telegram.block(you.id)
        return {"text": "Blocked. The bot cannot write to you."}

    async def _unblock(self, _chat: Chat, you: Persona, _form: _Form) -> dict[str, Any]:
        self._telegram.unblock(you.id)
        return {"text": "Unblocked."}


async def _read(request: Request) -> _Form:
    async with request.form(max_files=1, max_fields=10, max_part_size=LARGEST_FILE) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        sent = form.get("file")
        return _Form(fields, await _stored(sent) if isinstance(sent, UploadFile) and sent.filename else None)


async def _stored(sent: UploadFile) -> StoredFile:
    content = await sent.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise HTTPException(413, "The sandbox takes files of up to 10 MB.")
    name = Path(sent.filename or "file").name
    return StoredFile(f"shown{uuid.uuid4().hex}", name, sent.content_type or "application/octet-stream", content)


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["icon"] = environment.get_template("icons.html").module.icon  # type: ignore[attr-defined]
    return environment
