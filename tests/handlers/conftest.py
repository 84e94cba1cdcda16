"""The real bot, its real database and the local Telegram, driven as people drive it."""

import contextlib
from collections.abc import AsyncIterator

import pytest

from bot.sandbox.server import create_api
from bot.sandbox.telegram import Telegram
from bot.serving import serve
from bot.store import Store
from tests.handlers.chatting import ANNA, BEN, CERI, Chatting, build_bot, build_services


@pytest.fixture
def store(sqlite_store: Store) -> Store:
    """One database is enough here: the queries are tested on both elsewhere."""
    return sqlite_store


@pytest.fixture
async def chatting(store: Store) -> AsyncIterator[Chatting]:
    """Anna, Ben and Ceri are there."""
    local = Telegram()
    local.add_user(ANNA, "Anna")
    local.add_user(BEN, "Ben")
    local.add_user(CERI, "Ceri", "cy")
    async with contextlib.AsyncExitStack() as stack:
        address = await stack.enter_async_context(serve(create_api(local)))
        application = build_bot(local.token, address.url)
        await stack.enter_async_context(application)
        services = build_services(store, application.bot)
        yield Chatting(local, application, services)
        await local.close()
