"""Things that go wrong on request: a test, or the page, adds a `Fault` and the calls it names suffer it."""

import asyncio
import time
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase

from bot.sandbox.refusals import (
    SECOND_POLLER,
    UNAUTHORIZED,
    RefusalError,
    bad_request,
    conflict,
    forbidden,
    too_many_requests,
)


class FaultKind(StrEnum):
    """What goes wrong."""

    TOO_MANY_REQUESTS = "too_many_requests"
    """429; `seconds` is retry_after."""
    FORBIDDEN = "forbidden"
    """403; `words` say why."""
    BAD_REQUEST = "bad_request"
    """400; `words` say why."""
    UNAUTHORIZED = "unauthorized"
    """401, as for a token that was revoked."""
    CONFLICT = "conflict"
    """409, as for a second poller."""
    SERVER_ERROR = "server_error"
    """502 Bad Gateway."""
    NO_ANSWER = "no_answer"
    """The call is carried out, its answer never comes."""
    DROP = "drop"
    """The connection drops and nothing was carried out."""
    DROP_AFTER = "drop_after"
    """The call is carried out, then the connection drops."""
    MIGRATE = "migrate"
    """The group becomes a supergroup just before the call."""
    LATENCY = "latency"
    """`seconds` pass before the call; other faults still happen."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong, `times` times (None: until removed), after `skip` matching calls went well.

    `method` may be a pattern ("edit*"); `chat_id` None means any chat.
    """

    kind: FaultKind
    method: str = "sendMessage"
    chat_id: int | None = None
    times: int | None = 1
    skip: int = 0
    seconds: float = 1
    words: str = ""

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Whether a call is one that this fault is about."""
        return fnmatchcase(method, self.method) and self.chat_id in {None, chat_id}

    def refusal(self) -> RefusalError | None:
        """What the call is answered with, for the kinds that are answers."""
        words = self.words
        made = {
            FaultKind.TOO_MANY_REQUESTS: lambda: too_many_requests(int(self.seconds)),
            FaultKind.FORBIDDEN: lambda: forbidden(words or "bot was blocked by the user"),
            FaultKind.BAD_REQUEST: lambda: bad_request(words or "can't parse entities"),
            FaultKind.UNAUTHORIZED: lambda: RefusalError(*UNAUTHORIZED),
            FaultKind.CONFLICT: lambda: conflict(words or SECOND_POLLER),
            FaultKind.SERVER_ERROR: lambda: RefusalError(502, words or "Bad Gateway"),
        }
        return made[self.kind]() if self.kind in made else None


class Faults:
    """The faults that are on, and the overall rate."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self.rate: float | None = None
        """Messages a second in all that are taken before 429; None: any number. A second's worth may come at once."""
        self._full_at = 0.0

    def add(self, fault: Fault) -> None:
        """Switch a fault on."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Switch everything off."""
        self._faults, self.rate = [], None

    def active(self) -> tuple[Fault, ...]:
        """What is on."""
        return tuple(self._faults)

    def take(self, method: str, chat_id: int | None) -> list[Fault]:
        """The faults that this call suffers: every latency, and the first other one. They are used up."""
        struck: list[Fault] = []
        for place, fault in enumerate(self._faults):
            if not fault.meets(method, chat_id) or (fault.kind != FaultKind.LATENCY and _has_other(struck)):
                continue
            self._faults[place] = replace(fault, skip=max(fault.skip - 1, 0))
            if fault.skip == 0:
                struck.append(fault)
                self._faults[place] = replace(fault, times=None if fault.times is None else fault.times - 1)
        self._faults = [fault for fault in self._faults if fault.times != 0]
        return struck

    def spend(self, method: str) -> None:
        """Count a message against the overall rate; raises RefusalError (429) when it is used up."""
        if self.rate is None or not method.startswith("send") or method == "sendChatAction":
            return
        now = time.monotonic()
        full_at = max(self._full_at, now) + 1 / self.rate
        if full_at > now + 1:
            raise too_many_requests(1)
        self._full_at = full_at


def _has_other(struck: list[Fault]) -> bool:
    return any(fault.kind != FaultKind.LATENCY for fault in struck)


async def delay(faults: list[Fault]) -> None:
    """Wait as long as the latencies say."""
    await asyncio.sleep(sum(fault.seconds for fault in faults if fault.kind == FaultKind.LATENCY))
