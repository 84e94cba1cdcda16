from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.store import Store
from bot.store.schema import alerts, deliveries
from bot.web import detections
from bot.web.detections import Detections
from tests.builders import NOON
from tests.store.test_vitals import LATELY, fill

HOUR = timedelta(hours=1)


async def test_every_arrival_is_observed_once_and_the_first_if_it_came_in_our_time(store: Store) -> None:
    seen: list[tuple[str, str, float]] = []
    following = Detections(lambda *one: seen.append(one), NOON - 3 * HOUR)
    async with store.write() as connection:
        await fill(connection)
        assert await following.catch_up(connection, NOON) == 3
        assert await following.catch_up(connection, NOON) == 0
        late = (2 * HOUR - timedelta(seconds=30)).total_seconds()
        assert seen == [
            ("first", "machine", 0.0),
            ("each", "machine", 0.0),
            ("each", "machine", late),
            ("each", "machine", late),
        ]
        await connection.execute(
            update(deliveries).where(deliveries.c.id == 4).values(state="sent", settled_at=NOON + HOUR)
        )
        # What is settled may not be written yet.
        assert await following.catch_up(connection, NOON + HOUR + timedelta(seconds=14)) == 0
        assert await following.catch_up(connection, NOON + HOUR + timedelta(seconds=15)) == 1
        assert seen[-1] == ("each", "machine", (3 * HOUR).total_seconds())


async def test_few_at_a_time_none_is_lost_and_a_persons_wait_is_told_apart(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detections, "ARRIVALS_AT_ONCE", 1)
    monkeypatch.setattr(detections, "ALERTS_KEPT", 1)
    seen: list[tuple[str, str, float]] = []
    following = Detections(lambda *one: seen.append(one), NOON - HOUR)
    async with sqlite_store.write() as connection:
        await fill(connection)
        await connection.execute(update(alerts).values(published_by=2001))
        assert [await following.catch_up(connection, NOON) for _ in range(3)] == [1, 1, 0]
    # The first copy arrived before we looked.
    assert [one[:2] for one in seen] == [("each", "person")] * 2
    assert LATELY < NOON
