"""Corrections and withdrawals, each step made only from where the caller thinks it stands; and their public log."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, exists, func, insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.amendment import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    Body,
    LoggedAmendment,
    Step,
    next_state,
)
from bot.model.delivery import MessageKind
from bot.model.message import Message
from bot.store.codec import dump, load_buttons
from bot.store.schema import (
    alerts,
    amendments,
    broadcasts,
    digest_items,
    entries,
    message_texts,
    messages,
    stories,
)

NOTHING_ELSE = Body()
WAITS = (AmendmentState.AWAITING_NOTE.value, AmendmentState.AWAITING_TEXT.value)
OPEN = (*WAITS, AmendmentState.DRAFT.value, AmendmentState.SUBMITTED.value, AmendmentState.WORKING.value)
DECIDED = (AmendmentState.WORKING.value, AmendmentState.DONE.value, AmendmentState.SUPERSEDED.value)


async def add_amendment(
    connection: AsyncConnection,
    message_id: int,
    kind: AmendmentKind,
    *,
    by: int,
    now: datetime,
    note: str = "",
    body: Body = NOTHING_ELSE,
) -> int:
    """A correction whose note is awaited, or a withdrawal that begins at once; returns its id."""
    begins = kind is AmendmentKind.WITHDRAW
    values = {
        "message_id": message_id,
        "kind": kind.value,
        "state": (AmendmentState.WORKING if begins else AmendmentState.AWAITING_NOTE).value,
        "author_id": by,
        "created_at": now,
        "decided_at": now if begins else None,
        "note": note,
        "body": asdict(body),
    }
    return int((await connection.execute(insert(amendments).values(values).returning(amendments.c.id))).scalar_one())


async def find_amendment(connection: AsyncConnection, amendment_id: int) -> Amendment | None:
    """One, or None."""
    row = (await connection.execute(select(amendments).where(amendments.c.id == amendment_id))).one_or_none()
    return as_amendment(row) if row else None


async def find_waiting(connection: AsyncConnection, author_id: int) -> Amendment | None:
    """The correction for which this author's next message is the note or the text, or None; the newest of several."""
    waits = [amendments.c.author_id == author_id, amendments.c.state.in_(WAITS)]
    found = await list_where(connection, select(amendments).where(*waits).order_by(amendments.c.id.desc()).limit(1))
    return found[0] if found else None


async def list_working(connection: AsyncConnection) -> Sequence[Amendment]:
    """Those whose copies are being gone through, withdrawals first."""
    query = select(amendments).where(amendments.c.state == AmendmentState.WORKING.value)
    return await list_where(connection, query.order_by(amendments.c.kind.desc(), amendments.c.id))


async def list_open_of(connection: AsyncConnection, message_id: int) -> Sequence[Amendment]:
    """What is being prepared or done about a message."""
    return await list_where(
        connection, select(amendments).where(amendments.c.message_id == message_id, amendments.c.state.in_(OPEN))
    )


async def list_where(connection: AsyncConnection, query: Select[Any]) -> Sequence[Amendment]:
    """The rows as nouns."""
    return [as_amendment(row) for row in await connection.execute(query)]


async def move_amendment(connection: AsyncConnection, amendment: Amendment, step: Step, **values: Any) -> bool:
    """Make a step with the columns that change with it; False where it leads nowhere, or somebody was first.

    Only the state and the digest that the caller saw are moved on, so that nothing is decided about other words.
    """
    target = next_state(amendment.state, step)
    if target is None:
        return False
    seen = [
        amendments.c.id == amendment.id,
        amendments.c.state == amendment.state.value,
        amendments.c.digest == amendment.digest,
    ]
    result = await connection.execute(update(amendments).where(*seen).values(state=target.value, **values))
    return result.rowcount == 1


def as_values(amendment: Amendment) -> dict[str, Any]:
    """The columns of what readers would see."""
    texts = {
        language: {
            "text": text.text,
            "buttons": dump("buttons", text.buttons),
            "body": amendment.bodies.get(language, ""),
        }
        for language, text in amendment.texts.items()
    }
    return {
        "note": amendment.note,
        "body": asdict(amendment.body),
        "texts": texts,
        "tell": amendment.tell,
        "digest": amendment.digest,
    }


async def find_last_correction(connection: AsyncConnection, message_id: int) -> Amendment | None:
    """The correction that a message shows, or None."""
    shown = [
        amendments.c.message_id == message_id,
        amendments.c.kind == AmendmentKind.CORRECT.value,
        amendments.c.state.in_(DECIDED),
        amendments.c.decided_at.is_not(None),
    ]
    found = await list_where(connection, select(amendments).where(*shown).order_by(amendments.c.id.desc()).limit(1))
    return found[0] if found else None


async def list_told(connection: AsyncConnection, message_id: int) -> Sequence[int]:
    """The short messages that told of corrections to a message."""
    query = select(amendments.c.told_id).where(amendments.c.message_id == message_id, amendments.c.told_id.is_not(None))
    return list((await connection.execute(query)).scalars())


async def put_texts(connection: AsyncConnection, message_id: int, texts: Mapping[str, Message]) -> None:
    """Let what is not sent yet be sent in these words; pictures stay."""
    for language, text in texts.items():
        which = [message_texts.c.message_id == message_id, message_texts.c.language == language]
        values = {"text": text.text, "buttons": dump("buttons", text.buttons)}
        await connection.execute(update(message_texts).where(*which).values(values))


async def drop_pictures(connection: AsyncConnection, message_id: int) -> None:
    """Let what is not sent yet be sent without its picture or attachment."""
    bare = update(message_texts).where(message_texts.c.message_id == message_id)
    await connection.execute(bare.values(picture=None, picture_file_id=None, attachment=None))


async def advance(connection: AsyncConnection, amendment: Amendment, **values: Any) -> bool:
    """Keep how far it is; False where another has moved it meanwhile."""
    where = [
        amendments.c.id == amendment.id,
        amendments.c.state == AmendmentState.WORKING.value,
        amendments.c.position == amendment.position,
        amendments.c.changed == amendment.changed,
        amendments.c.marked == amendment.marked,
        amendments.c.failed == amendment.failed,
    ]
    return (await connection.execute(update(amendments).where(*where).values(values))).rowcount == 1


async def mark_amended(connection: AsyncConnection, message_id: int, *, now: datetime, withdrawn: bool) -> None:
    """The message is corrected, or withdrawn: then no digest lists it any more."""
    column = "withdrawn_at" if withdrawn else "corrected_at"
    await connection.execute(update(messages).where(messages.c.id == message_id).values({column: now}))
    if withdrawn:
        await connection.execute(delete(digest_items).where(digest_items.c.message_id == message_id))


async def list_logged(connection: AsyncConnection, limit: int, *, offset: int = 0) -> Sequence[LoggedAmendment]:
    """The public log, the newest first. A withdrawn message is not named: its words are why it was taken back.

    Of a rehearsal it says nothing: no reader got one.
    """
    rehearsed = exists().where(broadcasts.c.message_id == amendments.c.message_id, broadcasts.c.training)
    title = func.coalesce(entries.c.title, literal(""))
    query = (
        select(amendments, messages.c.created_at.label("sent_at"), messages.c.withdrawn_at, title.label("title"))
        .join(messages, messages.c.id == amendments.c.message_id)
        .outerjoin(alerts, alerts.c.message_id == amendments.c.message_id)
        .outerjoin(stories, stories.c.id == alerts.c.story_id)
        .outerjoin(entries, entries.c.id == stories.c.lead_entry_id)
        .where(amendments.c.decided_at.is_not(None), amendments.c.state.in_(DECIDED))
        .where(amendments.c.kind != AmendmentKind.LISTED.value, messages.c.kind != MessageKind.CORRECTION.value)
        .where(~rehearsed)
        .order_by(amendments.c.decided_at.desc(), amendments.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [
        LoggedAmendment(
            kind=AmendmentKind(row.kind),
            title="" if row.withdrawn_at else row.title,
            note="" if row.withdrawn_at and row.kind == AmendmentKind.CORRECT.value else row.note,
            sent_at=row.sent_at,
            decided_at=row.decided_at,
        )
        for row in await connection.execute(query)
    ]


async def mark_broadcast_stopped(connection: AsyncConnection, message_id: int, *, by: int) -> None:
    """Let the broadcast's card say who ended it, if it is still being sent."""
    going = [broadcasts.c.message_id == message_id, broadcasts.c.ended_by.is_(None), broadcasts.c.state == "sending"]
    await connection.execute(update(broadcasts).where(*going).values(ended_by=by, ended_reason="withdraw"))


def as_amendment(row: Row[Any]) -> Amendment:
    """A row as its noun."""
    body = row.body or {}
    return Amendment(
        id=row.id,
        message_id=row.message_id,
        kind=AmendmentKind(row.kind),
        state=AmendmentState(row.state),
        author_id=row.author_id,
        created_at=row.created_at,
        note=row.note,
        body=Body(**{**body, "sentences": tuple(body.get("sentences", ()))}),
        texts={language: Message(one["text"], load_buttons(one["buttons"])) for language, one in row.texts.items()},
        bodies={language: one["body"] for language, one in row.texts.items()},
        tell=row.tell,
        digest=row.digest,
        approver_id=row.approver_id,
        decided_at=row.decided_at,
        position=row.position,
        in_flight=tuple(row.in_flight),
        changed=row.changed,
        marked=row.marked,
        failed=row.failed,
        told_id=row.told_id,
        progress_at=row.progress_at,
        ended_at=row.ended_at,
    )
