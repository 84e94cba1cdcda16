"""The chat page in a real browser: what it looks like to a person, and what happens when they act."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from bot.sandbox.personas import AMINA, BRYN
from bot.sandbox.telegram import Telegram
from tests.sandbox.browser.acts import opened, say, start

pytestmark = pytest.mark.browser


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
    expect(page.get_by_role("button", name="Unblock")).to_have_count(1)
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
