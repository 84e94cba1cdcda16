"""poll, work and web, built as their commands build them, beside one another on one PostgreSQL."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.engine import URL

from bot.app import poll, web, work
from bot.app.migration import migrate
from bot.app.roles import Parts
from bot.app.run import live
from bot.config import Config, load_config
from bot.model.delivery import DeliveryState, MessageKind
from bot.model.message import Message
from bot.model.subscriber import Wants
from bot.store import Store
from bot.store import create_engine as create_store_engine
from bot.store.deliveries import count_states
from bot.store.messages import add_message, enqueue
from bot.updates import PushedUpdates
from tests.builders import add_reader
from tests.engine.conftest import a_queue
from tests.sandbox.running import ANNA, Sandbox, running_sandbox

SECRET = "a-secret-of-16-or-more"


@pytest.fixture
def url(postgres: URL) -> Iterator[str]:
    with a_queue(postgres) as address:
        yield address


def configure(folder: Path, sandbox: Sandbox, url: str, **environ: str) -> Config:
    (folder / "config.toml").write_text(
        f'[telegram]\napi_url = "{sandbox.url}"\n[web]\nport = 0\n'
        '[[feeds]]\nname = "None"\nurl = "https://news.example/"\nkind = "news"\nenabled = false\n'
    )
    known = {"TELEGRAM_TOKEN": sandbox.telegram.token, "DATABASE_URL": url}
    return load_config(folder / "config.toml", known | environ)


async def owe_anna_a_call(store: Store) -> int:
    now, kind = datetime.now(UTC), MessageKind.CALL
    async with store.write() as connection:
        await add_reader(connection, ANNA, wants=Wants.CALLS.value)
        texts = {"en": Message("Write to your MP")}
        message = await add_message(connection, kind, texts, now=now, expires_at=now + timedelta(hours=1))
        await enqueue(connection, message, kind, wants=Wants.CALLS, follows=["everything"], now=now)
    return message


async def test_what_is_owed_is_cut_into_jobs_and_sent_and_people_are_answered(tmp_path: Path, url: str) -> None:
    stopped = asyncio.Event()
    async with running_sandbox() as sandbox, AsyncExitStack() as house:
        config = configure(tmp_path, sandbox, url)
        assert await migrate(config, adopt_bot=False) == "The database is at this version."
        parts = [await poll.build(config, house, port=0), await work.build(config, house, port=None)]
        parts.append(await web.build(config, house))
        running = [asyncio.create_task(live(each, stopped)) for each in parts]
        store = Store(create_store_engine(make_url(config.database_url)))
        house.push_async_callback(store.close)
        message = await owe_anna_a_call(store)
        sandbox.telegram.say(ANNA, ANNA, "/help")
        async with asyncio.timeout(40):
            while await count_sent(store, message) == 0 or not said(sandbox, "/privacy"):  # noqa: ASYNC110 - the state is in the database
                await asyncio.sleep(0.02)
            stopped.set()
            await asyncio.gather(*running)
        assert said(sandbox, "Write to your MP") == 1
        assert health_of(parts) == {None}


async def count_sent(store: Store, message: int) -> int:
    async with store.read() as connection:
        return (await count_states(connection, message))[DeliveryState.SENT]


def said(sandbox: Sandbox, words: str) -> int:
    return sum(words in each.get("text", "") for each in sandbox.telegram.messages(ANNA))


def health_of(parts: list[Parts]) -> set[str | None]:
    return {failure for each in parts for failure in each.engine.health().values()}


async def test_with_a_webhook_web_stands_by_for_nobody(tmp_path: Path, url: str) -> None:
    async with running_sandbox() as sandbox, AsyncExitStack() as house:
        config = configure(
            tmp_path,
            sandbox,
            url,
            BOT__TELEGRAM__MODE="webhook",
            BOT__TELEGRAM__WEBHOOK_SECRET=SECRET,
            BOT__WEB__PUBLIC_URL="http://127.0.0.1:1",
        )
        first, second = await web.build(config, house), await web.build(config, house)
        assert isinstance(first.updates, PushedUpdates)
        assert len(first.holds) == len(second.holds) == 1
