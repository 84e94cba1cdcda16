"""Two organisers, a supporter, a review group, and the bot that knows who is who."""

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from bot.sandbox.server import create_api
from bot.sandbox.telegram import Telegram
from bot.services import Settings
from bot.serving import serve
from bot.store import Store
from bot.store.identity import claim_identity
from tests.handlers.chatting import ANNA, build_bot, build_services
from tests.handlers.organiser.organising import OLWEN, OWNERS, TEAM, TOMOS, Clock, Organising

Opening = Callable[[Settings], AbstractAsyncContextManager[Organising]]


@pytest.fixture
def opening(store: Store) -> Opening:
    """Open the bot with these settings."""

    @contextlib.asynccontextmanager
    async def opened(settings: Settings) -> AsyncIterator[Organising]:
        local = Telegram()
        for user_id, name in ((ANNA, "Anna"), (OLWEN, "Olwen"), (TOMOS, "Tomos")):
            local.add_user(user_id, name)
        local.add_group(TEAM, "Team", [OLWEN, TOMOS, ANNA])
        async with contextlib.AsyncExitStack() as stack:
            address = await stack.enter_async_context(serve(create_api(local)))
            application = build_bot(local.token, address.url)
            await stack.enter_async_context(application)
            async with store.write() as connection:
                await claim_identity(connection, bot_id=1, username="bot")
            clock = Clock()
            services = build_services(store, application.bot, settings, clock)
            organising = Organising(local, application, services, clock=clock)
            for owner in OWNERS:
                await organising.say("hello", by=owner)
            yield organising
            await local.close()

    return opened


@pytest.fixture
async def organising(opening: Opening) -> AsyncIterator[Organising]:
    """Olwen and Tomos are organisers; cards go to each in private."""
    async with opening(Settings(owners=OWNERS)) as opened:
        yield opened


@pytest.fixture
async def in_team(opening: Opening) -> AsyncIterator[Organising]:
    """The same, but cards go to their group."""
    async with opening(replace(Settings(owners=OWNERS), review_chat=TEAM)) as opened:
        yield opened
