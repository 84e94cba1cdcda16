"""Canary: each alert must reach somebody soon after it was published, or organisers are told, and told when it has."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store import Store
from bot.store.cards import add_notice
from bot.store.watched import Watched, list_told, list_watched

log = logging.getLogger(__name__)

LATE_AFTER = timedelta(minutes=15)
# Longer than this after its publication an alert is no news of whether the bot works.
WATCHED_FOR = timedelta(hours=24)
LATE, ARRIVED = "late-alert", "late-alert-arrived"


@dataclass(frozen=True, slots=True)
class News:
    """What organisers have not been told: alerts that have reached nobody in time, and those that have after all."""

    late: Sequence[Watched] = ()
    arrived: Sequence[Watched] = ()


def list_late(watched: Sequence[Watched]) -> Sequence[Watched]:
    """Of alerts whose time is up, those that somebody waits for and nobody has."""
    return [one for one in watched if one.owed and not one.arrived]


def judge(watched: Sequence[Watched], told_late: Collection[int], told_arrived: Collection[int]) -> News:
    """What is news, given the ids of the alerts that organisers were told of before. Each is told once of each."""
    return News(
        late=[one for one in list_late(watched) if one.alert_id not in told_late],
        arrived=[
            one for one in watched if one.arrived and one.alert_id in told_late and one.alert_id not in told_arrived
        ],
    )


async def list_young(connection: AsyncConnection, now: datetime) -> Sequence[Watched]:
    """The alerts whose time is up, and not for longer than a day, the oldest first."""
    until = now - LATE_AFTER
    return await list_watched(connection, since=now - WATCHED_FOR, until=until, now=until)


@dataclass(frozen=True, kw_only=True)
class Canary:
    """Watches the alerts of the last day."""

    store: Store
    now: Callable[[], datetime]
    wake: Callable[[str], None]

    async def tick(self) -> int:
        """Tell organisers what is news; returns how many alerts that is about."""
        now = self.now()
        async with self.store.read() as connection:
            watched = await list_young(connection, now)
            if not watched:
                return 0
            told = [await list_told(connection, key, since=now - WATCHED_FOR) for key in (LATE, ARRIVED)]
        news = judge(watched, *told)
        for key, alerts in ((LATE, news.late), (ARRIVED, news.arrived)):
            if alerts:
                await self.tell(key, alerts)
        return len(news.late) + len(news.arrived)

    async def tell(self, key: str, alerts: Sequence[Watched]) -> None:
        """One notice for all of them."""
        log.warning("canary: %s: %s", key, "; ".join(one.title for one in alerts))
        ids = " ".join(str(one.alert_id) for one in alerts)
        async with self.store.write() as connection:
            await add_notice(
                connection, key, {"alerts": ids, "count": len(alerts), "title": alerts[0].title}, now=self.now()
            )
        self.wake("review")
