"""What /status tells that no other module keeps."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import alerts, entries, stories


@dataclass(frozen=True, slots=True)
class LastAlert:
    """The newest alert: its headline, when it was published, and its message in the ledger."""

    title: str
    published_at: datetime
    message_id: int


async def find_last_alert(connection: AsyncConnection) -> LastAlert | None:
    """The newest alert, or None."""
    query = (
        select(entries.c.title, alerts.c.published_at, alerts.c.message_id)
        .select_from(alerts)
        .join(stories, stories.c.id == alerts.c.story_id)
        .join(entries, entries.c.id == stories.c.lead_entry_id)
        .order_by(alerts.c.published_at.desc(), alerts.c.id.desc())
        .limit(1)
    )
    row = (await connection.execute(query)).one_or_none()
    return LastAlert(row.title, row.published_at, row.message_id) if row else None
