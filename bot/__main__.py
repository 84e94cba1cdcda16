"""The command line: `python -m bot --help`. Each command imports what it needs, so that help is quick.

Long because each command's help stands with it.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import click

from bot import __version__
from bot.errors import AlertsError

if TYPE_CHECKING:
    from bot.config import Config

P = ParamSpec("P")
DEFAULT_CONFIG = Path("config.toml")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def main() -> None:
    """Child Prison Alerts: what is found about children in prison, to a Telegram chat within minutes.

    `run` starts everything. With no TELEGRAM_TOKEN it runs in a sandbox with a chat page on this computer.
    """


def with_config(command: Callable[Concatenate["Config", P], None]) -> Callable[..., None]:
    """Give a command the configuration, set up logging, and turn our own errors into a sentence and exit code 1."""

    @click.option(
        "--config",
        "path",
        type=click.Path(path_type=Path, dir_okay=False),
        help="The configuration file. Without it: ./config.toml where there is one, else the defaults.",
    )
    @wraps(command)
    def configured(path: Path | None, *args: P.args, **kwargs: P.kwargs) -> None:
        from bot.config import load_config
        from bot.logs import set_up_logging

        with errors_as_sentences():
            config = load_config(path or (DEFAULT_CONFIG if DEFAULT_CONFIG.exists() else None), os.environ)
            set_up_logging(config.log.level, config.log.format, secrets=config.secrets())
            command(config, *args, **kwargs)

    return configured


class errors_as_sentences:  # noqa: N801 - it reads as a word in a `with`
    """An AlertsError, alone or in a group, ends the program with its sentence and exit code 1; no traceback."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Say it and leave."""
        ours = list(our_errors(error))
        if ours:
            for sentence in dict.fromkeys(str(one) for one in ours):
                click.echo(sentence, err=True)
            sys.exit(1)


def our_errors(error: BaseException | None) -> Iterable[AlertsError]:
    """The AlertsErrors in an error; none where a group holds anything else, which deserves its traceback."""
    if isinstance(error, AlertsError):
        yield error
    elif isinstance(error, BaseExceptionGroup):
        _, rest = error.split(AlertsError)
        if rest is None:
            for inner in error.exceptions:
                yield from our_errors(inner)


@main.command()
@with_config
def run(config: "Config") -> None:
    """Start everything in one process: polling, alerts, replies.

    With a token it talks to Telegram. With none it runs in the sandbox and says where to open it.
    """
    from bot.app.run import run as run_app

    asyncio.run(run_app(config))


with_port = click.option(
    "--port", type=click.IntRange(0, 65535), help="Show GET /health and /metrics on this port; without it on none."
)


@main.command()
@with_port
@with_config
def poll(config: "Config", port: int | None) -> None:
    """Poll, publish, review and keep up, in a process of its own on PostgreSQL; a second one stands by."""
    from bot.app.poll import poll as run_poll

    asyncio.run(run_poll(config, port))


@main.command()
@with_port
@with_config
def work(config: "Config", port: int | None) -> None:
    """Send what is owed, on PostgreSQL; start as many as you like: they share one pace."""
    from bot.app.work import work as run_work

    asyncio.run(run_work(config, port))


@main.command()
@with_config
def web(config: "Config") -> None:
    """Answer people, and show /health and /metrics on [web] port, in a process of its own on PostgreSQL."""
    from bot.app.web import web as run_web

    asyncio.run(run_web(config))


@main.command()
@click.option("--feeds/--no-feeds", default=True, help="Whether to try every enabled feed once.")
@click.option("--try-disabled", is_flag=True, help="Try the disabled feeds too: those whose address is not verified.")
@with_config
def check(config: "Config", *, feeds: bool, try_disabled: bool) -> None:
    """Check configuration, database, token, organisers and feeds; exit 1 if anything is wrong."""
    from bot.app.checks import run_checks, show

    results = asyncio.run(run_checks(config, feeds=feeds, try_disabled=try_disabled))
    show(results)
    if any(not result.good for result in results):
        sys.exit(1)


@main.command()
@click.option("--adopt-bot", is_flag=True, help="Let the token's bot take over a database that another bot wrote.")
@with_config
def migrate(config: "Config", *, adopt_bot: bool) -> None:
    """Bring the database to this version. `run` and its likes do it, too."""
    from bot.app.migration import migrate as migrate_database

    click.echo(asyncio.run(migrate_database(config, adopt_bot=adopt_bot)))


@main.command()
@click.option("--to", required=True, metavar="URL", help="An empty database: postgresql://... or sqlite:///...")
@with_config
def copy(config: "Config", to: str) -> None:
    """Copy the configured database to another, from SQLite to PostgreSQL or back, and compare the two.

    Stop the bot first. On the new database it goes on exactly where it stood. Where anything fails, the target is
    left empty, and the same command may be run again.
    """
    from bot.app.copying import copy as copy_database
    from bot.app.copying import tell_copied

    tell_copied(asyncio.run(copy_database(config, to)), to)


def with_optional_config(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that needs no configuration the one that is named, or else the defaults; nothing is logged."""

    @click.option("--config", "path", type=click.Path(path_type=Path, dir_okay=False), help="The configuration file.")
    @wraps(command)
    def configured(path: Path | None, **kwargs: Any) -> None:
        from bot.config import Config, load_config

        with errors_as_sentences():
            command(load_config(path, os.environ) if path else Config(), **kwargs)

    return configured


@main.command()
@click.argument("source")
@click.option("--url", help="The address the document came from, for relative links.")
@click.option("--content-type", default="", help="The Content-Type header it came with.")
@with_optional_config
def parse(config: "Config", source: str, url: str | None, content_type: str) -> None:
    """Parse a feed (a FILE, or a URL) into JSON lines: id, url, title, summary, published."""
    from bot.app.commands import bring, echo_lines
    from bot.feeds.command import parse_lines

    document = bring(source, url, content_type, config.fetch)
    echo_lines(parse_lines(document.body, document.headers, document.url))


@main.command()
@click.argument("source")
@click.option("--url", help="The address the page came from.")
@click.option("--content-type", default="", help="The Content-Type header it came with.")
@with_optional_config
def read(config: "Config", source: str, url: str | None, content_type: str) -> None:
    """Read a report or article (a FILE, or a URL) into JSON: title, kind, dates, grades, summary, numbers."""
    from bot.app.commands import bring, echo_lines
    from bot.reading.command import read_apart
    from bot.reading.follow import refuse_front_page

    document = bring(source, url, content_type, config.fetch)
    if "://" in source:
        refuse_front_page(source, document.url)
    echo_lines([read_apart(document.body, document.url, document.headers.get("content-type", ""))])


@main.command()
@with_optional_config
def match(config: "Config") -> None:
    """Judge entries: JSON lines on standard input, a JSON line with the verdict for each. Never touches the network."""
    from bot.app.commands import echo_lines
    from bot.campaign import load_pack
    from bot.match import Matcher
    from bot.match.commands import match_lines

    echo_lines(match_lines(sys.stdin, Matcher(load_pack(config.campaign.pack))))


@main.command()
@with_optional_config
def cluster(config: "Config") -> None:
    """Put entries into stories: JSON lines on standard input, a JSON line with the story for each."""
    from bot.app.commands import echo_lines
    from bot.campaign import load_pack
    from bot.match import Matcher
    from bot.match.commands import cluster_lines

    echo_lines(cluster_lines(sys.stdin, Matcher(load_pack(config.campaign.pack))))


@main.command()
@with_config
def export(config: "Config") -> None:
    """Write stories, findings and alerts as JSON lines; never people."""
    from bot.app.commands import echo_lines
    from bot.app.export import export_lines

    echo_lines(asyncio.run(export_lines(config.database_url)))


@main.command()
@click.argument("source", metavar="FEED|ENTRIES.jsonl")
@click.option("--since", help="What was published before this day (YYYY-MM-DD) is history: known, and never sent.")
@click.option("--kind", help="Who speaks: inspectorate, government, parliament, news or charity.")
@click.option("--url", help="The address that a feed in a file came from.")
@click.option("--all", "everything", is_flag=True, help="Show what is not ours, too.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON line for each entry instead of the table.")
@with_config
def backtest(
    config: "Config",
    source: str,
    url: str | None,
    since: str | None,
    kind: str | None,
    *,
    everything: bool,
    as_json: bool,
) -> None:
    """Show what would have been sent, to whom and why. Nothing is sent or kept.

    The source is a feed (a FILE, "-" or a URL) or a file of entries as `match` takes them. No page is read: what its
    page would decide waits as doubtful, and what has no date is news. Polls are taken to be ten minutes apart. Where
    the configuration's database is there, its subscribers are counted; it is only read.
    """
    from bot.app.backtest import Asked, read_since, show_lines, show_table
    from bot.app.backtest import backtest as run_backtest
    from bot.app.commands import bring, read_kind
    from bot.campaign import load_pack

    asked = Asked(since=read_since(since), kind=read_kind(kind))
    told, audience = asyncio.run(run_backtest(config, bring(source, url, "", config.fetch), source, asked))
    if as_json:
        show_lines(told, audience)
    else:
        show_table(told, audience, load_pack(config.campaign.pack), everything=everything)


@main.command()
@click.option("--subscribers", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True)
@click.option("--rate", type=click.FloatRange(0, 5000, min_open=True), help="Messages a second; else as configured.")
@click.option("--faults", default="", metavar="NAME=PERCENT,...", help="What goes wrong, and how often.")
@click.option("--alert", is_flag=True, help="Play an alert: what nobody knows of is sent once more.")
@click.option("--latency", type=click.IntRange(0, 10_000), default=50, show_default=True, help="Of answers, in ms.")
@click.option("--database", metavar="URL", help="An empty PostgreSQL. Without it SQLite, in a temporary file.")
@click.option("--arithmetic", is_flag=True, help="Send for 20 s, and work out the rest in proportion.")
@click.option("--json", "as_json", is_flag=True, help="Write an object instead of the table.")
@with_optional_config
def simulate(config: "Config", *, rate: float | None, arithmetic: bool, as_json: bool, **asked: Any) -> None:
    """Play a broadcast to people who do not exist; show how long it takes, and what memory and database.

    Messages go through the real ledger and transport to a Telegram on this machine that only counts; no token is
    used. Shares are per cent: of chats for blocked, deactivated and moved, of calls for later (429), broken (502),
    silent (carried out, never answered) and dropped, as in --faults blocked=2,deactivated=1,later=1,broken=1. Ctrl-C
    ends it and shows what was so far. Exit 1 if totals do not add up.
    """
    from bot.app.simulate import read_plan
    from bot.app.simulate import simulate as run_simulation
    from bot.app.simulated import Bar, show_json, show_table

    plan = read_plan(rate=rate or config.delivery.messages_per_second, sample=arithmetic, **asked)
    with Bar(plan.people) as bar:
        measured = asyncio.run(run_simulation(plan, config.campaign.pack, bar.tell))
    (show_json if as_json else show_table)(measured, reckoned=arithmetic)
    if measured.disagreements():
        sys.exit(1)


@main.group()
def labels() -> None:
    """What organisers decided about entries and stories."""


@labels.command("export")
@click.argument("target", metavar="[FILE]", required=False)
@with_config
def export_labels(config: "Config", target: str | None) -> None:
    """Write organisers' decisions as labelled rows (JSON lines) to FILE or standard output; no person is in them.

    `make eval LABELS=FILE` scores matching and stories against them.
    """
    from bot.app.commands import as_json_lines, write_target
    from bot.app.labels import export_labels as list_rows
    from bot.campaign import load_pack

    rows = asyncio.run(list_rows(config.database_url, load_pack(config.campaign.pack)))
    write_target(target, as_json_lines(rows))


@main.command()
@with_config
def stats(config: "Config") -> None:
    """Show what messages reached and did: people, delivery times, who joined and left; nothing about fewer than ten."""
    from datetime import UTC, datetime

    from bot.app.stats import tell_statistics

    click.echo(asyncio.run(tell_statistics(config.database_url, config.campaign.timezone, datetime.now(UTC))))


@main.command("import-opml")
@click.argument("source", metavar="FILE")
@click.option("--kind", help="What they all are: inspectorate, government, parliament, news or charity.")
@click.option("--disabled", is_flag=True, help="Add them paused; /feeds resumes each.")
@with_config
def import_opml(config: "Config", source: str, kind: str | None, *, disabled: bool) -> None:
    """Add the feeds of an OPML FILE ("-" for standard input); exit 1 if a row was wrong.

    Without --kind each is what its category or the outline around it says, else news. Feeds that are there already
    are left as they are.
    """
    from bot.app.commands import read_kind, read_source, tell_imported
    from bot.app.opml import import_opml as bring_in

    imported = asyncio.run(bring_in(config, read_source(source), kind=read_kind(kind), disabled=disabled))
    tell_imported(imported)
    if imported.faults:
        sys.exit(1)


@main.command("export-opml")
@click.argument("target", metavar="[FILE]", required=False)
@with_config
def export_opml(config: "Config", target: str | None) -> None:
    """Write the feeds as OPML, which import-opml and other feed readers take, to FILE or standard output."""
    from bot.app.commands import write_target
    from bot.app.opml import export_opml as bring_out

    write_target(target, asyncio.run(bring_out(config)))


if __name__ == "__main__":
    main()
