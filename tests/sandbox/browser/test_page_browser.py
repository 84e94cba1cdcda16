"""The chat page in a real browser: what it looks like to a person, and what happens when they act."""

from playwright.async_api import Page, expect

from bot.sandbox.personas import AMINA, BRYN
from bot.sandbox.telegram import Telegram
from tests.sandbox.browser.acts import bot_says, opened, say, start


async def test_start_brings_the_alert_with_its_formatting_link_and_quote(page: Page) -> None:
    await start(page)
    alert = page.locator(".theirs").last
    await expect(alert.locator("strong")).to_have_text("Sample alert")
    await expect(alert.locator(".text a")).to_have_attribute("href", "https://example.org/report")
    await expect(alert.locator("blockquote")).to_have_text("Safety had slipped since the last visit.")
    await expect(alert.locator("em")).to_have_text("Werrington")
    await expect(page.get_by_role("link", name="Read the report")).to_have_attribute("target", "_blank")
    await expect(alert).to_be_in_viewport()


async def test_a_press_shows_the_bots_words_and_the_changed_buttons(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="Yes, send me alerts").click()
    await expect(page.get_by_role("status")).to_have_text("You will get alerts.")
    await expect(page.locator(".key")).to_have_text(["✓ Alerts"])


async def test_an_answer_that_asks_to_be_read_is_a_dialogue(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="Say why").click()
    dialogue = page.get_by_role("dialog", name="Because you asked for everything.")
    await expect(dialogue).to_be_visible()
    await dialogue.get_by_role("button", name="OK").click()
    await expect(dialogue).to_be_hidden()


async def test_a_button_is_busy_while_the_bot_has_not_answered(page: Page) -> None:
    await start(page)
    button = page.get_by_role("button", name="Never answers")
    await button.click()
    await expect(button).to_have_attribute("aria-busy", "true")


async def test_what_one_writes_is_shown_as_written(page: Page) -> None:
    await start(page)
    await page.get_by_label("Message", exact=True).fill("<img src=x onerror=alert(1)>")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("second line")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine .text").last).to_have_text("<img src=x onerror=alert(1)>\nsecond line")
    await expect(page.locator(".theirs .text").last).to_contain_text("You wrote: <img")
    await expect(page.get_by_label("Message", exact=True)).to_have_value("")
    await expect(page.locator(".message").last).to_be_in_viewport()


async def test_pictures_files_and_edits_are_shown(page: Page) -> None:
    await start(page)
    await say(page, "/picture")
    await expect(page.locator(".photo img")).to_have_js_property("naturalWidth", 480)
    await say(page, "/file")
    await expect(page.locator(".document")).to_have_attribute("download", "report.pdf")
    await say(page, "/edit")
    await expect(page.locator(".theirs").last).to_contain_text("Better words")
    await expect(page.locator(".theirs").last.locator(".meta")).to_contain_text("edited")


async def test_news_for_somebody_else_is_counted_and_one_can_switch_to_them(
    page: Page, url: str, telegram: Telegram
) -> None:
    await opened(page, f"/chats/{BRYN.id}")
    await start(page)
    await opened(page, f"/chats/{AMINA.id}")
    await bot_says(telegram, url, BRYN.id, "Newyddion")
    await expect(page.locator(".badge")).to_have_text("1 unread")
    await page.get_by_role("link", name="Bryn").click()
    await expect(page.locator(".theirs .text").last).to_have_text("Newyddion")
    await expect(page.locator(".badge")).to_have_count(0)


async def test_a_bot_can_be_blocked_and_let_in_again(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="Block", exact=True).click()
    await expect(page.get_by_role("button", name="Unblock")).to_have_count(1)
    await expect(page.get_by_label("Message", exact=True)).to_have_count(0)
    await page.locator("#composer").get_by_role("button", name="Unblock").click()
    await say(page, "I am back")
    await expect(page.locator(".theirs .text").last).to_have_text("You wrote: I am back")


async def test_a_message_that_could_not_be_sent_is_not_lost(page: Page) -> None:
    await start(page)
    await page.route("**/say*", lambda route: route.abort())
    await say(page, "Important words")
    await expect(page.get_by_role("status")).to_have_text("The sandbox does not answer.")
    await expect(page.get_by_label("Message", exact=True)).to_have_value("Important words")


async def test_who_reads_above_stays_there_and_is_told_of_news(page: Page, url: str, telegram: Telegram) -> None:
    await start(page)
    for _ in range(3):
        await say(page, "/start")
        await expect(page.get_by_label("Message", exact=True)).to_have_value("")
    await expect(page.locator(".keyboard")).to_have_count(4)
    await page.locator("#scroller").evaluate("e => { e.scrollTop = 0; }")
    await bot_says(telegram, url, AMINA.id, "Below")
    jump = page.get_by_role("button", name="New messages")
    await expect(jump).to_be_visible()
    assert await page.locator("#scroller").evaluate("e => e.scrollTop") == 0
    await jump.click()
    await expect(page.locator(".message").last).to_be_in_viewport()
    await expect(jump).to_be_hidden()
