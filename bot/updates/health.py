"""How the polling goes, in words for the operator."""

import random
from dataclasses import dataclass
from enum import StrEnum

LONGEST_PAUSE_SECONDS = 30.0
TWO_POLLERS = (
    "Another program polls with this bot's token; each message reaches only one of the two. Stop the other program, "
    "or get this one a token of its own from @BotFather."
)
WEBHOOK_SET = (
    "Telegram was told to send this bot's messages to a webhook, but this program polls: the webhook is removed."
)


class PollState(StrEnum):
    """How the polling goes; LISTENING is the good one."""

    STARTING = "starting"
    LISTENING = "listening"
    CONFLICT = "conflict"
    FAILING = "failing"
    REVOKED = "revoked"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Polling:
    """The state and, where it is not good, a sentence for the operator."""

    state: PollState
    sentence: str = ""


def pause_after(failures: int) -> float:
    """Seconds to wait after so many failures in a row: doubling from one, at most 30, half of it by chance."""
    longest = min(LONGEST_PAUSE_SECONDS, 2.0 ** min(failures - 1, 10))
    return longest * random.uniform(0.5, 1)  # noqa: S311 - spreads retries, guards nothing
