"""`python -m bot backtest`: what would have been sent, to whom and why, as a table or as JSON lines."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.app.checks import feed_specs
from bot.app.commands import Document, echo_lines
from bot.campaign import Pack, load_pack
from bot.config import Config
from bot.errors import StoreError
from bot.feeds.identity import PUBLISHED
from bot.feeds.parse import parse_feed
from bot.flows.backtest import WAITING, Backtest, Fate, Item, Would, as_line
from bot.match import Matcher
from bot.match.commands import complain, entry_of, read_objects
from bot.model.feed import FeedKind
from bot.model.subscriber import Wants
from bot.store.audience import count_audiences, is_there

FATES = {
    Fate.SENT: "[bold green]sent[/]",
    Fate.JOINS: "joins",
    Fate.SENSITIVE: "[bold yellow]waits: sensitive[/]",
    Fate.DOUBTFUL: "[yellow]waits: doubtful[/]",
    Fate.FUSE: "[yellow]waits: fuse[/]",
    Fate.HISTORY: "history",
    Fate.NOT_OURS: "not ours",
    Fate.REPEATED: "repeated",
}
QUIET = (Fate.NOT_OURS, Fate.REPEATED)
MONTH = len("2026-11")

Audience = dict[tuple[str, ...], dict[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How the run was asked for. `kind` is what kind of source speaks, where the file or its address does not say."""

    since: datetime | None = None
    kind: FeedKind | None = None


async def backtest(config: Config, document: Document, source: str, asked: Asked) -> tuple[list[Would], Audience]:
    """What would have become of every entry, and who would have been told where there is a database to ask.

    Raises ParseError where the document is neither a feed nor JSON lines, or where some of its lines are wrong.
    """
    pack = load_pack(config.campaign.pack)
    specs = feed_specs(config) or pack.feeds
    spec = next((one for one in specs if source in {one.url, one.name}), None)
    items = read_lines(document.body) if looks_like_lines(document.body) else read_feed(document)
    named = [
        name_source(item, spec.name if spec else "", asked.kind or (spec.kind if spec else None)) for item in items
    ]
    told = Backtest(Matcher(pack), since=asked.since).run(named)
    return told, await count_owed(config.database_url, [one for one in told if one.owed])


def looks_like_lines(body: bytes) -> bool:
    """Whether a body is JSON lines of entries rather than a feed, by its first line."""
    first = next((line for line in body.splitlines() if line.strip()), b"")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "title" in value and "items" not in value


def read_lines(body: bytes) -> list[Item]:
    """The entries of JSON lines as `match` takes them; raises ParseError with the lines that are wrong."""
    bad: list[str] = []
    items = []
    for line in read_objects(body.decode("utf-8", "replace").splitlines(), bad):
        given = str(line.get("published")).strip()
        items.append(Item(entry_of(line), exact=len(given) > MONTH, whole_year=len(given) < MONTH))
    complain(bad)
    return items


def read_feed(document: Document) -> list[Item]:
    """The entries of a feed, the oldest first; raises ParseError where it is none."""
    parsed = parse_feed(document.body, document.headers, document.url, PUBLISHED)
    return [Item(replace(entry, source=parsed.title)) for entry in reversed(parsed.entries)]


def name_source(item: Item, name: str, kind: FeedKind | None) -> Item:
    """The entry as the feed of that name and kind would have brought it."""
    entry = item.entry
    return replace(item, entry=replace(entry, source=name or entry.source, kind=entry.kind or kind))


async def count_owed(url: str, told: Iterable[Would]) -> Audience:
    """How many would be told because of what they follow; empty where no database of this version is there."""
    if not is_there(url):
        return {}
    try:
        return await count_audiences(url, Wants.ALERTS, {one.owed for one in told})
    except StoreError as error:
        click.echo(f"Subscribers are not counted: {error}", err=True)
        return {}


def to_whom(one: Would, audience: Audience, words_for: Callable[[str], str]) -> str:
    """Who would be told: how many of each, or in words; whoever it would be, once a person has let it out."""
    if one.fate not in {Fate.SENT, *WAITING}:
        return "nobody"
    if one.owed in audience:
        counts = audience[one.owed]
        said = ", ".join(f"{number} following {words_for(name)}" for name, number in counts.items())
        return said or "nobody follows it"
    return f"whoever follows {' or '.join(map(words_for, one.owed))}"


def followed(pack: Pack) -> Callable[[str], str]:
    """What may be followed, in words."""
    labels = {tag.name: tag.label for tag in pack.terms.topics}

    def words_for(name: str) -> str:
        scope, _, rest = name.partition(":")
        if scope == "institution":
            return pack.institution_name(rest)
        return labels.get(rest, name)

    return words_for


def why(one: Would) -> str:
    """The evidence in words, and how its story was found."""
    evidence = "; ".join(dict.fromkeys(found.words for found in one.verdict.evidence)) if one.verdict else ""
    sensitive = f"sensitive: {one.verdict.sensitive_reason}" if one.verdict and one.verdict.sensitive else ""
    story = f"story {one.story}: {one.reason}" if one.story else ""
    turn = f"a new turn of story {one.follows}" if one.follows else ""
    also = f"may be one with story {', '.join(map(str, one.also))}" if one.also else ""
    return "\n".join(filter(None, [evidence, sensitive, story, turn, also]))


def show_lines(told: Sequence[Would], audience: Audience) -> None:
    """A JSON line each; `to` counts those who would be told, by what they follow (null: no database was asked)."""

    def line(one: Would) -> dict[str, Any]:
        return {**as_line(one), "to": audience.get(one.owed) if one.owed else None}

    echo_lines(map(line, told))


def show_table(told: Sequence[Would], audience: Audience, pack: Pack, *, everything: bool = False) -> None:
    """The table, without what is not ours unless asked for, and a line with the sums."""
    table = Table(title="What would have been sent", title_justify="left", show_lines=True)
    for heading in ("when", "entry", "would be", "to", "why"):
        table.add_column(heading, overflow="fold")
    for one in told:
        if everything or one.fate not in QUIET:
            when = one.entry.published_at.strftime("%Y-%m-%d %H:%M") if one.entry.published_at else "no date"
            entry = f"{one.entry.title}\n{one.entry.source}".strip()
            cells = (when, entry, to_whom(one, audience, followed(pack)), why(one))
            first, second, third, fourth = map(escape, cells)
            table.add_row(first, second, FATES[one.fate], third, fourth)
    if table.row_count:
        Console().print(table)
    click.echo(summary(told))


def summary(told: Sequence[Would]) -> str:
    """The sums, in a line."""
    counts = Counter(one.fate for one in told)
    waiting = sum(counts[fate] for fate in WAITING)
    stories = len({one.story for one in told if one.story})
    return (
        f"{len(told)} entries, {stories} stories: {counts[Fate.SENT]} would be sent, {counts[Fate.JOINS]} join a story "
        f"quietly, {waiting} wait for a person ({counts[Fate.SENSITIVE]} sensitive, {counts[Fate.DOUBTFUL]} doubtful, "
        f"{counts[Fate.FUSE]} held by the fuse), {counts[Fate.HISTORY]} are history, "
        f"{counts[Fate.NOT_OURS]} are not ours, {counts[Fate.REPEATED]} are repeated."
    )


def read_since(text: str | None) -> datetime | None:
    """The beginning of a day as typed (YYYY-MM-DD, UTC); raises click.BadParameter for anything else."""
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise click.BadParameter(f"{text!r} is no day; write it as 2026-11-25.", param_hint="--since") from None
