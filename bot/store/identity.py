"""Whose database this is, and the one pace that all sending shares."""

from datetime import UTC, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import OtherBotError
from bot.store.schema import identity


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


async def take_pace(connection: AsyncConnection, *, now: datetime, want: int, per_second: float) -> int:
    """Take up to `want` sends from the shared budget, and say how many may go now (0 when it is spent, or paused).

    GCRA with a burst of a tenth of a second of rate: the next arrival moves by 1/rate a send, and may run ahead of the
    clock by no more than the burst, so that no second begins with a double load.
    """
    row = (await connection.execute(select(identity.c.pace_tat, identity.c.paused_until).with_for_update())).one()
    if row.paused_until is not None and row.paused_until > now:
        return 0
    clock = now.timestamp()
    burst = max(1.0, per_second / 10)
    arrival = max(row.pace_tat, clock)
    free = min(want, int(burst - (arrival - clock) * per_second + 1e-6))
    if free > 0:
        await connection.execute(update(identity).values(pace_tat=arrival + free / per_second))
    return max(free, 0)


async def spend_pace(connection: AsyncConnection, *, now: datetime, sends: int, per_second: float) -> None:
    """Debit sends that did not ask first: a reply to a person never waits, but bulk pays for it."""
    tat = (await connection.execute(select(identity.c.pace_tat).with_for_update())).scalar_one()
    await connection.execute(update(identity).values(pace_tat=max(tat, now.timestamp()) + sends / per_second))


async def pause_sending(connection: AsyncConnection, *, until: datetime) -> None:
    """Hold all bulk sending until then; survives a restart."""
    await connection.execute(update(identity).values(paused_until=until.astimezone(UTC)))


async def find_paused_until(connection: AsyncConnection) -> datetime | None:
    """Until when all bulk sending is held, if it is."""
    return (await connection.execute(select(identity.c.paused_until))).scalar_one_or_none()
