import asyncio

import psycopg
import pytest
from sqlalchemy import update

from bot.app.migration import libpq_address
from bot.store import Store
from bot.store.frozen import end_frozen_sessions
from bot.store.schema import identity

LOCK = "UPDATE identity SET pace_tat = 1"


async def test_a_session_that_froze_in_a_pipeline_is_ended_and_its_locks_with_it(
    store: Store, database_url: str
) -> None:
    if store.dialect == "sqlite":
        async with store.write() as connection:
            assert await end_frozen_sessions(connection, 0) == 0
        return
    async with store.write() as connection:
        await connection.execute(identity.insert().values(id=1))
    frozen = await psycopg.AsyncConnection.connect(libpq_address(database_url))
    # As executemany does it, but that nothing follows.
    frozen.pgconn.enter_pipeline_mode()
    for statement in (b"BEGIN", LOCK.encode()):
        frozen.pgconn.send_query_params(statement, None)
    frozen.pgconn.send_flush_request()
    frozen.pgconn.flush()
    await asyncio.sleep(0.3)
    async with store.write() as connection:
        assert await end_frozen_sessions(connection, 60) == 0
        assert await end_frozen_sessions(connection, 0.1) == 1
    async with store.write() as connection:
        await connection.execute(update(identity).values(pace_tat=2))
    with pytest.raises(psycopg.Error):
        await frozen.execute("SELECT 1")
    await frozen.close()
