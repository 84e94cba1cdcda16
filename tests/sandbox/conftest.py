"""The sandbox, running."""

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.running import Sandbox, running_sandbox


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with running_sandbox() as running:
        yield running
