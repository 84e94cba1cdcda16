"""What was learnt and is true for a while."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

T = TypeVar("T")
MOST: Final = 1000


class Memory(Generic[T]):
    """Keeps the newest 1,000 values, each for so many seconds."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._kept: dict[str, tuple[float, T]] = {}

    def find(self, key: str) -> T | None:
        """The value, if there is one that is still young enough."""
        at, value = self._kept.get(key, (0.0, None))
        return value if value is not None and self._clock() - at < self._seconds else None

    def keep(self, key: str, value: T) -> None:
        """Keep a value from now on; the oldest gives way where there are too many."""
        self._kept.pop(key, None)
        self._kept[key] = (self._clock(), value)
        if len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
