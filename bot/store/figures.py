"""Counts that health, metrics and the sandbox show; never anything about one person."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.delivery import DeliveryState
from bot.model.story import StoryState
from bot.model.subscriber import Wants
from bot.store.schema import alerts, deliveries, entries, feeds, stories
from bot.store.subscribers import count_subscribers


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
    deliveries_open: int
    deliveries_sent: int
    deliveries_unknown: int


async def get_figures(connection: AsyncConnection) -> Figures:
    """Count everything once."""
    state = deliveries.c.state
    polled = [feeds.c.listed, feeds.c.enabled]
    return Figures(
        feeds=await count(connection, feeds, *polled),
        feeds_failing=await count(connection, feeds, *polled, feeds.c.failures > 0),
        entries=await count(connection, entries),
        stories_waiting=await count(connection, stories, stories.c.state == StoryState.WAITING.value),
        alerts=await count(connection, alerts),
        subscribers_to_alerts=await count_subscribers(connection, Wants.ALERTS),
        subscribers_to_calls=await count_subscribers(connection, Wants.CALLS),
        deliveries_open=await count(connection, deliveries, state.in_(["pending", "claimed"])),
        deliveries_sent=await count(connection, deliveries, state == DeliveryState.SENT.value),
        deliveries_unknown=await count(connection, deliveries, state == DeliveryState.UNKNOWN.value),
    )


async def count(connection: AsyncConnection, table: Table, *where: ColumnElement[bool]) -> int:
    """How many rows of a table are so."""
    return int((await connection.execute(select(func.count()).select_from(table).where(*where))).scalar_one())
