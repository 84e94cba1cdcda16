"""`python -m bot copy --to URL`: the whole database into another, from SQLite to PostgreSQL or back."""

from collections.abc import Mapping
from contextlib import AsyncExitStack

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import make_url

from bot.config import Config
from bot.config.values import read_database_url
from bot.errors import ConfigError, StoreError
from bot.store import Store
from bot.store.alone import hold_alone
from bot.store.audience import is_there
from bot.store.copying import Sum, copy_database, count_rows

SHOWN_DIGITS = 16


async def copy(config: Config, to: str) -> dict[str, Sum]:
    """Copy the configured database to the one at `to`, which must be empty; returns what each table has in both.

    Both are brought to this version and held meanwhile. Raises ConfigError for an address that is none, InUseError
    while a bot runs on either, StoreError where one cannot be used or the target has rows.
    """
    source, target = config.database_url, read_target(to)
    if not is_there(source):
        raise StoreError(f"There is no database at {shown(source)} to copy. Nothing was done.")
    if make_url(source) == make_url(target):
        raise ConfigError(f"--to names the database that is to be copied ({shown(target)}): name another.")
    click.echo(f"Copying {shown(source)} to {shown(target)}", err=True)
    async with AsyncExitStack() as held:
        for url in (source, target):
            await held.enter_async_context(hold_alone(url))
            await (await Store.open(url)).close()
        return await copy_shown(source, target)


async def copy_shown(source: str, target: str) -> dict[str, Sum]:
    """Copy with a bar that shows how far it is: every row is read twice, once to copy it and once to compare."""
    rows = sum((await count_rows(source)).values())
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=2 * rows)
        return await copy_database(
            source, target, lambda table, done: progress.update(bar, advance=done, description=table)
        )


def read_target(to: str) -> str:
    """The target's address with our driver; raises ConfigError where it is none."""
    try:
        return str(read_database_url(to))
    except ValueError as error:
        raise ConfigError(f"--to {to.partition('://')[0]}: {error}.") from None


def shown(url: str) -> str:
    """An address that may be read by anybody: no password, and no driver."""
    parsed = make_url(url)
    return parsed.set(drivername=parsed.get_backend_name()).render_as_string()


def tell_copied(sums: Mapping[str, Sum], to: str) -> None:
    """Say what was copied, and what to do now."""
    for name, one in sums.items():
        if one.rows:
            click.echo(f"{name}: {one.rows} rows, checksum {f'{one.checksum:064x}'[:SHOWN_DIGITS]}")
    total = sum(one.rows for one in sums.values())
    click.echo(
        f"{total} rows are the same in both databases. Set DATABASE_URL (or [database] url) to "
        f"{shown(read_target(to))} and start again; keep the old database until you are content, "
        "and do not run a bot on it."
    )
