"""The Bot API over HTTP, as python-telegram-bot and other clients speak it."""

import json
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.guard import OwnHostOnly
from bot.sandbox.methods import SilenceError, call
from bot.sandbox.params import Params, Upload
from bot.sandbox.refusals import NOT_FOUND, UNAUTHORIZED, RefusalError, bad_request
from bot.sandbox.telegram import Telegram
from bot.serving import drop_connection


def create_api(telegram: Telegram) -> Starlette:
    """The Bot API alone, guarded. Clients use `<address>/bot` as their base and `<address>/file/bot` for files."""
    return Starlette(routes=api_routes(telegram), middleware=[Middleware(OwnHostOnly)])


def api_routes(telegram: Telegram) -> list[BaseRoute]:
    """The Bot API's routes, for an application that has others too (and its own guard)."""

    async def method(request: Request) -> Response:
        return await _answer(telegram, request)

    async def file(request: Request) -> Response:
        return _file(telegram, request)

    return [
        Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
        Route("/file/bot{token}/files/{file_id}/{name}", file, methods=["GET"]),
    ]


async def _answer(telegram: Telegram, request: Request) -> Response:
    try:
        _check_token(telegram, request.path_params["token"])
        result = await call(telegram, request.path_params["method"], await read_params(request))
    except RefusalError as refusal:
        return _refused(refusal)
    except SilenceError as silence:
        return await _silent(request, drop=silence.drop)
    return JSONResponse({"ok": True, "result": result})


def _check_token(telegram: Telegram, token: str) -> None:
    if token != telegram.token:
        number, colon, secret = token.partition(":")
        raise RefusalError(*(UNAUTHORIZED if number.isdecimal() and colon and secret else NOT_FOUND))


def _refused(refusal: RefusalError) -> Response:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.error_code, "description": refusal.description}
    body |= {"parameters": refusal.parameters} if refusal.parameters else {}
    return JSONResponse(body, status_code=refusal.error_code)


async def _silent(request: Request, *, drop: bool) -> Response:
    """Say nothing: until the caller gives up, or by ending the connection."""
    if drop:
        await drop_connection(request.scope)
    while (await request.receive())["type"] != "http.disconnect":
        pass
    return Response()


async def read_params(request: Request) -> Params:
    """The parameters of a call: the query's, and those of a JSON, form or multipart body. Raises RefusalError."""
    values: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "application/json":
        return Params(values | _object(await request.body()))
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return Params(values)
    async with request.form() as form:
        uploads = {key: await _upload(part) for key, part in form.items() if isinstance(part, UploadFile)}
        return Params(values | {key: part for key, part in form.items() if isinstance(part, str)}, uploads)


def _object(body: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(body)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict):
        raise bad_request("can't parse JSON object")
    return parsed


async def _upload(part: UploadFile) -> Upload:
    name, content_type = part.filename or "file", part.content_type or "application/octet-stream"
    return Upload(name.replace("/", "_"), content_type, await part.read())


def _file(telegram: Telegram, request: Request) -> Response:
    file = telegram.files.find(request.path_params["file_id"])
    if request.path_params["token"] != telegram.token or file is None:
        return _refused(RefusalError(*NOT_FOUND))
    return Response(file.content, media_type=file.content_type)
