"""The chat page for everybody: by keyboard alone, on a phone, light or dark, with and without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from bot.sandbox.personas import AMINA, GROUP_ID, PERSONAS
from tests.sandbox.browser.acts import opened, say, start

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 360, "height": 740}
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")


def test_everything_can_be_done_with_the_keyboard_alone(page: Page) -> None:
    skip = page.get_by_role("link", name="Skip to the message box")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if skip.evaluate("e => e === document.activeElement"):
            break
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_selector(".key")
    field = page.get_by_label("Message", exact=True)
    expect(field).to_be_focused()
    page.keyboard.type("/h")
    expect(page.locator(".commands li:not([hidden])")).to_have_text(["/help What this bot does"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".mine .text").last).to_have_text("/help")
    expect(field).to_be_focused()
    page.keyboard.type("/")
    expect(page.locator(".commands")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".commands button").last).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".commands")).to_be_hidden()
    expect(field).to_be_focused()


def test_every_stop_of_the_keyboard_is_seen_and_named(page: Page) -> None:
    start(page)
    stops = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, textarea, summary, [tabindex="0"]')]
            .filter((e) => e.checkVisibility() && e.getClientRects().length)
            .map((e) => { e.focus(); return [e.outerHTML.slice(0, 80), getComputedStyle(e).outlineStyle,
                (e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent).trim()]; })"""
    )
    assert len(stops) > 15
    assert [stop for stop in stops if stop[1] == "none" or not stop[2]] == []


def test_the_keyboards_place_is_kept_when_the_message_changes(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Yes, send me alerts").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="✓ Alerts")).to_be_focused()


@pytest.mark.parametrize("chat_id", [AMINA.id, GROUP_ID])
def test_on_a_phone_everything_fits_and_can_be_reached(page: Page, chat_id: int) -> None:
    page.set_viewport_size(PHONE)
    opened(page, f"/chats/{chat_id}")
    if chat_id == AMINA.id:
        start(page)
    else:
        say(page, "/start")
        page.wait_for_selector(".key")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert page.locator("#scroller").evaluate("e => e.scrollWidth <= e.clientWidth")
    for name in [persona.name for persona in PERSONAS]:
        expect(page.get_by_role("link", name=name).first).to_be_in_viewport()
    expect(page.get_by_label("Message", exact=True)).to_be_in_viewport()
    heights = page.locator("button:visible, .key, .round").evaluate_all("all => all.map((e) => e.offsetHeight)")
    assert min(height for height in heights if height) >= 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read_in_both_themes(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    start(page)
    say(page, "Hello")
    expect(page.locator(".theirs .text").last).to_have_text("You wrote: Hello")
    page.get_by_label("Message", exact=True).fill("/")
    expect(page.locator(".commands")).to_be_visible()
    assert page.evaluate(CONTRAST) == []


def test_the_chosen_theme_is_kept(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.get_by_role("button", name="Light or dark").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_it_works_without_javascript(chromium: Browser, url: str) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=url)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(".mine .text")).to_have_text("/start")
    page.get_by_label("Message", exact=True).fill("Hello")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".mine .text").last).to_have_text("Hello")
    context.close()
