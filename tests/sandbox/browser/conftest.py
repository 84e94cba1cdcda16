"""The chat page in a real browser, with a small bot behind it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from starlette.applications import Starlette

from bot.sandbox.page import create_page
from bot.sandbox.personas import add_personas
from bot.sandbox.server import api_routes
from bot.sandbox.telegram import Telegram
from tests.sandbox.browser.acts import opened
from tests.sandbox.scripted_bot import ScriptedBot
from tests.sandbox.serving_thread import served

ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        missing = (
            "Chromium is not installed (on Debian: apt-get install chromium), so the chat page was not tried in it"
        )
        (pytest.fail if os.environ.get("REQUIRE_CHROMIUM") == "1" else pytest.skip)(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram(name="Child Prison Alerts", first_id=1)
    add_personas(telegram)
    return telegram


@pytest.fixture
def url(telegram: Telegram) -> Iterator[str]:
    app = Starlette(routes=[*create_page(telegram), *api_routes(telegram)])
    with served(app, ScriptedBot(telegram.token)) as url:
        yield url


@pytest.fixture
def page(chromium: Browser, url: str) -> Iterator[Page]:
    """The page as first seen; a refusal by its content policy or an error of its script fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, base_url=url)
    context.set_default_timeout(10_000)
    page = context.new_page()
    troubles: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            troubles.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    opened(page, "/")
    yield page
    context.close()
    assert troubles == []
