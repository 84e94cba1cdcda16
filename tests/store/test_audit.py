"""The audit can only be added to, by whatever way one tries."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.store import Store
from bot.store.audit import list_deeds
from bot.store.broadcasts import add_deed
from tests.builders import NOON

CHANGES = ("UPDATE audit SET user_id = 2", "DELETE FROM audit")
ONLY_THERE = {
    "postgresql": ["TRUNCATE audit"],
    "sqlite": ["REPLACE INTO audit (id, at, user_id, verb, subject) SELECT id, at, 2, verb, subject FROM audit"],
}


async def test_no_row_of_the_audit_can_be_changed_or_erased(store: Store) -> None:
    async with store.write() as connection:
        await add_deed(connection, 1, "publish", "story:1", now=NOON, digest="a" * 64)
    for change in (*CHANGES, *ONLY_THERE[store.dialect]):
        with pytest.raises(DBAPIError, match="only ever added to"):
            async with store.write() as connection:
                await connection.execute(text(change))
    async with store.read() as connection:
        (deed,) = await list_deeds(connection, 10)
    assert (deed.user_id, deed.verb, deed.subject, deed.digest) == (1, "publish", "story:1", "a" * 64)
