"""The embedded engine: all flows in one process, asyncio, APScheduler for the beat; on either database."""

from types import TracebackType
from typing import Self

from bot.engine.bells import Bells
from bot.engine.port import Pulse, Tick


class Embedded:
    """The engine's port, with every flow in this process: `wake` of an unknown name is a defect, a KeyError."""

    def __init__(self) -> None:
        self._bells = Bells()

    def periodic(self, name: str, seconds: float, tick: Tick) -> None:
        """Tick this flow at the start, and then every `seconds`."""
        self._bells.add(name, seconds, tick)

    def wake(self, name: str) -> None:
        """Tick this flow as soon as it can."""
        self._bells.ring(name)

    async def __aenter__(self) -> Self:
        """Start the beat."""
        self._bells.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the beat."""
        self._bells.stop()

    async def run(self) -> None:
        """Tick until cancelled; raises TokenRevokedError when the bot cannot go on."""
        await self._bells.run()

    def close(self) -> None:
        """Nothing to do: what ticks is stopped by its flow, or cancelled."""

    def health(self) -> dict[str, str | None]:
        """Each flow's last failure; None where its last tick was good."""
        return self._bells.health()

    def pulses(self) -> dict[str, Pulse]:
        """How each flow has been going."""
        return self._bells.pulses()
