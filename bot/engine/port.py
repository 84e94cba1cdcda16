"""What both engines offer: flows are named to them and rung, and they tell how it goes."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

Tick = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """How one flow has been ticking here since it was named: when its last good tick ended, and how many failed."""

    seconds: float
    named_at: datetime
    last_good_at: datetime | None
    failures: int


class Engine(Protocol):
    """Entered before it runs; what is named with `periodic` before that is ticked here."""

    def periodic(self, name: str, seconds: float, tick: Tick) -> None:
        """Tick this flow at the start, and then every `seconds`."""

    def wake(self, name: str) -> None:
        """Tick this flow as soon as it can, wherever it is."""

    async def run(self) -> None:
        """Tick until cancelled; raises TokenRevokedError when the bot cannot go on."""

    def close(self) -> None:
        """Begin nothing new; what runs may end."""

    def health(self) -> dict[str, str | None]:
        """Each flow's last failure; None where its last tick was good."""

    def pulses(self) -> dict[str, Pulse]:
        """How each flow that is ticked here has been going."""
