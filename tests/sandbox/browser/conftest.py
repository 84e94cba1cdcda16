"""The chat page in a real browser, with a small bot behind it."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, ConsoleMessage, Page, expect
from starlette.applications import Starlette

from bot.sandbox.page import create_page
from bot.sandbox.personas import add_personas
from bot.sandbox.server import api_routes
from bot.sandbox.telegram import Telegram
from bot.serving import serve
from tests.sandbox.browser.acts import opened
from tests.sandbox.browser.chromium import ACTION, Chromium, SilentBrowserError
from tests.sandbox.scripted_bot import ScriptedBot

MARKS = (
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.flaky(reruns=2, only_rerun=[SilentBrowserError]),
    pytest.mark.timeout(200),  # for all three tries together
)
expect.set_options(timeout=ACTION * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this folder: one loop a module, for its browser, and two more tries where that is silent."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            for mark in MARKS:
                item.add_marker(mark, append=False)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def chromium() -> AsyncIterator[Chromium]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        missing = (
            "Chromium is not installed (on Debian: apt-get install chromium), so the chat page was not tried in it"
        )
        (pytest.fail if os.environ.get("REQUIRE_CHROMIUM") == "1" else pytest.skip)(missing)
    made = Chromium(path)
    yield made
    await made.close()


@pytest.fixture(autouse=True)
def bounded(request: pytest.FixtureRequest, chromium: Chromium, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits without end."""
    monkeypatch.setattr(request.node, "obj", chromium.bound(request.node.obj))


@pytest.fixture
def telegram() -> Telegram:
    telegram = Telegram(name="Child Prison Alerts", first_id=1)
    add_personas(telegram)
    return telegram


@pytest_asyncio.fixture(loop_scope="module")
async def url(telegram: Telegram) -> AsyncIterator[str]:
    app = Starlette(routes=[*create_page(telegram), *api_routes(telegram)])
    async with serve(app) as address:
        beside = asyncio.ensure_future(ScriptedBot(telegram.token)(address.url))
        yield address.url
        beside.cancel()
        await asyncio.wait([beside], timeout=ACTION)


@pytest_asyncio.fixture(loop_scope="module")
async def visitor(chromium: Chromium, url: str) -> AsyncIterator[BrowserContext]:
    """A person at a desk."""
    async with chromium.visit(url, viewport={"width": 1280, "height": 800}) as context:
        yield context


@pytest_asyncio.fixture(loop_scope="module")
async def page(chromium: Chromium, visitor: BrowserContext) -> AsyncIterator[Page]:
    """The page as first seen; a refusal by its content policy or an error of its script fails the test."""
    troubles: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            troubles.append(message.text)

    async with chromium.answering(ACTION * 2):
        page = await visitor.new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        await opened(page, "/")
    yield page
    assert troubles == []
