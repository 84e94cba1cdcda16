"""Who has a role: the config's owners, and those who were invited, until they are removed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.organiser import Organiser, Role
from bot.store.schema import organisers


async def find_organiser(connection: AsyncConnection, user_id: int, owners: Collection[int]) -> Organiser | None:
    """Whoever has this Telegram user id, if they have a role; `owners` are the config's, and nobody removes them."""
    if user_id in owners:
        return Organiser(user_id=user_id, role=Role.OWNER)
    query = select(organisers).where(organisers.c.user_id == user_id, organisers.c.removed_at.is_(None))
    row = (await connection.execute(query)).one_or_none()
    return as_organiser(row) if row else None


async def find_role(connection: AsyncConnection, user_id: int, owners: Collection[int]) -> Role | None:
    """Their role, or None."""
    found = await find_organiser(connection, user_id, owners)
    return found.role if found else None


async def list_organisers(connection: AsyncConnection, owners: Collection[int]) -> Sequence[Organiser]:
    """Everybody with a role, the owners first, then by when they came."""
    query = select(organisers).where(organisers.c.removed_at.is_(None)).order_by(organisers.c.since_at)
    invited = [as_organiser(row) for row in await connection.execute(query)]
    own = [Organiser(user_id=owner, role=Role.OWNER) for owner in sorted(owners)]
    return [*own, *(one for one in invited if one.user_id not in owners)]


async def put_organiser(
    connection: AsyncConnection, user_id: int, role: Role, *, invited_by: int, now: datetime
) -> None:
    """Give somebody a role; who was removed before gets their row back."""
    values = {"role": role.value, "invited_by": invited_by, "since_at": now, "removed_at": None, "removed_by": None}
    changed = await connection.execute(update(organisers).where(organisers.c.user_id == user_id).values(values))
    if changed.rowcount == 0:
        await connection.execute(insert(organisers).values(user_id=user_id, **values))


async def remove_organiser(connection: AsyncConnection, user_id: int, *, by: int, now: datetime) -> bool:
    """Take somebody's role away; False where they have none in the database."""
    theirs = [organisers.c.user_id == user_id, organisers.c.removed_at.is_(None)]
    removed = update(organisers).where(*theirs).values(removed_at=now, removed_by=by)
    return (await connection.execute(removed)).rowcount == 1


def as_organiser(row: Row[Any]) -> Organiser:
    """A row as its noun."""
    return Organiser(user_id=row.user_id, role=Role(row.role), invited_by=row.invited_by, since_at=row.since_at)
