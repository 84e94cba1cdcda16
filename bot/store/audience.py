"""Who would be told: counts of subscribers, never who they are."""

from collections.abc import Collection, Sequence
from pathlib import Path

from sqlalchemy import func, make_url, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.model.subscriber import Wants
from bot.store import Store, create_engine
from bot.store.messages import causes
from bot.store.schema import subscriptions


async def count_audience(connection: AsyncConnection, wants: Wants, follows: Sequence[str]) -> dict[str, int]:
    """How many would be owed a message because they follow each of these, the most particular cause of each counted."""
    live = causes(wants, follows)
    query = (
        select(subscriptions.c.follows, func.count())
        .join(live, live.c.id == subscriptions.c.id)
        .where(live.c.place == 1)
        .group_by(subscriptions.c.follows)
    )
    counts = {name: int(number) for name, number in await connection.execute(query)}
    return {name: counts[name] for name in follows if name in counts}


def is_there(url: str) -> bool:
    """Whether there may be a database at `url`: a file that does not exist is none, and is not made."""
    parsed = make_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").is_file()


async def count_audiences(
    url: str, wants: Wants, groups: Collection[tuple[str, ...]]
) -> dict[tuple[str, ...], dict[str, int]]:
    """The audience of each group of what is followed, in the database at `url`, which is only read.

    Raises StoreError where it cannot be read, or is of another version.
    """
    store = Store(create_engine(make_url(url)))
    try:
        async with store.read() as connection:
            return {follows: await count_audience(connection, wants, follows) for follows in groups}
    except DatabaseError as error:
        where = make_url(url).render_as_string()
        raise StoreError(f"{where} cannot be read, or is of another version: `python -m bot migrate`.") from error
    finally:
        await store.close()
