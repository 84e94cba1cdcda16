import pytest

from bot.errors import InUseError
from bot.store.alone import hold_alone


async def test_a_database_is_held_by_one_at_a_time(database_url: str) -> None:
    async with hold_alone(database_url):
        with pytest.raises(InUseError, match="Stop that one first"):
            async with hold_alone(database_url):
                pass
    async with hold_alone(database_url):
        pass


async def test_a_database_in_memory_is_held_by_nobody() -> None:
    async with hold_alone("sqlite+aiosqlite://"), hold_alone("sqlite+aiosqlite://"):
        pass
