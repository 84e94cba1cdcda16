from collections.abc import AsyncIterator

import pytest

from tests.sending.server import LoopbackTelegram, telegram_on_loopback


@pytest.fixture
async def telegram() -> AsyncIterator[LoopbackTelegram]:
    async with telegram_on_loopback() as served:
        yield served
