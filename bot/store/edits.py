"""What reviewers choose for a story's alert, until it is applied; and what was applied."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.editing import Edit
from bot.model.finding import Finding
from bot.store.codec import dump
from bot.store.schema import edits, findings


def digest_of_finding(finding: Finding, ask: str | None) -> str:
    """The SHA-256 (64 hex digits) of what an alert is composed from."""
    whole = json.dumps([dump("finding", finding), ask], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


async def find_ask(connection: AsyncConnection, story_id: int) -> str | None:
    """What an organiser chose to ask for: an action's id, "" for nothing; None where nobody has chosen."""
    ask: str | None = (await connection.execute(select(findings.c.ask).where(findings.c.story_id == story_id))).scalar()
    return ask


async def put_edited(connection: AsyncConnection, story_id: int, finding: Finding, ask: str | None) -> None:
    """Let the alert be composed from this; a later reading of the page replaces it."""
    values = {"finding": dump("finding", finding), "ask": ask}
    await connection.execute(update(findings).where(findings.c.story_id == story_id).values(values))


@dataclass(frozen=True, slots=True)
class NewEdit:
    """A choice that begins; its columns in `edits`."""

    story_id: int
    card_id: int
    editor_id: int
    chosen: list[int]
    ask: str | None
    base: str


async def add_edit(connection: AsyncConnection, edit: NewEdit, *, now: datetime) -> int:
    """Begin a choice; returns its id."""
    added = insert(edits).values(**asdict(edit), created_at=now).returning(edits.c.id)
    return int((await connection.execute(added)).scalar_one())


async def find_edit(connection: AsyncConnection, edit_id: int) -> Edit | None:
    """A choice that is still being made, or None."""
    row = (
        await connection.execute(select(edits).where(edits.c.id == edit_id, edits.c.ended_at.is_(None)))
    ).one_or_none()
    return as_edit(row) if row else None


async def find_edit_of(connection: AsyncConnection, card_id: int, editor_id: int, base: str) -> Edit | None:
    """The choice that this person is making on this card, from the same finding; the newest of several."""
    theirs = [edits.c.card_id == card_id, edits.c.editor_id == editor_id, edits.c.base == base]
    query = select(edits).where(*theirs, edits.c.ended_at.is_(None)).order_by(edits.c.id.desc()).limit(1)
    row = (await connection.execute(query)).one_or_none()
    return as_edit(row) if row else None


async def set_choice(connection: AsyncConnection, edit_id: int, chosen: Sequence[int], ask: str | None) -> None:
    """Remember what is chosen now."""
    await connection.execute(update(edits).where(edits.c.id == edit_id).values(chosen=list(chosen), ask=ask))


async def end_edit(connection: AsyncConnection, edit_id: int, now: datetime) -> None:
    """The choice was applied, or dropped."""
    await connection.execute(update(edits).where(edits.c.id == edit_id).values(ended_at=now))


def as_edit(row: Row[Any]) -> Edit:
    """A row as its noun."""
    return Edit(
        id=row.id,
        story_id=row.story_id,
        card_id=row.card_id,
        editor_id=row.editor_id,
        chosen=tuple(row.chosen),
        ask=row.ask,
        base=row.base,
    )
