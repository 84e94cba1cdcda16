"""Leading: the official source speaks for a story, whenever it arrives."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feed import FeedKind
from bot.model.story import Outcome, Verdict
from bot.store.cards import end_cards_of
from bot.store.joining import find_lead, take_lead

RANK: Final[Mapping[FeedKind, int]] = {FeedKind.INSPECTORATE: 2, FeedKind.GOVERNMENT: 1, FeedKind.PARLIAMENT: 1}
"""Who speaks for a story before whom: the inspectorate, then public bodies, then all others."""


async def lead_officially(
    connection: AsyncConnection, story_id: int, row_id: int, kind: FeedKind, verdict: Verdict, *, now: datetime
) -> None:
    """Let an entry that has joined a story lead it, if it is certain and more official than what leads it now.

    What waits is read again from there. What is published keeps its alert, and nobody is told again.
    """
    if verdict.outcome is not Outcome.ALERT:
        return
    lead = await find_lead(connection, story_id)
    if lead is None or rank(kind) <= rank(lead.entry.kind):
        return
    if await take_lead(connection, story_id, row_id):
        await end_cards_of(connection, story_id, now=now)


def rank(kind: FeedKind | None) -> int:
    """How official a kind of source is."""
    return RANK.get(kind, 0) if kind else 0
