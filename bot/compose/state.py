"""How the bot stands, in words: what is wrong first, then the rest of what whoever runs it must know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.compose.card import moment, organiser_name
from bot.compose.stats import duration
from bot.compose.text import Markup
from bot.compose.wording import Wording

LATE: Final = timedelta(minutes=15)
"""What has been due for so long is not slow but ill; so is a bot that has read no feed for an hour."""
FEEDS_LATE: Final = timedelta(hours=1)
WHOLE: Final = 0.995
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What /status tells of the program. `share` is what is left of the rate; `failures` are flows and why they fail.

    `polled_at`, `due_at` and `paused_until` are None where there is nothing of the kind; `claimed` says that somebody
    sends; `late` that an alert has reached nobody.
    """

    now: datetime
    version: str
    started_at: datetime | None = None
    polled_at: datetime | None = None
    due_at: datetime | None = None
    paused_until: datetime | None = None
    frozen_at: datetime | None = None
    frozen_by: int | None = None
    held_as_gone: bool = False
    share: float = 1.0
    rate: float = 25.0
    lately: int = 0
    workers: int = 0
    size: int = 0
    late: bool = False
    failures: Mapping[str, str | None] = field(default_factory=dict)


def problem_lines(condition: Condition, wording: Wording) -> list[Markup]:
    """What is wrong with sending, with hearing feeds, and with the program, a sentence each."""
    failing = [wording("state-flow", flow=name, why=why) for name, why in condition.failures.items() if why is not None]
    return [*holds(condition, wording), *delays(condition, wording), *failing]


def holds(condition: Condition, wording: Wording) -> list[Markup]:
    """Why nothing is sent, or less than could be."""
    found = []
    if condition.frozen_at is not None:
        who, at = organiser_name(condition.frozen_by, wording), moment(condition.frozen_at, wording)
        found.append(wording("state-frozen", who=who, at=at))
    if condition.held_as_gone:
        found.append(wording("state-gone-held"))
    if condition.paused_until is not None:
        found.append(wording("state-paused", at=moment(condition.paused_until, wording)))
    if condition.share < WHOLE:
        found.append(wording("state-slowed", share=round(condition.share * 100)))
    return found


def delays(condition: Condition, wording: Wording) -> list[Markup]:
    """What has waited for too long."""
    now, found = condition.now, []
    held = condition.frozen_at or condition.held_as_gone or condition.paused_until
    if condition.due_at is not None and now - condition.due_at > LATE and not held:
        found.append(wording("state-queue-late", age=age(condition.due_at, now, wording)))
    if condition.polled_at is not None and now - condition.polled_at > FEEDS_LATE:
        found.append(wording("state-poll-late", age=age(condition.polled_at, now, wording)))
    return found


def compose_problems(problems: list[Markup], wording: Wording) -> list[Markup]:
    """All that is wrong, a line each; or that nothing is."""
    if not problems:
        return [wording("state-well")]
    return [
        wording("state-problems", count=len(problems)),
        *(wording("state-problem", problem=problem) for problem in problems),
    ]


def program_lines(condition: Condition, wording: Wording) -> list[Markup]:
    """Queue, rates, workers, canary, version, and how long it has been running."""
    now, whole = condition.now, condition.share >= WHOLE
    rate: dict[str, str | int] = {
        "lately": condition.lately,
        "rate": f"{condition.rate:g}",
        "share": round(condition.share * 100),
    }
    waits = condition.due_at is not None and condition.due_at < now
    size = wording.plain("size-mb", count=max(round(condition.size / MEGABYTE), 1))
    uptime = age(condition.started_at, now, wording) if condition.started_at else ""
    return [
        *([wording("state-queue-age", age=age(condition.due_at, now, wording))] if waits and condition.due_at else []),
        wording("state-rates" if whole else "state-rates-share", **rate),
        wording("state-workers", workers=condition.workers),
        *([] if condition.late else [wording("state-canary")]),
        wording(
            "state-program" if uptime else "state-program-young",
            version=condition.version,
            uptime=uptime,
            size=size,
        ),
    ]


def age(since: datetime, now: datetime, wording: Wording) -> str:
    """How long ago, in words."""
    return duration(max((now - since).total_seconds(), 0.0), wording)
