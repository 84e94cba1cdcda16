import asyncio
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url

from bot import store as storing
from bot.errors import InUseError, StoreError
from bot.store import Store, alone
from bot.store import create_engine as create_store_engine
from bot.store.alone import hold_alone, hold_part, hold_together
from tests.postgres import END_OTHERS, fresh_database


@pytest.fixture
def shared_url(postgres: URL, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(alone, "ASK_SECONDS", 0.02)
    with fresh_database(postgres) as url:
        yield url.render_as_string(hide_password=False)


def end_connections(url: str) -> None:
    engine = create_engine(make_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(END_OTHERS))
    engine.dispose()


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


async def test_several_hold_a_database_together_and_none_while_one_has_it_alone(shared_url: str) -> None:
    async with hold_together(shared_url), hold_together(shared_url):
        with pytest.raises(InUseError):
            async with hold_alone(shared_url):
                pass
    async with hold_alone(shared_url):
        with pytest.raises(InUseError):
            async with hold_together(shared_url):
                pass


async def test_a_part_is_one_process_s_at_a_time_and_a_standby_takes_it_over(
    shared_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    took = asyncio.Event()

    async def stand_by() -> None:
        async with hold_part(shared_url, "poll"):
            took.set()

    async with asyncio.timeout(20):
        async with hold_part(shared_url, "poll"), hold_part(shared_url, "updates"):
            standby = asyncio.create_task(stand_by())
            await asyncio.sleep(0.3)
            assert not took.is_set()
        await took.wait()
        await standby
    assert caplog.text.count("this one stands by") == 1


async def test_a_hold_that_the_server_ended_is_taken_again(shared_url: str, caplog: pytest.LogCaptureFixture) -> None:
    async with hold_alone(shared_url) as hold, asyncio.timeout(20):
        watching = asyncio.create_task(hold.watch())
        await asyncio.to_thread(end_connections, shared_url)
        while "taken again" not in caplog.text:  # noqa: ASYNC110 - the log is the only sign
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        with pytest.raises(InUseError):
            async with hold_alone(shared_url):
                pass
        assert not watching.done()
        watching.cancel()


async def test_a_hold_that_another_took_meanwhile_is_lost(shared_url: str) -> None:
    async with hold_alone(shared_url) as hold, asyncio.timeout(20):
        await asyncio.to_thread(end_connections, shared_url)
        async with hold_alone(shared_url):
            with pytest.raises(InUseError):
                await hold.watch()


async def test_a_part_that_a_standby_took_meanwhile_is_lost_with_a_word_about_it(shared_url: str) -> None:
    async with hold_part(shared_url, "poll") as hold, asyncio.timeout(20):
        await asyncio.to_thread(end_connections, shared_url)
        async with hold_part(shared_url, "poll"):
            with pytest.raises(InUseError, match="has taken over the part 'poll'"):
                await hold.watch()


async def test_who_watched_and_is_frozen_loses_a_part_to_a_standby(
    shared_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alone, "FROZEN_FOR", "300ms")
    async with hold_part(shared_url, "poll") as frozen, asyncio.timeout(20):
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(frozen.watch(), 1)
        async with hold_part(shared_url, "poll"):
            with pytest.raises(InUseError):
                await frozen.watch()


async def test_a_server_that_is_gone_is_waited_for(shared_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with hold_alone(shared_url) as hold:
        monkeypatch.setattr(alone, "ANSWER_SECONDS", 0.0)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(hold.watch(), 0.5)


async def test_a_file_is_held_for_good(tmp_path: object) -> None:
    async with hold_alone(f"sqlite+aiosqlite:///{tmp_path}/a.db") as hold:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(hold.watch(), 0.01)


async def test_a_server_that_does_not_answer_is_given_up(shared_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(create_store_engine(make_url(shared_url)))
    await store.ask()
    monkeypatch.setattr(storing, "SILENT_SECONDS", 0.2)
    with pytest.raises(TimeoutError):
        async with store.write() as connection:
            await connection.execute(text("SELECT pg_sleep(9)"))
    monkeypatch.undo()
    await store.ask()
    await store.close()
