"""Counts that health, metrics and /status show; never anything about one person."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.story import StoryState
from bot.model.subscriber import Wants
from bot.store.feeds import live
from bot.store.schema import alerts, deliveries, entries, stories
from bot.store.subscribers import count_subscribers

# In these words SQLite finds the indexes of open rows, so that these counts cost the same after a million deliveries.
PENDING: ColumnElement[bool] = literal_column("deliveries.state = 'pending'")
CLAIMED: ColumnElement[bool] = literal_column("deliveries.state = 'claimed'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many there are of each, now."""

    feeds: int
    feeds_failing: int
    entries: int
    stories_waiting: int
    alerts: int
    subscribers_to_alerts: int
    subscribers_to_calls: int
    deliveries_pending: int
    deliveries_claimed: int

    @property
    def deliveries_open(self) -> int:
        """What is still owed."""
        return self.deliveries_pending + self.deliveries_claimed


async def get_figures(connection: AsyncConnection) -> Figures:
    """Count everything once."""
    polled = live().subquery()
    return Figures(
        feeds=await count(connection, polled),
        feeds_failing=await count(connection, polled, polled.c.failures > 0),
        entries=await count(connection, entries),
        stories_waiting=await count(connection, stories, stories.c.state == StoryState.WAITING.value),
        alerts=await count(connection, alerts),
        subscribers_to_alerts=await count_subscribers(connection, Wants.ALERTS),
        subscribers_to_calls=await count_subscribers(connection, Wants.CALLS),
        deliveries_pending=await count(connection, deliveries, PENDING),
        deliveries_claimed=await count(connection, deliveries, CLAIMED),
    )


async def count(connection: AsyncConnection, table: FromClause, *where: ColumnElement[bool]) -> int:
    """How many rows of a table are so."""
    return int((await connection.execute(select(func.count()).select_from(table).where(*where))).scalar_one())


async def count_verdicts(connection: AsyncConnection) -> dict[str, int]:
    """How many entries have each outcome."""
    query = select(entries.c.outcome, func.count()).group_by(entries.c.outcome)
    return {outcome: int(number) for outcome, number in await connection.execute(query)}
