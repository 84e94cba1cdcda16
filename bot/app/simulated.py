"""What a simulation measured, and what it says."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from bot.sandbox.crowd import Tally

# What `--arithmetic` measures before it reckons.
ENOUGH_SECONDS = 20.0
MEGABYTE = 1e6
OPEN = ("pending", "claimed")
# Whose end the crowd knows as well: its word for it.
BOTH_KNOW = {"sent": "answered", "gone": "refused"}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One play. `sizes` are the database's bytes: empty, with its people, and at the end; `totals` the ledger's."""

    plan_subscribers: int
    people: int
    rate: float
    kind: str
    database: str
    finished: bool
    seconds: float
    enqueue_seconds: float
    cpu_seconds: float
    peak_bytes: int
    sizes: tuple[int, int, int]
    rows_written: int
    totals: Mapping[str, int]
    tally: Tally

    @property
    def settled(self) -> int:
        """Deliveries that came to an end."""
        return self.people - sum(self.totals[state] for state in OPEN)

    @property
    def bytes_per_subscriber(self) -> float:
        """With their subscription and the indexes of both."""
        return (self.sizes[1] - self.sizes[0]) / max(self.people, 1)

    @property
    def bytes_per_delivery(self) -> float:
        """With its indexes, once it is settled."""
        return (self.sizes[2] - self.sizes[1]) / max(self.people, 1)

    def each(self, amount: float) -> float:
        """An amount by call of Telegram."""
        return amount / max(self.tally.calls, 1)

    def disagreements(self) -> list[str]:
        """Where the ledger and the crowd do not say the same, as sentences."""
        found = [
            f"the ledger has {self.totals[state]:,} {state}, Telegram's side {getattr(self.tally, theirs):,}"
            for state, theirs in BOTH_KNOW.items()
            if self.finished and self.totals[state] != getattr(self.tally, theirs)
        ]
        silent = self.tally.reached - self.tally.answered
        if self.finished and silent > self.totals["unknown"]:
            found.append(f"{silent:,} got it and nobody was told, but only {self.totals['unknown']:,} are unknown")
        return found

    def reckoned_seconds(self) -> float:
        """How long all would take at the pace that was measured."""
        return self.plan_subscribers / self.tally.per_second if self.tally.per_second else 0.0

    def reckoned_bytes(self) -> float:
        """How large the database would be with all."""
        return self.sizes[0] + self.plan_subscribers * (self.bytes_per_subscriber + self.bytes_per_delivery)


def as_dict(measured: Measured, *, reckoned: bool) -> dict[str, Any]:
    """Everything by name; times in seconds, sizes in bytes."""
    tally = measured.tally
    figures: dict[str, Any] = {
        "subscribers": measured.people,
        "rate": measured.rate,
        "kind": measured.kind,
        "database": measured.database,
        "finished": measured.finished,
        "seconds": round(measured.seconds, 2),
        "messages_per_second": round(tally.per_second, 1),
        "fullest_second": tally.fullest_second,
        "enqueue_seconds": round(measured.enqueue_seconds, 3),
        "peak_memory_bytes": measured.peak_bytes,
        "database_bytes": measured.sizes[2],
        "bytes_per_subscriber": round(measured.bytes_per_subscriber),
        "bytes_per_delivery": round(measured.bytes_per_delivery),
        "rows_written_per_message": round(measured.each(measured.rows_written), 2),
        "cpu_us_per_message": round(measured.each(measured.cpu_seconds * 1e6)),
        "totals": dict(measured.totals),
        "telegram": tally.as_dict(),
        "disagreements": measured.disagreements(),
    }
    if reckoned:
        figures["reckoned"] = {
            "subscribers": measured.plan_subscribers,
            "seconds": round(measured.reckoned_seconds()),
            "database_bytes": round(measured.reckoned_bytes()),
        }
    return figures


def show_json(measured: Measured, *, reckoned: bool) -> None:
    """One object."""
    click.echo(json.dumps(as_dict(measured, reckoned=reckoned), indent=2))


def show_table(measured: Measured, *, reckoned: bool) -> None:
    """A table, with the sums below it."""
    click.echo(title_of(measured))
    table = Table()
    table.add_column("what", overflow="fold")
    table.add_column("measured", justify="right", overflow="fold")
    for row in rows_of(measured):
        table.add_row(*row)
    if reckoned:
        table.add_section()
        for row in reckoned_rows(measured):
            table.add_row(*row)
    Console().print(table)
    for line in sums(measured):
        click.echo(line)


def title_of(measured: Measured) -> str:
    """What was played, and whether to its end."""
    ended = "" if measured.finished else ", not to its end"
    return f"{measured.kind} to {measured.people:,} at {measured.rate:g}/s on {measured.database}{ended}"


def rows_of(measured: Measured) -> Iterable[tuple[str, str]]:
    """The table's rows."""
    tally = measured.tally
    yield "how long", lasting(measured.seconds)
    yield "messages a second", f"{tally.per_second:,.1f}"
    yield "the fullest second", f"{tally.fullest_second:,}"
    yield "to put it into the ledger", lasting(measured.enqueue_seconds)
    yield "most memory", megabytes(measured.peak_bytes)
    yield "database", megabytes(measured.sizes[2])
    yield "  for each subscriber", f"{measured.bytes_per_subscriber:,.0f} bytes"
    yield "  for each delivery", f"{measured.bytes_per_delivery:,.0f} bytes"
    yield "rows written for each message", f"{measured.each(measured.rows_written):.2f}"
    yield "CPU for each message", f"{measured.each(measured.cpu_seconds * 1e6):,.0f} µs"


def reckoned_rows(measured: Measured) -> Iterable[tuple[str, str]]:
    """What follows for all of them, in proportion."""
    everyone = f"{measured.plan_subscribers:,}"
    yield f"reckoned: {everyone} take", lasting(measured.reckoned_seconds())
    yield f"reckoned: the database with {everyone}", megabytes(measured.reckoned_bytes())


def sums(measured: Measured) -> Iterable[str]:
    """The ledger's totals and Telegram's side, as sentences; what does not add up is said."""
    parts = [f"{count:,} {state}" for state, count in measured.totals.items() if count]
    yield f"Ledger: {' + '.join(parts) or '0'} = {measured.people:,} targeted."
    answers = ", ".join(f"{count:,} {name}" for name, count in sorted(measured.tally.answers.items()))
    yield f"Telegram's side: {measured.tally.calls:,} calls ({answers or 'none'});"
    yield f"  {measured.tally.reached:,} chats have it, {measured.tally.twice:,} of them more than once."
    yield from (f"It does not add up: {sentence}." for sentence in measured.disagreements())


def lasting(seconds: float) -> str:
    """A time that a person can read."""
    return f"{seconds:.1f} s" if seconds < 60 else str(timedelta(seconds=round(seconds)))  # noqa: PLR2004 - a minute


def megabytes(size: float) -> str:
    """A size that a person can read."""
    return f"{size / MEGABYTE:,.1f} MB"


class Bar:
    """A progress bar on standard error, where that is a terminal."""

    def __init__(self, total: int) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("{task.description:12}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._total = total
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def tell(self, stage: str, done: int) -> None:
        """So many are done in this stage."""
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=self._total)
        self._progress.update(self._tasks[stage], completed=done)
