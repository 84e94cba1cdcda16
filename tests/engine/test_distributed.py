"""Between processes: each engine here stands for one, on one real queue."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
import pytest

from bot.engine.distributed import Distributed
from bot.engine.queue import SCHEMA, SETTINGS, prepare, queue_steps
from bot.errors import StoreError, TokenRevokedError
from tests.engine.conftest import on_two_machines
from tests.postgres import END_OTHERS

DEAD_WORKER = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1h') RETURNING id"
ITS_JOBS = (
    "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM procrastinate_workers) RETURNING id"
)
GONE = "postgresql://bot:secret@127.0.0.1:9/alerts"


@asynccontextmanager
async def running(*engines: Distributed) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(engine.run()) for engine in engines]
    try:
        async with asyncio.timeout(30):
            yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def ask(address: str, question: str) -> list[tuple[object, ...]]:
    async with await psycopg.AsyncConnection.connect(address, autocommit=True, **SETTINGS) as connection:
        cursor = await connection.execute(question.encode())
        while cursor.nextset():
            pass
        return await cursor.fetchall()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    while not await holds():  # noqa: ASYNC110 - the state is in the database
        await asyncio.sleep(0.02)


async def has_worker(address: str) -> bool:
    return bool(await ask(address, "SELECT id FROM procrastinate_workers"))


async def until_begun(done: list[str], number: int) -> None:
    async def have() -> bool:
        return len(done) >= number

    await until(have)


async def until_jobs(address: str, number: int) -> None:
    async def are_left() -> bool:
        return len(await ask(address, "SELECT id FROM procrastinate_jobs")) == number

    await until(are_left)


async def test_a_wake_reaches_the_process_that_has_the_flow(queue_url: str) -> None:
    ticked = asyncio.Queue[None]()

    async def tick() -> None:
        await ticked.put(None)

    async with on_two_machines(queue_url) as (web, poll):
        poll.periodic("review", 3600, tick)
        async with running(poll):
            await ticked.get()
            web.wake("review")
            web.wake("review")
            await ticked.get()
            web.wake("of another version")
            await until_jobs(queue_url, 0)
        assert ticked.empty()


async def test_jobs_are_made_up_to_a_number_and_done_once_by_whoever_is_free(queue_url: str) -> None:
    done: list[str] = []
    gate = asyncio.Event()

    async with on_two_machines(queue_url) as (one, other):

        async def by_one() -> None:
            done.append("one")
            await gate.wait()

        async def by_other() -> None:
            done.append("other")
            await gate.wait()

        one.take("deliver", by_one)
        other.take("deliver", by_other)
        await one.top_up("deliver", 3)
        await one.top_up("deliver", 3)
        async with running(one, other):
            await until_begun(done, 2)
            await until_jobs(queue_url, 3)
            await one.top_up("deliver", 2)
            await until_jobs(queue_url, 4)
            assert sorted(done) == ["one", "other"]
            gate.set()
            await until_jobs(queue_url, 0)
        assert len(done) == 4


async def test_a_job_that_fails_is_told_and_kept_by_nobody(queue_url: str, caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        raise ZeroDivisionError

    async with Distributed(queue_url) as engine:
        engine.take("deliver", fails)
        await engine.top_up("deliver", 1)
        async with running(engine):
            await until_jobs(queue_url, 0)
        assert engine.health() == {"deliver": "ZeroDivisionError"}
    assert "deliver failed; it is tried again" in caplog.text


async def test_a_token_that_was_revoked_ends_a_worker(queue_url: str) -> None:
    async def revoked() -> None:
        raise TokenRevokedError

    async with Distributed(queue_url) as engine:
        engine.take("deliver", revoked)
        await engine.top_up("deliver", 1)
        with pytest.raises(ExceptionGroup) as caught:
            await asyncio.wait_for(engine.run(), 20)
    assert caught.group_contains(TokenRevokedError)


async def test_who_closes_takes_no_more_jobs_and_ends_the_one_that_runs(queue_url: str) -> None:
    began, gate, done = asyncio.Event(), asyncio.Event(), 0

    async def slow() -> None:
        nonlocal done
        began.set()
        await gate.wait()
        done += 1

    async with Distributed(queue_url) as engine:
        engine.take("deliver", slow)
        await engine.top_up("deliver", 2)
        async with running(engine):
            await began.wait()
            engine.close()
            gate.set()
            await until_jobs(queue_url, 1)
        assert done == 1
        assert await ask(queue_url, "SELECT status::text FROM procrastinate_jobs") == [("todo",)]
        assert await ask(queue_url, "SELECT id FROM procrastinate_workers") == []


async def test_jobs_of_a_worker_that_died_are_given_to_others_and_a_ring_that_waits_is_enough(queue_url: str) -> None:
    async with Distributed(queue_url) as poll:
        await poll.top_up("deliver", 1)
        await poll._defer_ring("review")
        await ask(queue_url, DEAD_WORKER)
        await ask(queue_url, ITS_JOBS)
        await poll._defer_ring("review")
        await poll._reap()
    assert await ask(queue_url, "SELECT task_name, status::text FROM procrastinate_jobs ORDER BY 1") == [
        ("deliver", "todo"),
        ("ring", "todo"),
    ]


async def test_a_worker_whose_server_connections_were_ended_begins_again(
    queue_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    done = asyncio.Event()

    async def work() -> None:
        done.set()

    async with Distributed(queue_url, pause=lambda _: 0.05) as engine:
        engine.take("deliver", work)
        async with running(engine):
            await until(lambda: has_worker(queue_url))
            assert engine._worker is not None
            engine._worker.stop()  # type: ignore[no-untyped-call]
            await ask(queue_url, END_OTHERS)
            await engine.top_up("deliver", 1)
            await done.wait()
    assert "the worker ended (" in caplog.text


async def test_a_wake_that_cannot_be_told_is_logged_and_comes_with_the_beat(
    queue_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with Distributed(queue_url) as web:
        await ask(queue_url, f"DROP SCHEMA {SCHEMA} CASCADE; SELECT 1")
        web.wake("review")
    assert "review could not be woken" in caplog.text


async def test_the_queues_tables_are_made_once_and_brought_on_step_by_step(queue_url: str) -> None:
    await asyncio.gather(prepare(queue_url), prepare(queue_url))
    steps = queue_steps()
    mark = f"SELECT obj_description('{SCHEMA}'::regnamespace)"
    assert await ask(queue_url, mark) == [(steps[-1],)]
    await ask(queue_url, f"COMMENT ON SCHEMA {SCHEMA} IS '{steps[-2]}'; SELECT 1")
    await prepare(queue_url)
    assert await ask(queue_url, mark) == [(steps[-1],)]


async def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(StoreError, match="cannot be made") as caught:
        async with Distributed(GONE):
            pass
    assert "secret" not in str(caught.value)
