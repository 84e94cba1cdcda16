import pytest

from bot.errors import InUseError, StoreError
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


async def test_a_postgresql_that_is_not_there_cannot_be_held_and_that_is_told_without_its_password() -> None:
    with pytest.raises(StoreError, match=r"does not answer.*Check \[database\] url") as caught:
        async with hold_alone("postgresql+psycopg://bot:secret@127.0.0.1:9/alerts"):
            pass
    assert "secret" not in str(caught.value)


async def test_what_goes_wrong_while_it_is_held_goes_on_as_it_is_and_the_hold_ends(database_url: str) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            async with hold_alone(database_url):
                raise ZeroDivisionError
