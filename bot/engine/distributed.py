"""The distributed engine: several processes on one PostgreSQL, with Procrastinate between them.

A process ticks the flows that are named to it, as the embedded engine does; a wake of any other flow becomes a job that
rings its bell in the process that has it. Long work is cut into jobs (`take` in those that do it, `top_up` in the one
that sees to it). The database says what is due: a job that is lost is made again at the next beat.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Self

from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, ProcrastinateException
from procrastinate.jobs import Job, Status
from procrastinate.worker import Worker

from bot.engine.bells import Bells
from bot.engine.port import Pulse, Tick
from bot.engine.queue import connector, prepare
from bot.engine.supervise import supervise
from bot.errors import StoreError, TokenRevokedError

log = logging.getLogger(__name__)

BELLS = "bells"
REAP_SECONDS = 10.0
# A worker that has not been heard of for this long is dead or frozen; it makes itself heard four times as often.
STALLED_SECONDS = 20.0
HEARTBEAT_SECONDS = 5.0
# A job is announced; where the announcement is lost it is found by looking.
LOOK_SECONDS = 2.0
# What runs when a worker is stopped has this long to end.
GRACE_SECONDS = 8.0
OLD_HOURS = 24
FAULTS = (ProcrastinateException, StoreError, OSError)


class Distributed:
    """The engine's port. `url` is a PostgreSQL address as libpq reads it."""

    def __init__(self, url: str, *, pause: Callable[[int], float] | None = None) -> None:
        self._url = url
        self._pause = {"pause": pause} if pause else {}
        self._bells = Bells()
        self._queues: list[str] = []
        self._app = App(connector=connector(url))
        self._app.task(name="ring", queue=BELLS)(self._ring)
        self._waking: dict[str, asyncio.Task[None]] = {}
        self._worker: Worker | None = None
        self._closing = False
        self._revoked: TokenRevokedError | None = None
        self._failures: dict[str, str | None] = {}

    def periodic(self, name: str, seconds: float, tick: Tick) -> None:
        """Tick this flow here, at the start and then every `seconds`, and when any process wakes it."""
        self._bells.add(name, seconds, tick)
        if BELLS not in self._queues:
            self._queues.append(BELLS)
            self._bells.add("reaper", REAP_SECONDS, self._reap)

    def take(self, name: str, work: Tick) -> None:
        """Do jobs of this name here, one after the other."""
        self._queues.append(name)
        self._failures[name] = None

        async def run_one() -> None:
            await self._run_one(name, work)

        self._app.task(name=name, queue=name)(run_one)

    async def top_up(self, name: str, jobs: int) -> None:
        """See that so many jobs of this name wait. Those that run do not count: whoever has one may be frozen."""
        waiting = list(await self._app.job_manager.list_jobs_async(queue=name, status=Status.TODO.value))
        missing = jobs - len(waiting)
        if missing > 0:
            await self._app.configure_task(name, queue=name).batch_defer_async(*[{}] * missing)

    def wake(self, name: str) -> None:
        """Tick this flow as soon as it can, wherever it is; one that could not be told comes with its beat."""
        if name in self._bells:
            self._bells.ring(name)
        elif name not in self._waking:
            task = self._waking[name] = asyncio.create_task(self._defer_ring(name), name=f"wake {name}")
            task.add_done_callback(lambda _: self._waking.pop(name))

    async def __aenter__(self) -> Self:
        """Make the queue ready, and start the beat. Raises StoreError where there is no server."""
        await prepare(self._url)
        try:
            await self._app.open_async()
        except ConnectorException as error:
            raise StoreError(f"The queue cannot be opened: {error}") from error
        self._bells.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the beat; let the last wakes be told."""
        self._bells.stop()
        if self._waking:
            await asyncio.wait(list(self._waking.values()), timeout=1)
        await self._app.close_async()

    async def run(self) -> None:
        """Tick and work until cancelled.

        Raises, in a group, TokenRevokedError when the bot cannot go on, and StoreError when the queue has failed too
        often in a row.
        """
        async with asyncio.TaskGroup() as loops:
            loops.create_task(self._bells.run(), name="bells")
            if self._queues:
                loops.create_task(supervise("worker", self._work, faults=FAULTS, **self._pause), name="worker")

    def close(self) -> None:
        """Take no more jobs; the one that runs may end."""
        self._closing = True
        if self._worker is not None:
            self._worker.stop()  # type: ignore[no-untyped-call]

    def health(self) -> dict[str, str | None]:
        """Each flow's last failure; None where its last tick was good."""
        return {**self._bells.health(), **self._failures}

    def pulses(self) -> dict[str, Pulse]:
        """How each flow that is ticked here has been going."""
        return self._bells.pulses()

    async def _work(self) -> None:
        """One worker's life. It ends in silence when the server goes away (and then `supervise` begins another)."""
        self._worker = Worker(
            self._app,
            queues=self._queues,
            name=uuid.uuid4().hex[:8],
            install_signal_handlers=False,
            delete_jobs="successful",
            fetch_job_polling_interval=LOOK_SECONDS,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
            shutdown_graceful_timeout=GRACE_SECONDS,
        )
        if not self._closing:
            await self._worker.run()  # type: ignore[no-untyped-call]
        if self._revoked is not None:
            raise self._revoked
        if self._closing:
            await asyncio.Event().wait()

    async def _run_one(self, name: str, work: Tick) -> None:
        """One job. A fault is told by health, and the job is not kept: the next top-up makes another where need be."""
        try:
            await work()
        except TokenRevokedError as error:
            self._revoked = error
            self.close()
        except Exception as error:  # the job shell: one job's fault must not end the bot (rule 12)
            log.exception("%s failed; it is tried again", name)
            self._failures[name] = type(error).__name__
            await asyncio.sleep(1)
        else:
            self._failures[name] = None

    async def _ring(self, flow: str) -> None:
        """The job that rings a bell of this process."""
        if flow in self._bells:
            self._bells.ring(flow)
        else:
            log.error("a flow that is not here was to be woken: %s", flow)

    async def _defer_ring(self, name: str) -> None:
        try:
            await self._app.configure_task("ring", queue=BELLS, queueing_lock=f"ring {name}").defer_async(flow=name)
        except AlreadyEnqueued:
            pass
        except ProcrastinateException as error:
            log.warning("%s could not be woken (%s); it comes with its beat", name, type(error).__name__)

    async def _reap(self) -> None:
        """Give jobs whose worker died or froze to others, and forget what ended badly a day ago."""
        jobs = self._app.job_manager
        for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            log.warning("a worker died or froze over a job (%s): others take it", job.task_name)
            await self._give_back(job)
        await jobs.delete_old_jobs(OLD_HOURS, include_failed=True, include_cancelled=True, include_aborted=True)

    async def _give_back(self, job: Job) -> None:
        try:
            await self._app.job_manager.retry_job(job)
        except ProcrastinateException:
            # The same ring waits already.
            await self._app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
