"""Who has a role: the config's owners, and those who were invited, until they are removed."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, select
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


def as_organiser(row: Row[Any]) -> Organiser:
    """A row as its noun."""
    return Organiser(user_id=row.user_id, role=Role(row.role), invited_by=row.invited_by, since_at=row.since_at)
