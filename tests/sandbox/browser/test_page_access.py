"""The chat page for everybody: by keyboard alone, on a phone, light or dark, with and without JavaScript."""

from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from bot.sandbox.personas import AMINA, GROUP_ID, PERSONAS
from tests.sandbox.browser.acts import opened, say, start
from tests.sandbox.browser.chromium import Chromium

PHONE: ViewportSize = {"width": 360, "height": 740}
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")


async def test_everything_can_be_done_with_the_keyboard_alone(page: Page) -> None:
    skip = page.get_by_role("link", name="Skip to the message box")
    for _ in range(20):
        await page.keyboard.press("Shift+Tab")
        if await skip.evaluate("e => e === document.activeElement"):
            break
    await expect(skip).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".key")
    field = page.get_by_label("Message", exact=True)
    await expect(field).to_be_focused()
    await page.keyboard.type("/h")
    await expect(page.locator(".commands li:not([hidden])")).to_have_text(["/help What this bot does"])
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine .text").last).to_have_text("/help")
    await expect(field).to_be_focused()
    await page.keyboard.type("/")
    await expect(page.locator(".commands")).to_be_visible()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".commands button").last).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator(".commands")).to_be_hidden()
    await expect(field).to_be_focused()


async def test_every_stop_of_the_keyboard_is_seen_and_named(page: Page) -> None:
    await start(page)
    stops = await page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, textarea, summary, [tabindex="0"]')]
            .filter((e) => e.checkVisibility() && e.getClientRects().length)
            .map((e) => { e.focus(); return [e.outerHTML.slice(0, 80), getComputedStyle(e).outlineStyle,
                (e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent).trim()]; })"""
    )
    assert len(stops) > 15
    assert [stop for stop in stops if stop[1] == "none" or not stop[2]] == []


async def test_the_keyboards_place_is_kept_when_the_message_changes(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="Yes, send me alerts").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="✓ Alerts")).to_be_focused()


@pytest.mark.parametrize("chat_id", [AMINA.id, GROUP_ID])
async def test_on_a_phone_everything_fits_and_can_be_reached(page: Page, chat_id: int) -> None:
    await page.set_viewport_size(PHONE)
    await opened(page, f"/chats/{chat_id}")
    if chat_id == AMINA.id:
        await start(page)
    else:
        await say(page, "/start")
        await page.wait_for_selector(".key")
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert await page.locator("#scroller").evaluate("e => e.scrollWidth <= e.clientWidth")
    for name in [persona.name for persona in PERSONAS]:
        await expect(page.get_by_role("link", name=name).first).to_be_in_viewport()
    await expect(page.get_by_label("Message", exact=True)).to_be_in_viewport()
    heights = await page.locator("button:visible, .key, .round").evaluate_all("all => all.map((e) => e.offsetHeight)")
    assert min(height for height in heights if height) >= 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_text_can_be_read_in_both_themes(page: Page, scheme: str) -> None:
    await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    await start(page)
    await say(page, "Hello")
    await expect(page.locator(".theirs .text").last).to_have_text("You wrote: Hello")
    await page.get_by_label("Message", exact=True).fill("/")
    await expect(page.locator(".commands")).to_be_visible()
    assert await page.evaluate(CONTRAST) == []


async def test_the_chosen_theme_is_kept(page: Page) -> None:
    await page.emulate_media(color_scheme="light")
    await page.get_by_role("button", name="Light or dark").click()
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    await page.get_by_role("button", name="Light or dark").click()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")


async def test_it_works_without_javascript(chromium: Chromium, url: str) -> None:
    async with chromium.visit(url, java_script_enabled=False) as visitor:
        page = await visitor.new_page()
        await page.goto("/")
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.locator(".mine .text")).to_have_text("/start")
        await page.get_by_label("Message", exact=True).fill("Hello")
        await page.get_by_role("button", name="Send", exact=True).click()
        await expect(page.locator(".mine .text").last).to_have_text("Hello")
