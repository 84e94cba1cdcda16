"""Whose database this is, and the one pace that all sending shares."""

from datetime import datetime

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import OtherBotError
from bot.store.schema import identity

MOST_AHEAD_SECONDS = 2.0


async def claim_identity(connection: AsyncConnection, *, bot_id: int, username: str, adopt: bool = False) -> None:
    """Remember this bot as the database's own; raises OtherBotError when it is another's, unless `adopt`."""
    row = (await connection.execute(select(identity))).one_or_none()
    if row is None:
        await connection.execute(insert(identity).values(id=1, bot_id=bot_id, bot_username=username))
        return
    if row.bot_id not in {None, bot_id} and not adopt:
        raise OtherBotError(
            f"This database belongs to another bot (@{row.bot_username}, id {row.bot_id}); "
            f"the token is for @{username}, id {bot_id}. "
            "Use that bot's token, name another database in [database] url, or, if this bot takes its place, run "
            "`python -m bot migrate --adopt-bot` once.",
        )
    await connection.execute(update(identity).values(bot_id=bot_id, bot_username=username))


async def free_pace(connection: AsyncConnection, *, now: datetime, per_second: float) -> int:
    """How many sends the shared budget has free now; 0 when it is spent, or while all sending is held.

    GCRA: each send moves the next arrival by 1/rate, and the arrival may run ahead of the clock by no more than a tenth
    of a second of rate, so that no second begins with a double load. The row stays ours until the transaction ends.
    """
    row = (await connection.execute(select(identity.c.pace_tat, identity.c.paused_until).with_for_update())).one()
    if row.paused_until is not None and row.paused_until > now:
        return 0
    burst = max(1.0, per_second / 10)
    ahead = max(row.pace_tat - now.timestamp(), 0.0) * per_second
    return max(0, int(burst - ahead + 1e-6))


async def spend_pace(connection: AsyncConnection, *, now: datetime, sends: int, per_second: float) -> None:
    """Debit sends: those just claimed, and replies to people, which never wait but which bulk pays for.

    Debts end two seconds ahead of the clock, or a flood of people's messages would hold alerts for hours.
    """
    tat = (await connection.execute(select(identity.c.pace_tat).with_for_update())).scalar_one()
    clock = now.timestamp()
    owed = max(tat, clock) + sends / per_second
    await connection.execute(update(identity).values(pace_tat=max(tat, min(owed, clock + MOST_AHEAD_SECONDS))))


async def pause_sending(connection: AsyncConnection, *, until: datetime) -> None:
    """Hold all bulk sending until then; survives a restart. A longer hold is never shortened."""
    longer = or_(identity.c.paused_until.is_(None), identity.c.paused_until < until)
    await connection.execute(update(identity).where(longer).values(paused_until=until))


async def find_paused_until(connection: AsyncConnection) -> datetime | None:
    """Until when all bulk sending is held, if it is."""
    return (await connection.execute(select(identity.c.paused_until))).scalar_one_or_none()
