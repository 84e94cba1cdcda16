"""The embedded engine: one process, asyncio, APScheduler for the beat.

Each flow has one loop of its own. A beat or a `wake` rings the loop's bell; the loop runs the flow's tick and waits for
the next. So a flow never runs twice at once, a wake during a tick is not lost, and a tick that fails is tried again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.errors import TokenRevokedError

log = logging.getLogger(__name__)

# A flow whose tick failed rests this long, so that a lasting fault does not fill the log.
REST_SECONDS = 2.0


@dataclass(kw_only=True)
class Beat:
    """One flow's loop: its tick, how often it is due at the latest, and how it has been going."""

    name: str
    tick: Callable[[], Awaitable[object]]
    seconds: float
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    last_good_at: datetime | None = None
    failure: str | None = None

    async def run(self) -> None:
        """Tick whenever the bell rings, until cancelled. Raises TokenRevokedError, which nothing here can mend."""
        while True:
            await self.bell.wait()
            self.bell.clear()
            try:
                await self.tick()
            except TokenRevokedError:
                raise
            except Exception as error:  # the job shell: one flow's fault must not end the bot (rule 12)
                log.exception("%s failed; it is tried again", self.name)
                self.failure = type(error).__name__
                self.bell.set()
                await asyncio.sleep(REST_SECONDS)
            else:
                self.last_good_at, self.failure = datetime.now(UTC), None


class Embedded:
    """The engine's port: `periodic` names a flow, `wake` rings it, `run` ticks until cancelled, `health` tells."""

    def __init__(self) -> None:
        self._beats: dict[str, Beat] = {}
        # Its defaults skip a beat that is a second late in silence.
        self._metronome = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def periodic(self, name: str, seconds: float, tick: Callable[[], Awaitable[object]]) -> None:
        """Tick this flow at the start, and then every `seconds`."""
        beat = Beat(name=name, tick=tick, seconds=seconds)
        beat.bell.set()
        self._beats[name] = beat
        self._metronome.add_job(beat.bell.set, "interval", seconds=seconds, id=name)

    def wake(self, name: str) -> None:
        """Tick this flow as soon as it can; an unknown name is a defect and raises KeyError."""
        self._beats[name].bell.set()

    async def __aenter__(self) -> Self:
        """Start the beat."""
        self._metronome.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the beat."""
        self._metronome.shutdown(wait=False)

    async def run(self) -> None:
        """Tick until cancelled; raises TokenRevokedError when the bot cannot go on."""
        async with asyncio.TaskGroup() as loops:
            for beat in self._beats.values():
                loops.create_task(beat.run(), name=beat.name)

    def health(self) -> dict[str, str | None]:
        """Each flow's last failure; None where its last tick was good."""
        return {name: beat.failure for name, beat in self._beats.items()}
