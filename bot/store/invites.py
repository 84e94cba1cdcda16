"""Invitations, each move of theirs made once: a link is used by one person, and confirmed or refused once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.invite import Invite, Outcome
from bot.model.organiser import Role
from bot.store.schema import invites


async def add_invite(
    connection: AsyncConnection, digest: str, role: Role, *, by: int, now: datetime, expires_at: datetime
) -> int:
    """A new invitation whose link's secret has this digest; returns its id."""
    values = {"secret_digest": digest, "role": role.value, "inviter_id": by, "created_at": now}
    added = insert(invites).values(**values, expires_at=expires_at).returning(invites.c.id)
    return int((await connection.execute(added)).scalar_one())


async def find_invite(connection: AsyncConnection, invite_id: int) -> Invite | None:
    """One invitation, or None."""
    return await find_where(connection, invites.c.id == invite_id)


async def find_by_digest(connection: AsyncConnection, digest: str) -> Invite | None:
    """The invitation whose link's secret has this digest, or None."""
    return await find_where(connection, invites.c.secret_digest == digest)


async def find_where(connection: AsyncConnection, this: ColumnElement[bool]) -> Invite | None:
    """The one that is meant, or None."""
    row = (await connection.execute(select(invites).where(this))).one_or_none()
    return as_invite(row) if row else None


async def list_open_invites(connection: AsyncConnection) -> Sequence[Invite]:
    """Invitations that are neither decided nor withdrawn, be they out of date; the oldest first."""
    query = select(invites).where(invites.c.outcome.is_(None)).order_by(invites.c.id)
    return [as_invite(row) for row in await connection.execute(query)]


async def use_invite(connection: AsyncConnection, invite_id: int, *, by: int, now: datetime) -> bool:
    """Somebody accepts; False where somebody else did, or it has ended."""
    unused = [invites.c.id == invite_id, invites.c.used_by.is_(None), invites.c.outcome.is_(None)]
    return (await connection.execute(update(invites).where(*unused).values(used_by=by, used_at=now))).rowcount == 1


async def end_invite(connection: AsyncConnection, invite_id: int, outcome: Outcome, now: datetime) -> bool:
    """Decide an invitation; False where that was done before."""
    undecided = [invites.c.id == invite_id, invites.c.outcome.is_(None)]
    values: dict[str, Any] = {"outcome": outcome.value, "ended_at": now}
    if outcome is not Outcome.CONFIRMED:
        # Who is no organiser is nobody whose number we keep.
        values["used_by"] = None
    return (await connection.execute(update(invites).where(*undecided).values(values))).rowcount == 1


def as_invite(row: Row[Any]) -> Invite:
    """A row as its noun."""
    return Invite(
        id=row.id,
        role=Role(row.role),
        inviter_id=row.inviter_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_by=row.used_by,
        used_at=row.used_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )
