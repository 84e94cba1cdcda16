"""Visiting the chat page as a browser without JavaScript would."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from lxml import html
from starlette.applications import Starlette

from bot.sandbox.page import create_page
from bot.sandbox.personas import add_personas
from bot.sandbox.server import api_routes
from bot.sandbox.telegram import Telegram
from tests.sandbox.scripted_bot import ScriptedBot
from tests.sandbox.selecting import select
from tests.sandbox.serving_thread import served

JSON = {"accept": "application/json"}


@dataclass
class Browser:
    """Asks as a browser without JavaScript would, and calls the Bot API beside it."""

    telegram: Telegram
    http: httpx.Client

    def read(self, path: str) -> html.HtmlElement:
        answer = self.http.get(path)
        assert answer.status_code == 200
        return html.fromstring(answer.text)

    def texts(self, path: str) -> list[str]:
        return [" ".join(element.text_content().split()) for element in select(self.read(path), ".text")]

    def post(self, path: str, **fields: str) -> httpx.Response:
        return self.http.post(path, data=fields)

    def call(self, method: str, **values: object) -> httpx.Response:
        return self.http.post(f"/bot{self.telegram.token}/{method}", json=values)


def small_sandbox() -> Telegram:
    telegram = Telegram(name="Child Prison Alerts", first_id=1)
    add_personas(telegram)
    return telegram


@contextmanager
def browsing(telegram: Telegram, *, bot: bool = False) -> Iterator[Browser]:
    app = Starlette(routes=[*create_page(telegram), *api_routes(telegram)])
    companion = [ScriptedBot(telegram.token)] if bot else []
    with served(app, *companion) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as http:
        yield Browser(telegram, http)
