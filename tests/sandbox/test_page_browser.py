"""The chat page in a real browser: what it looks like to a person, and that it works by keyboard and on a phone."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, expect, sync_playwright
from starlette.applications import Starlette

from bot.sandbox.page import create_page
from bot.sandbox.personas import AMINA, BRYN, GROUP_ID, GROUP_TITLE, PERSONAS
from bot.sandbox.server import api_routes
from bot.sandbox.telegram import Telegram
from tests.sandbox.scripted_bot import ScriptedBot
from tests.sandbox.serving_thread import served

pytestmark = pytest.mark.browser

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
PHONE: ViewportSize = {"width": 360, "height": 740}
CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")


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
    for persona in PERSONAS:
        telegram.add_user(persona.id, persona.name, persona.language)
    telegram.add_group(GROUP_ID, GROUP_TITLE, [persona.id for persona in PERSONAS])
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


def opened(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_selector("html[data-ready]", state="attached")


def start(page: Page) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    page.wait_for_selector(".key")


def say(page: Page, words: str) -> None:
    page.get_by_label("Message", exact=True).fill(words)
    page.keyboard.press("Enter")


def test_start_brings_the_alert_with_its_formatting_link_and_quote(page: Page) -> None:
    start(page)
    alert = page.locator(".theirs").last
    expect(alert.locator("strong")).to_have_text("Sample alert")
    expect(alert.locator(".text a")).to_have_attribute("href", "https://example.org/report")
    expect(alert.locator("blockquote")).to_have_text("Safety had slipped since the last visit.")
    expect(alert.locator("em")).to_have_text("Werrington")
    expect(page.get_by_role("link", name="Read the report")).to_have_attribute("target", "_blank")
    expect(alert).to_be_in_viewport()


def test_a_press_shows_the_bots_words_and_the_changed_buttons(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Yes, send me alerts").click()
    expect(page.get_by_role("status")).to_have_text("You will get alerts.")
    expect(page.locator(".key")).to_have_text(["✓ Alerts"])


def test_an_answer_that_asks_to_be_read_is_a_dialogue(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Say why").click()
    dialogue = page.get_by_role("dialog", name="Because you asked for everything.")
    expect(dialogue).to_be_visible()
    dialogue.get_by_role("button", name="OK").click()
    expect(dialogue).to_be_hidden()


def test_a_button_is_busy_while_the_bot_has_not_answered(page: Page) -> None:
    start(page)
    button = page.get_by_role("button", name="Never answers")
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")


def test_what_one_writes_is_shown_as_written(page: Page) -> None:
    start(page)
    page.get_by_label("Message", exact=True).fill("<img src=x onerror=alert(1)>")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("second line")
    page.keyboard.press("Enter")
    expect(page.locator(".mine .text").last).to_have_text("<img src=x onerror=alert(1)>\nsecond line")
    expect(page.locator(".theirs .text").last).to_contain_text("You wrote: <img")
    expect(page.get_by_label("Message", exact=True)).to_have_value("")
    expect(page.locator(".message").last).to_be_in_viewport()


def test_pictures_files_and_edits_are_shown(page: Page) -> None:
    start(page)
    say(page, "/picture")
    expect(page.locator(".photo img")).to_have_js_property("naturalWidth", 480)
    say(page, "/file")
    expect(page.locator(".document")).to_have_attribute("download", "report.pdf")
    say(page, "/edit")
    expect(page.locator(".theirs").last).to_contain_text("Better words")
    expect(page.locator(".theirs").last.locator(".meta")).to_contain_text("edited")


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


def test_news_for_somebody_else_is_counted_and_one_can_switch_to_them(page: Page, url: str, telegram: Telegram) -> None:
    opened(page, f"/chats/{BRYN.id}")
    start(page)
    opened(page, f"/chats/{AMINA.id}")
    words = {"chat_id": BRYN.id, "text": "Newyddion"}
    httpx.post(f"{url}/bot{telegram.token}/sendMessage", json=words, trust_env=False)
    expect(page.locator(".badge")).to_have_text("1 unread")
    page.get_by_role("link", name="Bryn").click()
    expect(page.locator(".theirs .text").last).to_have_text("Newyddion")
    expect(page.locator(".badge")).to_have_count(0)


def test_a_bot_can_be_blocked_and_let_in_again(page: Page) -> None:
    start(page)
    page.get_by_role("button", name="Block", exact=True).click()
    expect(page.get_by_role("button", name="Unblock")).to_have_count(2)
    expect(page.get_by_label("Message", exact=True)).to_have_count(0)
    page.locator("#composer").get_by_role("button", name="Unblock").click()
    say(page, "I am back")
    expect(page.locator(".theirs .text").last).to_have_text("You wrote: I am back")


def test_a_message_that_could_not_be_sent_is_not_lost(page: Page) -> None:
    start(page)
    page.route("**/say*", lambda route: route.abort())
    say(page, "Important words")
    expect(page.get_by_role("status")).to_have_text("The sandbox does not answer.")
    expect(page.get_by_label("Message", exact=True)).to_have_value("Important words")


def test_who_reads_above_stays_there_and_is_told_of_news(page: Page, url: str, telegram: Telegram) -> None:
    start(page)
    for _ in range(3):
        say(page, "/start")
        expect(page.get_by_label("Message", exact=True)).to_have_value("")
    expect(page.locator(".keyboard")).to_have_count(4)
    page.locator("#scroller").evaluate("e => { e.scrollTop = 0; }")
    words = {"chat_id": AMINA.id, "text": "Below"}
    httpx.post(f"{url}/bot{telegram.token}/sendMessage", json=words, trust_env=False)
    jump = page.get_by_role("button", name="New messages")
    expect(jump).to_be_visible()
    assert page.locator("#scroller").evaluate("e => e.scrollTop") == 0
    jump.click()
    expect(page.locator(".message").last).to_be_in_viewport()
    expect(jump).to_be_hidden()


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
