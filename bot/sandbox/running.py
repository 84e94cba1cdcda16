"""The whole sandbox on one address: the Bot API, the newsroom and the chat page, kept over restarts in one file."""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.model.feed import FeedSpec
from bot.sandbox.civic import civic_routes
from bot.sandbox.guard import OwnHostOnly
from bot.sandbox.newsroom import Newsroom
from bot.sandbox.page import create_page
from bot.sandbox.personas import ORGANISERS, add_personas
from bot.sandbox.server import api_routes
from bot.sandbox.telegram import Telegram
from bot.serving import serve

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
WATCH_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSandbox:
    """A sandbox that is open: its address is the chat page's, and the Bot API's base.

    At `civic_url` is all that the civic services are asked, invented.
    """

    url: str
    token: str
    owners: frozenset[int]
    feeds: tuple[FeedSpec, ...]
    civic_url: str


@contextlib.asynccontextmanager
async def open_sandbox(kept_in: Path, port: int, now: Callable[[], datetime]) -> AsyncIterator[OpenSandbox]:
    """Keep the sandbox open while the block runs; raises AlertsError when the port is in use.

    `kept_in` is the file that chats and the newsroom's editions are kept in.
    """
    telegram, newsroom = restore(kept_in, now)
    add_personas(telegram)
    page = create_page(telegram, pressed=lambda: newsroom.begin(now()))
    routes = [*api_routes(telegram), *newsroom.routes(), *civic_routes(), *page]
    app = Starlette(routes=routes, middleware=[Middleware(OwnHostOnly)])
    async with serve(app, HOST, port) as address:
        watching = asyncio.create_task(watch(kept_in, telegram, newsroom))
        try:
            yield OpenSandbox(
                url=address.url,
                token=telegram.token,
                owners=frozenset(persona.id for persona in ORGANISERS),
                feeds=newsroom.feeds(address.url),
                civic_url=f"{address.url}/civic",
            )
        finally:
            watching.cancel()
            keep(kept_in, telegram, newsroom)
            await telegram.close()


async def watch(kept_in: Path, telegram: Telegram, newsroom: Newsroom) -> None:
    """Keep what changed, so that little is lost however the program ends."""
    version = telegram.changes.version
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        if telegram.changes.version != version:
            version = telegram.changes.version
            keep(kept_in, telegram, newsroom)


def keep(file: Path, telegram: Telegram, newsroom: Newsroom) -> None:
    """Write the sandbox's state; the old file stays until the new one is whole."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(json.dumps({"telegram": telegram.snapshot(), "newsroom": newsroom.snapshot()}))
    new.replace(file)


def restore(file: Path, now: Callable[[], datetime]) -> tuple[Telegram, Newsroom]:
    """Take up what an earlier run kept. What cannot be read is set aside as *.unreadable, and all begins anew."""
    telegram, newsroom = Telegram(), Newsroom(now)
    if not file.exists():
        return telegram, newsroom
    try:
        kept = json.loads(file.read_text())
        telegram.restore(kept["telegram"])
        newsroom.restore(kept["newsroom"])
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        aside = file.with_name(f"{file.name}.unreadable")
        with contextlib.suppress(OSError):
            file.replace(aside)
        log.warning(
            "%s cannot be read (%s): it is %s now, and the sandbox begins anew", file, type(error).__name__, aside
        )
        return Telegram(), Newsroom(now)
    return telegram, newsroom
