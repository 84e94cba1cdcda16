"""Flows that tick in this process. Each has one loop of its own, and a bell.

A beat or a ring rings the loop's bell; the loop runs the flow's tick and waits for the next. So a flow never runs twice
at once, a ring during a tick is not lost, and a tick that fails is tried again.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.engine.port import Pulse, Tick
from bot.errors import TokenRevokedError

log = logging.getLogger(__name__)

# A flow whose tick failed rests this long, so that a lasting fault does not fill the log.
REST_SECONDS = 2.0


@dataclass(kw_only=True)
class Beat:
    """One flow's loop: its tick, how often it is due at the latest, and how it has been going."""

    name: str
    tick: Tick
    seconds: float
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    named_at: datetime = field(default_factory=partial(datetime.now, UTC))
    last_good_at: datetime | None = None
    failure: str | None = None
    failures: int = 0

    async def ring(self) -> None:
        """A coroutine, so that the metronome rings on our loop: it runs plain functions in a thread."""
        self.bell.set()

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
                self.failures += 1
                self.bell.set()
                await asyncio.sleep(REST_SECONDS)
            else:
                self.last_good_at, self.failure = datetime.now(UTC), None


class Bells:
    """The beats of one process, and APScheduler, which rings them in time."""

    def __init__(self) -> None:
        self._beats: dict[str, Beat] = {}
        # Its defaults skip a beat that is a second late in silence.
        self._metronome = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def __contains__(self, name: str) -> bool:
        return name in self._beats

    def add(self, name: str, seconds: float, tick: Tick) -> None:
        """Tick at the start, and then every `seconds`."""
        beat = Beat(name=name, tick=tick, seconds=seconds)
        beat.bell.set()
        self._beats[name] = beat
        self._metronome.add_job(beat.ring, "interval", seconds=seconds, id=name)

    def ring(self, name: str) -> None:
        """Tick as soon as it can; an unknown name is a defect and raises KeyError."""
        self._beats[name].bell.set()

    def start(self) -> None:
        """Start the beat."""
        self._metronome.start()

    def stop(self) -> None:
        """Stop the beat."""
        self._metronome.shutdown(wait=False)

    async def run(self) -> None:
        """Tick until cancelled; raises TokenRevokedError, in a group, when the bot cannot go on."""
        async with asyncio.TaskGroup() as loops:
            for beat in self._beats.values():
                loops.create_task(beat.run(), name=beat.name)

    def health(self) -> dict[str, str | None]:
        """Each flow's last failure; None where its last tick was good."""
        return {name: beat.failure for name, beat in self._beats.items()}

    def pulses(self) -> dict[str, Pulse]:
        """How each has been going."""
        return {
            name: Pulse(
                seconds=beat.seconds,
                named_at=beat.named_at,
                last_good_at=beat.last_good_at,
                failures=beat.failures,
            )
            for name, beat in self._beats.items()
        }
