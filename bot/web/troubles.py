"""What is wrong, in sentences: pure, so that each rule can be read and tested alone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from bot.engine.port import Pulse
from bot.store.vitals import Vitals
from bot.store.watched import Watched

# A stage that has not done what is due for this long is not slow but ill.
OVERDUE = timedelta(minutes=15)
# Sending goes on while one is settled now and then; upkeep takes a dead worker's claims back after a minute.
QUIET = timedelta(minutes=5)
# Their ticks last as long as there is work: what they have done is read in the database.
LONG_TICKS = frozenset({"poll", "deliver", "amend"})


def stale_flows(pulses: Mapping[str, Pulse], now: datetime) -> Iterator[str]:
    """Flows of this process that have not ended a good tick for a quarter of an hour, or for three of their beats."""
    for name, pulse in pulses.items():
        last = pulse.last_good_at or pulse.named_at
        if name not in LONG_TICKS and now - last > max(OVERDUE, 3 * timedelta(seconds=pulse.seconds)):
            yield f"the {name} flow has not ended a good round since {when(last)}"


def overdue_work(vitals: Vitals, now: datetime, started_at: datetime) -> Iterator[str]:
    """Work that nobody does, on whatever machine; whoever asks has watched for long enough to know."""

    def late(since: datetime | None, after: timedelta = OVERDUE) -> bool:
        return since is not None and now - max(since, started_at) > after

    if vitals.poll_due_at and late(vitals.poll_due_at):
        yield f"a feed was to be polled at {when(vitals.poll_due_at)} and has not been"
    if vitals.story_waits_since and late(vitals.story_waits_since):
        yield f"a story has waited to be read since {when(vitals.story_waits_since)}"
    paused = vitals.frozen_at is not None or (vitals.paused_until is not None and vitals.paused_until > now)
    due_at = min(vitals.due_at.values(), default=None)
    if due_at and late(due_at) and late(vitals.settled_at or due_at, QUIET) and not paused:
        yield f"a delivery was due at {when(due_at)}, and nothing is being sent"
    if vitals.claimed_at and late(vitals.claimed_at):
        yield f"a delivery has been in somebody's hands since {when(vitals.claimed_at)}"


def late_alerts(late: Sequence[Watched]) -> Iterator[str]:
    """The canary's sentence."""
    if late:
        number = "an alert has" if len(late) == 1 else f"{len(late)} alerts have"
        yield f"{number} reached nobody for a quarter of an hour: {late[0].title}"


def when(at: datetime) -> str:
    """A moment for an operator."""
    return f"{at:%Y-%m-%d %H:%M} UTC"
