"""Digests that list what was corrected or withdrawn, and have not been looked at for that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.amendment import AmendmentKind, AmendmentState
from bot.store.amendments import DECIDED
from bot.store.schema import alerts, amendments, digest_stories, entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Outdated:
    """A digest (by its message), and the amendment of one of its alerts; `note` is None where that was withdrawn."""

    digest_id: int
    amendment_id: int
    alert_message_id: int
    author_id: int
    note: str | None


async def list_outdated(connection: AsyncConnection, since: datetime, limit: int) -> Sequence[Outdated]:
    """Some of them, by what was decided since then, the earliest decision first."""
    done = amendments.alias()
    looked_at = exists().where(
        done.c.message_id == digest_stories.c.message_id,
        done.c.kind == AmendmentKind.LISTED.value,
        done.c.note == cast(amendments.c.id, String),
    )
    query = (
        select(amendments, digest_stories.c.message_id.label("digest_id"))
        .join(digest_stories, digest_stories.c.alert_message_id == amendments.c.message_id)
        .where(
            amendments.c.state.in_(DECIDED),
            amendments.c.kind != AmendmentKind.LISTED.value,
            amendments.c.decided_at > since,
            ~looked_at,
        )
        .order_by(amendments.c.id, digest_stories.c.message_id)
        .limit(limit)
    )
    return [
        Outdated(
            digest_id=row.digest_id,
            amendment_id=row.id,
            alert_message_id=row.message_id,
            author_id=row.author_id,
            note=None if row.kind == AmendmentKind.WITHDRAW.value else row.note,
        )
        for row in await connection.execute(query)
    ]


async def list_names(connection: AsyncConnection, alert_message_id: int) -> tuple[set[str], set[str]]:
    """By what a story may be named in a digest: its entries' headlines, and their addresses."""
    query = (
        select(entries.c.title, entries.c.url)
        .join(alerts, alerts.c.story_id == entries.c.story_id)
        .where(alerts.c.message_id == alert_message_id)
    )
    rows = (await connection.execute(query)).all()
    return {row.title for row in rows}, {row.url for row in rows if row.url}


async def add_listed(connection: AsyncConnection, outdated: Outdated, *, working: bool, now: datetime) -> int:
    """Note that a digest was looked at; its copies are gone through where it is `working`. Returns the row's id."""
    values = {
        "message_id": outdated.digest_id,
        "kind": AmendmentKind.LISTED.value,
        "state": (AmendmentState.WORKING if working else AmendmentState.DONE).value,
        "author_id": outdated.author_id,
        "created_at": now,
        "decided_at": now,
        "note": str(outdated.amendment_id),
        "ended_at": None if working else now,
    }
    return int((await connection.execute(insert(amendments).values(values).returning(amendments.c.id))).scalar_one())
