"""What a person does on the chat page, and the bot beside it."""

import httpx
from playwright.async_api import Page

from bot.sandbox.telegram import Telegram


async def opened(page: Page, path: str) -> None:
    await page.goto(path)
    await page.wait_for_selector("html[data-ready]", state="attached")


async def start(page: Page) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.wait_for_selector(".key")


async def say(page: Page, words: str) -> None:
    await page.get_by_label("Message", exact=True).fill(words)
    await page.keyboard.press("Enter")


async def bot_says(telegram: Telegram, url: str, chat_id: int, words: str) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        await client.post(f"{url}/bot{telegram.token}/sendMessage", json={"chat_id": chat_id, "text": words})
