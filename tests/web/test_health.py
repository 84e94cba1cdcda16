from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
import pytest
from sqlalchemy import update

from bot.engine.port import Pulse
from bot.serving import serve
from bot.store import Store
from bot.store.identity import claim_identity
from bot.store.schema import deliveries
from bot.web.counters import Counters
from bot.web.health import Health, create_web
from tests.builders import NOON, add_reader
from tests.store.test_vitals import LATELY, fill

HOUR = timedelta(hours=1)


@dataclass
class Parts:
    """What the parts say of themselves."""

    flow: str | None = None
    heard_at: datetime | None = NOON
    started_at: datetime = NOON
    trouble: str | None = None
    pulses: Mapping[str, Pulse] = field(default_factory=dict)
    counters: Counters = field(default_factory=Counters)
    now: datetime = NOON


@asynccontextmanager
async def asking(store: Store, parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody asks over HTTP."""
    health = health_of(store, parts)
    async with serve(create_web(health)) as address, httpx.AsyncClient(base_url=address.url) as client:
        yield client


def health_of(store: Store, parts: Parts) -> Health:
    """The bot's health, by what its parts say."""
    return Health(
        store=store,
        now=lambda: parts.now,
        flows=lambda: {"poll": parts.flow, "deliver": None},
        pulses=lambda: parts.pulses,
        started_at=parts.started_at,
        heard_at=lambda: parts.heard_at,
        updates_trouble=lambda: parts.trouble,
        per_second=25,
        counters=parts.counters,
    )


async def opened(store: Store) -> Store:
    """A bot's database."""
    async with store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
    return store


async def test_a_bot_that_is_well_says_so_with_its_figures_and_last_signs(store: Store) -> None:
    async with store.write() as connection:
        await fill(connection)
    async with asking(store, Parts(now=NOON + timedelta(minutes=1))) as client:
        answer = await client.get("/health")
        assert (await client.get("/health/process")).json() == {"role": "run", "healthy": True, "troubles": []}
    assert answer.status_code == 200
    assert answer.json()["healthy"] is True
    assert answer.json()["figures"]["subscribers_to_alerts"] == 5
    assert answer.json()["last"] == {
        "telegram": "2026-11-25T12:00:00+00:00",
        "poll": "2026-11-25T11:00:00+00:00",
        "alert": "2026-11-25T12:00:00+00:00",
        "delivery": LATELY.isoformat(),
    }


async def test_what_is_wrong_is_said_in_sentences_with_503(sqlite_store: Store) -> None:
    parts = Parts(
        flow="OperationalError", heard_at=NOON - timedelta(minutes=6), trouble="Another program polls with this token."
    )
    async with asking(await opened(sqlite_store), parts) as client:
        answer, alone = await client.get("/health"), await client.get("/health/process")
    assert answer.status_code == alone.status_code == 503
    assert answer.json()["troubles"] == alone.json()["troubles"]
    assert answer.json()["troubles"] == [
        "the poll flow fails (OperationalError)",
        "Another program polls with this token.",
        "Telegram has not answered for updates lately",
    ]


async def test_a_bot_that_has_heard_nothing_yet_is_starting_for_a_minute_and_then_not_well(sqlite_store: Store) -> None:
    store = await opened(sqlite_store)
    async with asking(store, Parts(heard_at=None, started_at=NOON - timedelta(seconds=60))) as client:
        assert (await client.get("/health")).json()["troubles"] == []
    async with asking(store, Parts(heard_at=None, started_at=NOON - timedelta(seconds=61))) as client:
        answer = await client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["troubles"] == ["Telegram has not answered since the start"]


async def test_work_that_nobody_does_on_any_machine_is_no_fault_of_this_process(sqlite_store: Store) -> None:
    async with sqlite_store.write() as connection:
        await fill(connection)
    parts = Parts(now=NOON + 5 * HOUR, heard_at=NOON + 5 * HOUR)
    async with asking(sqlite_store, parts) as client:
        assert (await client.get("/health/process")).status_code == 200
        answer = await client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["troubles"] == [
        "a feed was to be polled at 2026-11-25 13:00 UTC and has not been",
        "a story has waited to be read since 2026-11-25 11:00 UTC",
        "a delivery was due at 2026-11-25 12:00 UTC, and nothing is being sent",
        "a delivery has been in somebody's hands since 2026-11-25 11:59 UTC",
    ]


async def test_the_canary_is_heard(sqlite_store: Store) -> None:
    async with sqlite_store.write() as connection:
        await fill(connection)
        await connection.execute(update(deliveries).values(state="unknown", settled_at=NOON, claimed_at=None))
    now = NOON + timedelta(minutes=15)
    async with asking(sqlite_store, Parts(now=now, heard_at=now, started_at=now)) as client:
        (trouble,) = (await client.get("/health")).json()["troubles"]
        metrics = (await client.get("/metrics")).text
    assert trouble.startswith("an alert has reached nobody for a quarter of an hour: HMYOI Werrington")
    assert "alerts_late_alerts 1.0" in metrics
    assert "alerts_healthy 0.0" in metrics


async def test_a_database_that_does_not_answer_is_told_and_its_figures_are_left_out(sqlite_store: Store) -> None:
    async with sqlite_store.write() as connection:
        await connection.exec_driver_sql("DROP TABLE labels")
        await connection.exec_driver_sql("DROP TABLE pairs")
        await connection.exec_driver_sql("ALTER TABLE entries RENAME TO lost")
    async with asking(sqlite_store, Parts()) as client:
        answer, metrics = await client.get("/health"), await client.get("/metrics")
    assert answer.status_code == 503
    assert answer.json()["troubles"] == ["the database does not answer (OperationalError)"]
    assert (answer.json()["figures"], answer.json()["last"]) == (None, None)
    assert "alerts_healthy 0.0" in metrics.text
    assert "alerts_deliveries_pending" not in metrics.text


async def test_metrics_are_what_prometheus_reads(store: Store) -> None:
    async with store.write() as connection:
        await fill(connection)
    counters = Counters()
    counters.count_send("alert", "sent")
    counters.count_poll("Inspectorate", "not_modified")
    counters.count_worker_end()
    counters.time_update(0.2)
    pulses = {
        "poll": Pulse(seconds=1, named_at=NOON - HOUR, last_good_at=NOON - timedelta(seconds=3), failures=2),
        "review": Pulse(seconds=5, named_at=NOON - timedelta(seconds=7), last_good_at=None, failures=0),
    }
    parts = Parts(counters=counters, pulses=pulses, started_at=NOON - timedelta(minutes=1))
    async with asking(store, parts) as client:
        answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    for line in (
        'alerts_sends_total{fate="sent",kind="alert"} 1.0',
        'alerts_polls_total{feed="Inspectorate",result="not_modified"} 1.0',
        "alerts_worker_ends_total 1.0",
        'alerts_update_seconds_bucket{le="0.3"} 1.0',
        "alerts_healthy 1.0",
        'alerts_flow_age_seconds{flow="poll"} 3.0',
        'alerts_flow_age_seconds{flow="review"} 7.0',
        'alerts_flow_failures_total{flow="poll"} 2.0',
        "alerts_deliveries_pending 1.0",
        "alerts_deliveries_claimed 1.0",
        "alerts_subscribers_to_alerts 5.0",
        "alerts_pace_per_second 25.0",
        'alerts_verdicts{outcome="alert"} 1.0',
        'alerts_queue_age_seconds{kind="alert"} 0.0',
        'alerts_detection_to_delivery_seconds_bucket{copy="each",le="7200.0",published_by="machine"} 2.0',
    ):
        assert line in lines
    values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert float(values["alerts_pace_used_ratio"]) == pytest.approx(2 / 60 / 25)
    assert float(values['alerts_last_timestamp_seconds{what="delivery"}']) == LATELY.timestamp()
    assert float(values["process_resident_memory_bytes"]) > 0


async def test_the_heartbeat_asks_what_the_page_shows(sqlite_store: Store) -> None:
    health = health_of(await opened(sqlite_store), Parts(trouble="The webhook fails."))
    assert await health.troubles() == ["The webhook fails."]


async def test_no_chat_is_named_in_any_label(sqlite_store: Store) -> None:
    async with (await opened(sqlite_store)).write() as connection:
        await add_reader(connection, 987654321)
    async with asking(sqlite_store, Parts()) as client:
        assert "987654321" not in (await client.get("/metrics")).text
        assert "987654321" not in (await client.get("/health")).text
