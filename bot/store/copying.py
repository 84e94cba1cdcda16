"""Copies a whole database into another, of either kind: every row as it is, in one transaction, and compared after it.

The queue's tables on PostgreSQL are not copied: nothing there is ours to keep, and what is due is in the ledger.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, insert, make_url, select, text, update
from sqlalchemy.exc import DatabaseError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store import create_engine, explain
from bot.store.schema import identity, metadata

ROWS_AT_ONCE = 1000
MODULUS = 2**256

Note = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a table has, and the sum of their hashes: the same for the same rows, in whatever order."""

    rows: int = 0
    checksum: int = 0

    def add(self, rows: Iterable[Mapping[str, Any]]) -> "Sum":
        """With these rows, too."""
        hashes = [int.from_bytes(hashlib.sha256(canonical(row)).digest()) for row in rows]
        return Sum(self.rows + len(hashes), (self.checksum + sum(hashes)) % MODULUS)


async def copy_database(source_url: str, target_url: str, note: Note) -> dict[str, Sum]:
    """Copy every table; returns what each has, which both databases agree on. `note` hears of each batch.

    Both must be held alone and at this version. Raises StoreError where the target has rows already, refuses one, or
    differs from the source at the end; then it is as it was before.
    """
    async with transaction(source_url) as source, transaction(target_url, writes=True) as target:
        await refuse_rows(target, target_url)
        sums = {}
        for table in metadata.sorted_tables:
            try:
                sums[table.name] = await copy_table(source, target, table, note)
            except (DBAPIError, ValueError) as error:
                raise StoreError(f"{table.name} cannot be copied, and nothing was: {reason(error)}.") from error
            await set_sequence(source, target, table)
        for table in metadata.sorted_tables:
            await compare(target, table, sums[table.name], note)
        # It is a reading of the old database's clock. By the new one's it may lie far ahead, and would silence the bot.
        await target.execute(update(identity).values(pace_tat=0))
        return sums


async def count_rows(url: str) -> dict[str, int]:
    """How many rows each table has."""
    async with transaction(url) as connection:
        return {table.name: await count(connection, table) for table in metadata.sorted_tables}


@asynccontextmanager
async def transaction(url: str, *, writes: bool = False) -> AsyncIterator[AsyncConnection]:
    """One transaction, however long it takes; raises StoreError where there is no database."""
    parsed = make_url(url)
    engine = create_engine(parsed)
    try:
        async with engine.execution_options(writes=writes).begin() as connection:
            if connection.dialect.name == "postgresql":
                await connection.execute(text("SET LOCAL statement_timeout = 0"))
            yield connection
    except DatabaseError as error:
        raise explain(error, parsed) from error
    finally:
        await engine.dispose()


async def refuse_rows(connection: AsyncConnection, url: str) -> None:
    """Raise StoreError where any table has a row."""
    for table in metadata.sorted_tables:
        if (await connection.execute(select(1).select_from(table).limit(1))).scalar() is not None:
            raise StoreError(
                f"{make_url(url).render_as_string()} is not empty: its table {table.name} has rows. Nothing was "
                "copied. Name an empty database, or empty that one.",
            )


async def copy_table(source: AsyncConnection, target: AsyncConnection, table: Table, note: Note) -> Sum:
    """Copy one table's rows, as they are."""
    copied = Sum()
    async for rows in batches(source, table):
        await target.execute(insert(table), rows)
        copied = copied.add(rows)
        note(table.name, len(rows))
    return copied


async def batches(connection: AsyncConnection, table: Table) -> AsyncIterator[list[dict[str, Any]]]:
    """A table's rows, some at a time, and no more than that in memory."""
    async with connection.stream(select(table)) as result:
        async for rows in result.mappings().partitions(ROWS_AT_ONCE):
            yield [dict(row) for row in rows]


async def compare(target: AsyncConnection, table: Table, wanted: Sum, note: Note) -> None:
    """Read a table back; raises StoreError where it is not what was copied."""
    found = Sum()
    async for rows in batches(target, table):
        found = found.add(rows)
        note(table.name, len(rows))
    if found != wanted:
        raise StoreError(
            f"{table.name} is not the same in both databases ({wanted.rows} rows, and {found.rows} in the copy). "
            "Nothing was copied; the old database is as it was.",
        )


async def set_sequence(source: AsyncConnection, target: AsyncConnection, table: Table) -> None:
    """Let PostgreSQL count on after the last id that was ever given. SQLite counts from its highest row anyway."""
    if target.dialect.name != "postgresql" or table.autoincrement_column is None:
        return
    last = max(await highest(target, table), await last_given(source, table))
    if last:
        await target.execute(text(f"SELECT setval({SEQUENCE}, :last)"), {**names(table), "last": last})


async def highest(connection: AsyncConnection, table: Table) -> int:
    """A table's highest id; 0 where it has no row."""
    return int((await connection.execute(select(func.max(table.c.id)))).scalar() or 0)


async def last_given(connection: AsyncConnection, table: Table) -> int:
    """The last id that PostgreSQL gave, be its row gone by now: an old button may still name it. 0 on SQLite."""
    if connection.dialect.name != "postgresql":
        return 0
    asked = text(f"SELECT pg_sequence_last_value({SEQUENCE})")
    return int((await connection.execute(asked, names(table))).scalar() or 0)


SEQUENCE = "pg_get_serial_sequence(:name, :id)::regclass"


def names(table: Table) -> dict[str, str]:
    """What SEQUENCE asks for."""
    return {"name": table.name, "id": "id"}


async def count(connection: AsyncConnection, table: Table) -> int:
    """A table's number of rows."""
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


def canonical(row: Mapping[str, Any]) -> bytes:
    """A row as bytes that are the same for the same values, whichever database gave them."""
    return json.dumps(dict(row), sort_keys=True, default=plain).encode()


def plain(value: object) -> str:
    """What JSON has no word for."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    raise ValueError(f"a value of type {type(value).__name__} has no place in a database of ours")


def reason(error: Exception) -> str:
    """The database's own words, without the row's values."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return str(said).strip().partition("\n")[0].rstrip(".")
