"""Whose database this is, and the one pace that all sending shares."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Float, case, cast, extract, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import OtherBotError
from bot.store.schema import identity

MOST_AHEAD_SECONDS = 2.0
# The next arrival may lag this far behind the clock, so that a late claim catches up; no second has a tenth too much.
LAG_SECONDS = 0.1
# No debt reaches so far ahead: one send at the lowest rate that is of any use costs less.
FARTHEST_SECONDS = 600.0
# A flood lowers the rate to this share of it, and a minute without one gives a twentieth back.
SLOWER = 0.7
SLOWEST = 0.1
RECOVERY_SECONDS = 1200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How sending stands: held or not, how many seconds its next arrival is ahead, which share of the rate is left."""

    held: bool
    ahead: float
    share: float


@dataclass(frozen=True, slots=True)
class Freeze:
    """An organiser's stop for all bulk sending: when, and whose (a user id)."""

    at: datetime
    by: int


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


async def get_pace(connection: AsyncConnection, now: datetime) -> Pace:
    """How sending stands now; it locks nothing."""
    clock = clock_of(connection, now)
    ahead = (believed(clock) - clock).label("ahead")
    row = (await connection.execute(select(ahead, identity))).one()
    paused = row.paused_until is not None and row.paused_until > now
    held = paused or row.gone_card_id is not None or row.frozen_at is not None
    return Pace(held=held, ahead=row.ahead, share=share_left(row.slowed_to, row.slowed_at, now))


async def take_pace(connection: AsyncConnection, *, now: datetime, sends: int, per_second: float) -> float:
    """Debit sends that were just claimed; returns the seconds to wait before the first of them.

    GCRA: each send moves the next arrival by 1/rate. Ask it last in a claim's transaction: the row is locked from here
    on. PostgreSQL's own clock counts there, so that machines whose clocks differ keep one pace.
    """
    clock = clock_of(connection, now)
    begin = larger(believed(clock), clock - LAG_SECONDS)
    debit = update(identity).values(pace_tat=begin + sends / per_second).returning(identity.c.pace_tat - clock)
    ahead: float = (await connection.execute(debit)).scalar_one()
    return max(0.0, ahead - sends / per_second)


async def spend_pace(connection: AsyncConnection, *, now: datetime, sends: int, per_second: float) -> None:
    """Debit replies to people, which never wait but which bulk pays for.

    Debts end two seconds ahead of the clock, or a flood of people's messages would hold alerts for hours.
    """
    clock = clock_of(connection, now)
    owed = larger(believed(clock), clock) + sends / per_second
    most = clock + MOST_AHEAD_SECONDS
    capped = case((owed < most, owed), else_=most)
    await connection.execute(update(identity).values(pace_tat=larger(believed(clock), capped)))


async def pause_sending(connection: AsyncConnection, *, until: datetime) -> None:
    """Hold all bulk sending until then; survives a restart. A longer hold is never shortened."""
    longer = or_(identity.c.paused_until.is_(None), identity.c.paused_until < until)
    await connection.execute(update(identity).where(longer).values(paused_until=until))


async def freeze_sending(connection: AsyncConnection, *, by: int, now: datetime) -> bool:
    """Hold all bulk sending until somebody lifts it; False where it is held so already.

    It waits for claims that have taken their pace, so that none is made any more when this transaction has ended.
    """
    free = update(identity).where(identity.c.frozen_at.is_(None))
    return (await connection.execute(free.values(frozen_at=now, frozen_by=by))).rowcount == 1


async def lift_freeze(connection: AsyncConnection, *, since: datetime) -> bool:
    """Let bulk sending go on; False where what was frozen at that time is so no more."""
    frozen = update(identity).where(identity.c.frozen_at == since)
    return (await connection.execute(frozen.values(frozen_at=None, frozen_by=None))).rowcount == 1


async def find_freeze(connection: AsyncConnection) -> Freeze | None:
    """Since when, and by whom, all bulk sending is held; None where it is not.

    In a transaction that has taken its pace the answer holds to the end: whoever freezes waits for it.
    """
    row = (await connection.execute(select(identity.c.frozen_at, identity.c.frozen_by))).one_or_none()
    return Freeze(row.frozen_at, row.frozen_by) if row is not None and row.frozen_at is not None else None


async def slow_down(connection: AsyncConnection, now: datetime) -> float:
    """Lower the rate of all bulk sending, which recovers from now on; returns the share of it that is left."""
    row = (await connection.execute(select(identity.c.slowed_to, identity.c.slowed_at).with_for_update())).one()
    share = max(SLOWEST, share_left(row.slowed_to, row.slowed_at, now) * SLOWER)
    await connection.execute(update(identity).values(slowed_to=share, slowed_at=now))
    return share


async def find_paused_until(connection: AsyncConnection) -> datetime | None:
    """Until when all bulk sending is held, if it is."""
    return (await connection.execute(select(identity.c.paused_until))).scalar_one_or_none()


def share_left(slowed_to: float, slowed_at: datetime | None, now: datetime) -> float:
    """The share of the configured rate, some time after it was lowered."""
    if slowed_at is None:
        return 1.0
    return min(1.0, slowed_to + max(0.0, (now - slowed_at).total_seconds()) / RECOVERY_SECONDS)


def clock_of(connection: AsyncConnection, now: datetime) -> Any:
    """The time in seconds of the Unix epoch: PostgreSQL's own; on SQLite, where there is one process, its `now`."""
    if connection.dialect.name == "postgresql":
        return cast(extract("epoch", func.clock_timestamp()), Float)
    return literal(now.timestamp(), Float)


def believed(clock: Any) -> Any:
    """The next arrival; the clock itself where it is further ahead than any debt: then the clock was set back."""
    return case((identity.c.pace_tat > clock + FARTHEST_SECONDS, clock), else_=identity.c.pace_tat)


def larger(one: Any, other: Any) -> Any:
    """The larger of two numbers, on either database."""
    return case((one > other, one), else_=other)


async def find_username(connection: AsyncConnection) -> str:
    """The bot's user name; "" before Telegram has told it."""
    return (await connection.execute(select(identity.c.bot_username))).scalar() or ""
