"""Broadcasts, each move of theirs made only from where the caller thinks it stands; and the audit of decisions."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.broadcast import Broadcast, BroadcastState, Verb, digest_of, step
from bot.model.message import Message
from bot.store.codec import dump, load_buttons
from bot.store.schema import audit, broadcasts


async def add_broadcast(connection: AsyncConnection, author_id: int, *, now: datetime) -> int:
    """A broadcast that has no text yet; returns its id."""
    values = {
        "author_id": author_id,
        "state": BroadcastState.AWAITING_TEXT.value,
        "text": "",
        "buttons": [],
        "digest": "",
        "created_at": now,
    }
    return int((await connection.execute(insert(broadcasts).values(values).returning(broadcasts.c.id))).scalar_one())


async def find_broadcast(connection: AsyncConnection, broadcast_id: int) -> Broadcast | None:
    """One broadcast, or None."""
    row = (await connection.execute(select(broadcasts).where(broadcasts.c.id == broadcast_id))).one_or_none()
    return as_broadcast(row) if row else None


async def find_awaiting(connection: AsyncConnection, author_id: int) -> Broadcast | None:
    """The broadcast for which this author's next message is the text, or None; the newest where there are several."""
    query = (
        select(broadcasts)
        .where(broadcasts.c.author_id == author_id, broadcasts.c.state == BroadcastState.AWAITING_TEXT.value)
        .order_by(broadcasts.c.id.desc())
        .limit(1)
    )
    row = (await connection.execute(query)).one_or_none()
    return as_broadcast(row) if row else None


async def list_broadcasts(connection: AsyncConnection, states: Iterable[BroadcastState]) -> Sequence[Broadcast]:
    """Broadcasts in any of these states, the oldest first."""
    query = select(broadcasts).where(broadcasts.c.state.in_([s.value for s in states])).order_by(broadcasts.c.id)
    return [as_broadcast(row) for row in await connection.execute(query)]


async def list_unreceipted(connection: AsyncConnection) -> Sequence[Broadcast]:
    """Broadcasts that are done and whose receipt has not been given."""
    done = [broadcasts.c.state == BroadcastState.DONE.value, broadcasts.c.receipt_at.is_(None)]
    return [as_broadcast(row) for row in await connection.execute(select(broadcasts).where(*done))]


async def mark_receipted(connection: AsyncConnection, broadcast_id: int, now: datetime) -> None:
    """The receipt was given."""
    await connection.execute(update(broadcasts).where(broadcasts.c.id == broadcast_id).values(receipt_at=now))


async def move_broadcast(connection: AsyncConnection, broadcast: Broadcast, verb: Verb, **values: Any) -> bool:
    """Make a step with the columns that change with it; False where it leads nowhere, or somebody was first.

    Only the state and the digest that the caller saw are moved on, so that nothing is decided about other words.
    """
    target = step(broadcast.state, verb)
    if target is None:
        return False
    result = await connection.execute(
        update(broadcasts)
        .where(
            broadcasts.c.id == broadcast.id,
            broadcasts.c.state == broadcast.state.value,
            broadcasts.c.digest == broadcast.digest,
        )
        .values(state=target.value, **values)
    )
    return result.rowcount == 1


async def set_message(connection: AsyncConnection, broadcast_id: int, message_id: int) -> None:
    """Name the message that the broadcast became."""
    await connection.execute(update(broadcasts).where(broadcasts.c.id == broadcast_id).values(message_id=message_id))


async def write_text(connection: AsyncConnection, broadcast: Broadcast, message: Message, now: datetime) -> bool:
    """Give a broadcast its words; whatever was approved before is void."""
    return await move_broadcast(
        connection,
        broadcast,
        Verb.WRITE,
        text=message.text,
        buttons=dump("buttons", message.buttons),
        digest=digest_of(message),
        edited_at=now,
        approver_id=None,
        approved_at=None,
        approved_digest=None,
        send_at=None,
    )


async def add_deed(
    connection: AsyncConnection, user_id: int, verb: str, subject: str, *, now: datetime, digest: str | None = None
) -> None:
    """Write down what an organiser did; `subject` is "story:12", "broadcast:3"."""
    values = {"at": now, "user_id": user_id, "verb": verb, "subject": subject, "digest": digest or None}
    await connection.execute(insert(audit).values(values))


def as_broadcast(row: Row[*tuple[Any, ...]]) -> Broadcast:
    """A row as its noun."""
    return Broadcast(
        id=row.id,
        author_id=row.author_id,
        state=BroadcastState(row.state),
        text=row.text,
        buttons=load_buttons(row.buttons),
        digest=row.digest,
        created_at=row.created_at,
        approver_id=row.approver_id,
        approved_digest=row.approved_digest,
        send_at=row.send_at,
        message_id=row.message_id,
        ended_by=row.ended_by,
        ended_reason=row.ended_reason,
    )
