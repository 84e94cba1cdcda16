"""Cards: messages to organisers that wait for a decision, and notices that ask for none."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.organiser import CardKind
from bot.store.schema import cards


async def add_notice(connection: AsyncConnection, kind: str, values: dict[str, Any], *, now: datetime) -> int:
    """Owe organisers a notice; `kind` names its sentence, `values` are what it is given. Returns the card's id."""
    text = json.dumps({"kind": kind, "values": values})
    row = {"kind": CardKind.NOTICE.value, "subject_ids": [], "text": text, "created_at": now}
    return int((await connection.execute(insert(cards).values(row).returning(cards.c.id))).scalar_one())
