"""Sessions of processes that froze in the middle of a pipeline: no time limit of the server ends those."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

SILENT_SECONDS = 15
# Between two statements of a pipeline a session counts as active, so that neither statement_timeout nor
# idle_in_transaction_session_timeout runs (PostgreSQL, "Pipeline Mode" and pg_stat_activity); its locks hold up others.
FROZEN = text(
    """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
    AND state = 'active' AND wait_event = 'ClientRead'
    AND state_change < clock_timestamp() - make_interval(secs => :seconds)
    """
)


async def end_frozen_sessions(connection: AsyncConnection, seconds: float = SILENT_SECONDS) -> int:
    """End our sessions whose client has sent nothing for so long in the middle of its work; returns how many.

    What they had not committed is undone. SQLite has none: there a frozen process keeps its lock until it ends.
    """
    if connection.dialect.name == "sqlite":
        return 0
    return int((await connection.execute(FROZEN, {"seconds": seconds})).scalar_one())
