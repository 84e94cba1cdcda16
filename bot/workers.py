"""Worker processes for anything hostile or heavy: limits on time and memory, started on demand, gone when idle."""

import asyncio
import multiprocessing
import resource
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

import pebble

from bot.errors import AlertsError, WorkerError

T = TypeVar("T")
MIB = 1024 * 1024
TASKS_PER_WORKER = 500  # a fresh process now and then keeps what parsers leak small


def limit_memory(memory: int) -> None:
    """Bound this process's address space to so many bytes; runs first in every worker."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


class Workers:
    """A pool of at most `count` processes of `memory` bytes each; they end after `idle` seconds without work.

    They are spawned, not forked: a fork would carry our threads' locks and our connections along. `on_end` is called
    when one ran out of time or died.
    """

    def __init__(
        self,
        count: int = 1,
        *,
        idle: float = 60.0,
        memory: int = 1024 * MIB,
        on_end: Callable[[], None] = lambda: None,
    ) -> None:
        self._count = count
        self._idle = idle
        self._memory = memory
        self._on_end = on_end
        self._pool: pebble.ProcessPool | None = None
        self._running = 0
        self._end: asyncio.TimerHandle | None = None
        self._ending: set[asyncio.Task[None]] = set()

    async def run(self, function: Callable[..., T], *args: object, seconds: float) -> T:
        """Call a top-level function in a worker.

        Its own AlertsErrors come back as they are; running out of time or memory, dying, or any other exception is a
        WorkerError. The next call gets a fresh worker. A cancelled call ends its worker.
        """
        self._running += 1
        self._stop_timer()
        try:
            return await self._call(function, args, seconds)
        finally:
            self._running -= 1
            if not self._running:
                self._end = asyncio.get_running_loop().call_later(self._idle, self._retire)

    async def _call(self, function: Callable[..., T], args: tuple[object, ...], seconds: float) -> T:
        try:
            future = self._start().schedule(function, args=args, timeout=seconds)
            result: T = await asyncio.wrap_future(future)
        except AlertsError:
            raise
        except TimeoutError as error:
            self._on_end()
            raise WorkerError(f"the work took longer than {seconds:g} seconds and was stopped") from error
        except MemoryError as error:
            raise WorkerError(f"the work needed more than {self._memory // MIB} MiB and was stopped") from error
        except (pebble.ProcessExpired, BrokenProcessPool) as error:
            self._on_end()
            raise WorkerError("the worker process died") from error
        except Exception as error:  # whatever a parser raises on hostile input must not stop the caller
            raise WorkerError(f"the work failed: {type(error).__name__}") from error
        return result

    def _start(self) -> pebble.ProcessPool:
        if self._pool is not None and not self._pool.active:
            self._retire()
        if self._pool is None:
            self._pool = pebble.ProcessPool(
                max_workers=self._count,
                max_tasks=TASKS_PER_WORKER,
                initializer=limit_memory,
                initargs=(self._memory,),
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    def _stop_timer(self) -> None:
        if self._end is not None:
            self._end.cancel()
            self._end = None

    def _retire(self) -> None:
        """Let the pool end beside the loop; the next call starts another."""
        pool, self._pool, self._end = self._pool, None, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            task = asyncio.get_running_loop().create_task(asyncio.to_thread(pool.join))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def close(self) -> None:
        """End every worker and wait for that."""
        self._stop_timer()
        self._retire()
        await asyncio.gather(*self._ending)
