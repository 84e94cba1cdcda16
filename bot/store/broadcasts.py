"""Broadcasts, each move of theirs made only from where the caller thinks it stands; and the audit of decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.broadcast import Broadcast, BroadcastState, Verb, step
from bot.model.draft import Audience, Awaited, Draft, Start
from bot.store.codec import dump, load_buttons, load_draft
from bot.store.schema import audit, broadcasts, deliveries, messages

UNFINISHED = (BroadcastState.AWAITING_TEXT, BroadcastState.DRAFT, BroadcastState.SUBMITTED)


async def add_broadcast(
    connection: AsyncConnection,
    author_id: int,
    *,
    now: datetime,
    draft: Draft | None = None,
    training: bool = False,
    retry_of: int | None = None,
) -> int:
    """A broadcast that has no text yet; returns its id."""
    values = {
        "author_id": author_id,
        "state": BroadcastState.AWAITING_TEXT.value,
        "text": "",
        "buttons": [],
        "digest": "",
        "created_at": now,
        "draft": dump("draft", draft or Draft()),
        "training": training,
        "retry_of": retry_of,
    }
    return int((await connection.execute(insert(broadcasts).values(values).returning(broadcasts.c.id))).scalar_one())


async def find_broadcast(connection: AsyncConnection, broadcast_id: int) -> Broadcast | None:
    """One broadcast, or None."""
    row = (await connection.execute(select(broadcasts).where(broadcasts.c.id == broadcast_id))).one_or_none()
    return as_broadcast(row) if row else None


async def find_awaiting(connection: AsyncConnection, user_id: int) -> Broadcast | None:
    """The broadcast of which this person's next message is a part, or None; where several wait, who asked last."""
    unfinished = await list_broadcasts(connection, UNFINISHED)
    waiting = [(whose.asked_at, one.id, one) for one in unfinished if (whose := awaited_of(one, user_id))]
    return max(waiting, key=lambda found: found[:2])[2] if waiting else None


def awaited_of(broadcast: Broadcast, user_id: int) -> Awaited | None:
    """What a broadcast waits for from this person."""
    awaited = broadcast.draft.awaited
    return awaited if awaited is not None and awaited.user_id == user_id else None


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


async def set_message(
    connection: AsyncConnection, broadcast_id: int, message_id: int, expires_at: datetime | None = None
) -> None:
    """Name the message that the broadcast became, and when it expires."""
    values = {"message_id": message_id, "expires_at": expires_at}
    await connection.execute(update(broadcasts).where(broadcasts.c.id == broadcast_id).values(values))


VOID: dict[str, Any] = {
    "approver_id": None,
    "approved_at": None,
    "approved_digest": None,
    "send_at": None,
    "submitted_at": None,
}
"""Whatever was approved before does not count for what it has become."""


async def rewrite(
    connection: AsyncConnection, before: Broadcast, after: Broadcast, verb: Verb, *, by: int, now: datetime
) -> bool:
    """Make a step that changes what would be sent; False where it leads nowhere, or somebody was first."""
    values = {
        "text": after.text,
        "buttons": dump("buttons", after.buttons),
        "draft": dump("draft", after.draft),
        "digest": after.true_digest,
        "editor_id": by,
        "edited_at": now,
    }
    return await move_broadcast(connection, before, verb, **values, **VOID)


async def put_draft(connection: AsyncConnection, broadcast: Broadcast, draft: Draft) -> bool:
    """Keep what changes nothing that is sent: whose next message is what, where the panel is, how links answered."""
    same = [broadcasts.c.id == broadcast.id, broadcasts.c.digest == broadcast.digest]
    result = await connection.execute(update(broadcasts).where(*same).values(draft=dump("draft", draft)))
    return result.rowcount == 1


async def take_progress(connection: AsyncConnection, broadcast_id: int, *, now: datetime, since: datetime) -> bool:
    """Whether it is time to show its progress again (last shown at or before `since`): one process is told so."""
    shown = broadcasts.c.progress_at
    due = or_(shown.is_(None), shown <= since, shown > now)  # a clock that went back shows it, too
    taken = update(broadcasts).where(broadcasts.c.id == broadcast_id, due).values(progress_at=now)
    return (await connection.execute(taken)).rowcount == 1


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
        draft=load_draft(row.draft),
        editor_id=row.editor_id,
        submitted_at=row.submitted_at,
        approver_id=row.approver_id,
        approved_at=row.approved_at,
        approved_digest=row.approved_digest,
        send_at=row.send_at,
        message_id=row.message_id,
        expires_at=row.expires_at,
        progress_at=row.progress_at,
        ended_by=row.ended_by,
        ended_reason=row.ended_reason,
        training=row.training,
        retry_of=row.retry_of,
    )


async def add_copy(
    connection: AsyncConnection, failed: Broadcast, author_id: int, *, now: datetime
) -> Broadcast | None:
    """A draft of the same words for those whom a broadcast failed to reach; None if there is one already."""
    ended = (BroadcastState.CANCELLED.value, BroadcastState.REJECTED.value)
    alive = [broadcasts.c.retry_of == failed.id, broadcasts.c.state.not_in(ended)]
    if (await connection.execute(select(broadcasts.c.id).where(*alive).limit(1))).one_or_none() is not None:
        return None
    draft = replace(failed.draft, start=Start.NOW, start_at=None, awaited=None, panel=None, audience=Audience())
    added = await add_broadcast(connection, author_id, now=now, draft=draft, retry_of=failed.id)
    empty = await find_broadcast(connection, added)
    if empty is None:
        return None
    whole = replace(empty, text=failed.text, buttons=failed.buttons)
    await rewrite(connection, empty, whole, Verb.WRITE, by=author_id, now=now)
    return await find_broadcast(connection, added)


async def is_amended(connection: AsyncConnection, broadcast_id: int) -> bool:
    """Whether what a broadcast said was corrected or withdrawn since it was sent."""
    amended = or_(messages.c.withdrawn_at.is_not(None), messages.c.corrected_at.is_not(None))
    query = select(broadcasts.c.id).join(messages, messages.c.id == broadcasts.c.message_id)
    return (await connection.execute(query.where(broadcasts.c.id == broadcast_id, amended))).one_or_none() is not None


async def list_retries(connection: AsyncConnection, message_id: int) -> Sequence[int]:
    """The messages of broadcasts that sent the same words: retries of this one, and what it tried again."""
    query = select(broadcasts.c.id, broadcasts.c.retry_of, broadcasts.c.message_id)
    ours = broadcasts.c.message_id == message_id
    found = {row.id: row for row in await connection.execute(query.where(ours))}
    more = dict(found)
    while more:
        near = or_(
            broadcasts.c.retry_of.in_(list(more)), broadcasts.c.id.in_([row.retry_of or 0 for row in more.values()])
        )
        more = {row.id: row for row in await connection.execute(query.where(near)) if row.id not in found}
        found |= more
    return sorted(row.message_id for row in found.values() if row.message_id not in {None, message_id})


async def set_paused(connection: AsyncConnection, message_id: int, paused_at: datetime | None) -> None:
    """Let what is left of a message wait (or go on, with None): claims look at it."""
    await connection.execute(update(messages).where(messages.c.id == message_id).values(paused_at=paused_at))


async def is_paused(connection: AsyncConnection, message_id: int) -> bool:
    """Whether an organiser lets it wait."""
    found = select(messages.c.paused_at).where(messages.c.id == message_id, messages.c.paused_at.is_not(None))
    return (await connection.execute(found)).one_or_none() is not None


async def count_lately(connection: AsyncConnection, message_id: int, since: datetime) -> int:
    """How many of a message's deliveries were settled since then."""
    settled = [deliveries.c.message_id == message_id, deliveries.c.settled_at > since]
    return int((await connection.execute(select(func.count()).where(*settled))).scalar_one())
