"""What keeps a process going, and what ends one that hangs."""

import asyncio
import threading

import pytest

from bot.engine import supervise as supervising
from bot.engine import watchdog
from bot.engine.queue import in_time
from bot.engine.supervise import supervise
from bot.engine.watchdog import EXIT_CODE, Watchdog
from bot.errors import StoreError


async def test_what_ends_by_itself_or_by_a_known_fault_begins_again_and_too_often_in_a_row_is_an_error() -> None:
    ends = 0

    async def once() -> None:
        nonlocal ends
        ends += 1
        if ends % 2:
            raise OSError("the server went away")

    with pytest.raises(StoreError, match="The worker has ended 6 times in a row"):
        await supervise("worker", once, faults=(OSError,), pause=lambda _: 0)
    assert ends == 6


async def test_what_was_good_for_a_while_has_all_its_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "GOOD_SECONDS", 0)
    ends = 0
    enough = asyncio.Event()

    async def once() -> None:
        nonlocal ends
        ends += 1
        if ends == 20:
            enough.set()

    keeping = asyncio.create_task(supervise("worker", once, faults=(), pause=lambda _: 0))
    await enough.wait()
    keeping.cancel()


async def test_an_unknown_fault_goes_on() -> None:
    async def once() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await supervise("worker", once, faults=(OSError,))


async def test_a_process_ends_when_its_database_gives_no_good_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchdog, "ASK_SECONDS", 0.01)
    monkeypatch.setattr(watchdog, "SECOND", 0.1)
    codes: list[int] = []
    ended = threading.Event()

    def end(code: int) -> None:
        codes.append(code)
        ended.set()

    async def refused() -> None:
        raise ConnectionRefusedError

    async with Watchdog(refused, seconds=1, end=end):
        await asyncio.to_thread(ended.wait, 20)
    assert codes == [EXIT_CODE]
    assert "No good answer of the database for 1 seconds" in caplog.text


async def test_while_answers_are_good_it_goes_on_and_one_that_hangs_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "ASK_SECONDS", 0.01)
    monkeypatch.setattr(watchdog, "SECOND", 0.1)
    ended = threading.Event()
    hanging = asyncio.Event()
    asked = 0

    async def ask() -> None:
        nonlocal asked
        asked += 1
        if hanging.is_set():
            await asyncio.Event().wait()

    async with Watchdog(ask, seconds=20, end=lambda _: ended.set()):
        await asyncio.sleep(1)
        assert asked > 2
        assert not ended.is_set()
        hanging.set()
        assert await asyncio.to_thread(ended.wait, 20)


async def test_what_the_server_does_not_answer_in_time_is_a_fault_of_the_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from procrastinate.exceptions import ConnectorException

    from bot.engine import queue

    monkeypatch.setattr(queue, "QUERY_SECONDS", 0.01)
    with pytest.raises(ConnectorException, match="no answer"):
        async with in_time():
            await asyncio.Event().wait()
