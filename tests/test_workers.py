"""Worker processes: limits, deaths, and idleness."""

import asyncio
import multiprocessing
import os
import resource
import time

import pytest

from bot.errors import ParseError, WorkerError
from bot.workers import MIB, Workers, limit_memory

pytestmark = pytest.mark.slow


def pid() -> int:
    return os.getpid()


def die() -> None:
    os._exit(3)


def refuse() -> None:
    raise ParseError("this is a web page, not a feed")


def fail() -> None:
    raise KeyError("a bug")


def devour() -> int:
    return len(b"x" * (900 * MIB))


async def test_work_is_done_in_another_process_which_is_kept_for_the_next() -> None:
    workers = Workers()
    try:
        first = await workers.run(pid, seconds=20)
        assert first not in (os.getpid(), 0)
        assert await workers.run(pid, seconds=20) == first
    finally:
        await workers.close()


async def test_whatever_befalls_a_worker_is_an_error_and_the_next_call_works() -> None:
    ends: list[None] = []
    workers = Workers(memory=512 * MIB, on_end=lambda: ends.append(None))
    try:
        with pytest.raises(ParseError, match="web page"):
            await workers.run(refuse, seconds=20)
        with pytest.raises(WorkerError, match="KeyError"):
            await workers.run(fail, seconds=20)
        with pytest.raises(WorkerError, match="512 MiB"):
            await workers.run(devour, seconds=20)
        assert ends == []
        with pytest.raises(WorkerError, match="died"):
            await workers.run(die, seconds=20)
        with pytest.raises(WorkerError, match="longer than"):
            await workers.run(time.sleep, 60, seconds=0.3)
        assert len(ends) == 2
        assert await workers.run(pid, seconds=20)
    finally:
        await workers.close()


async def test_idle_workers_end_and_start_again_on_demand() -> None:
    workers = Workers(idle=0.05)
    try:
        first = await workers.run(pid, seconds=20)
        async with asyncio.timeout(20):
            while any(c.pid == first for c in multiprocessing.active_children()):  # noqa: ASYNC110 -- another process
                await asyncio.sleep(0.02)
        assert await workers.run(pid, seconds=20) != first
    finally:
        await workers.close()


async def test_a_cancelled_call_ends_its_worker() -> None:
    workers = Workers()
    try:
        first = await workers.run(pid, seconds=20)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(workers.run(time.sleep, 60, seconds=90), 0.5)
        assert await workers.run(pid, seconds=20) != first
    finally:
        await workers.close()


async def test_a_pool_that_broke_is_replaced() -> None:
    workers = Workers()
    try:
        first = await workers.run(pid, seconds=20)
        assert workers._pool is not None
        workers._pool.stop()  # type: ignore[no-untyped-call]
        assert await workers.run(pid, seconds=20) != first
    finally:
        await workers.close()


async def test_closing_what_never_ran_is_nothing() -> None:
    await Workers().close()


def test_the_memory_limit_is_set_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: asked.append((kind, limits)))
    limit_memory(5)
    assert asked == [(resource.RLIMIT_AS, (5, 5))]
