"""Chromium for the tests of a module: started when first asked for, and anew after it, or its driver, went silent.

A browser that does not answer says nothing about the page, so that its test runs again (conftest.py says how
often). Whether it answers is asked after every failure: a wrong page is wrong at once.
"""

import asyncio
import contextlib
import functools
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import psutil
from playwright.async_api import Browser, BrowserContext, Error, Playwright, async_playwright

# Seconds.
LAUNCH, TEST, ACTION, CLOSE, ANSWER = 30, 40, 10, 10, 10
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
PROFILE = "--user-data-dir="

Test = Callable[..., Awaitable[None]]


class SilentBrowserError(Exception):
    """Chromium or its driver does not answer, or is gone."""


class Chromium:
    """One browser at a time, and its end for certain."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._family: list[psutil.Process] = []
        self._profile = ""

    @asynccontextmanager
    async def visit(self, url: str, **options: Any) -> AsyncIterator[BrowserContext]:
        """A visitor without a past, whose addresses begin with `url`."""
        async with self.answering(LAUNCH):
            browser = self._browser or await self._start()
            context = await browser.new_context(base_url=url, **options)
        context.set_default_timeout(ACTION * 1000)
        try:
            yield context
        finally:
            if self._browser is browser:
                async with self.answering(CLOSE):
                    await context.close()

    def bound(self, test: Test) -> Test:
        """The test, with an end."""

        @functools.wraps(test)
        async def bounded(**given: Any) -> None:
            async with self.answering(TEST):
                await test(**given)

        return bounded

    @asynccontextmanager
    async def answering(self, seconds: float) -> AsyncIterator[None]:
        """Where this takes longer, or its failure is the browser's, end the browser and raise SilentBrowserError."""
        try:
            async with asyncio.timeout(seconds):
                yield
        except Exception as error:
            if not isinstance(error, TimeoutError) and await self._answers():
                raise
            await self.end()
            raise SilentBrowserError(f"no answer: {error!r}") from error

    async def close(self) -> None:
        """End a browser that answers, or one that does not."""
        with contextlib.suppress(TimeoutError, Error):
            async with asyncio.timeout(CLOSE):
                if self._browser is not None:
                    await self._browser.close()
        await self.end()

    async def end(self) -> None:
        """Leave no process behind: the driver, the browser and all that they started."""
        for parent in self._family:
            with contextlib.suppress(psutil.NoSuchProcess):
                self._family += parent.children(recursive=True)
        for process in self._family:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        shutil.rmtree(self._profile, ignore_errors=True)
        playwright, self._playwright, self._browser, self._family = self._playwright, None, None, []
        with contextlib.suppress(TimeoutError, Error):
            async with asyncio.timeout(CLOSE):
                if playwright is not None:
                    await playwright.stop()

    async def _start(self) -> Browser:
        before = psutil.Process().children()
        self._playwright = await async_playwright().start()
        self._family = [child for child in psutil.Process().children() if child not in before]
        self._browser = await self._playwright.chromium.launch(
            executable_path=self._path, args=ARGUMENTS, timeout=LAUNCH * 1000
        )
        # Chromium outlives its driver, so that it must be known before.
        self._family += [child for driver in self._family for child in driver.children(recursive=True)]
        words = [word for one in self._family for word in one.cmdline() if word.startswith(PROFILE)]
        self._profile = words[0].removeprefix(PROFILE)
        return self._browser

    async def _answers(self) -> bool:
        """Whether the browser, and every page in it, still does as it is told."""
        if self._browser is None:
            return False
        try:
            async with asyncio.timeout(ANSWER):
                for page in [page for context in self._browser.contexts for page in context.pages]:
                    await page.evaluate("1")
                await (await self._browser.new_page()).close()
        except (TimeoutError, Error):
            return False
        return True
