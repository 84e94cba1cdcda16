from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx

from bot.serving import serve
from bot.store import Store
from bot.web.health import Health, create_web
from tests.builders import NOON, add_reader


@dataclass
class Parts:
    """What the parts say of themselves."""

    flow: str | None = None
    heard_at: datetime | None = NOON
    started_at: datetime = NOON
    trouble: str | None = None


@asynccontextmanager
async def asking(store: Store, parts: Parts) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody asks over HTTP."""
    health = Health(
        store=store,
        now=lambda: NOON,
        flows=lambda: {"poll": parts.flow, "deliver": None},
        started_at=parts.started_at,
        heard_at=lambda: parts.heard_at,
        updates_trouble=lambda: parts.trouble,
    )
    async with serve(create_web(health)) as address, httpx.AsyncClient(base_url=address.url) as client:
        yield client


async def test_a_bot_that_is_well_says_so_with_its_figures(store: Store) -> None:
    async with store.write() as connection:
        await add_reader(connection, 1)
    async with asking(store, Parts()) as client:
        answer = await client.get("/health")
    assert answer.status_code == 200
    assert answer.json()["healthy"] is True
    assert answer.json()["figures"]["subscribers_to_alerts"] == 1


async def test_what_is_wrong_is_said_in_sentences_with_503(store: Store) -> None:
    parts = Parts(
        flow="OperationalError", heard_at=NOON - timedelta(minutes=6), trouble="Another program polls with this token."
    )
    async with asking(store, parts) as client:
        answer = await client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["troubles"] == [
        "the poll flow fails (OperationalError)",
        "Another program polls with this token.",
        "Telegram has not answered for updates lately",
    ]


async def test_a_bot_that_has_heard_nothing_yet_is_starting_for_a_minute_and_then_not_well(store: Store) -> None:
    async with asking(store, Parts(heard_at=None, started_at=NOON - timedelta(seconds=60))) as client:
        assert (await client.get("/health")).json()["troubles"] == []
    async with asking(store, Parts(heard_at=None, started_at=NOON - timedelta(seconds=61))) as client:
        answer = await client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["troubles"] == ["Telegram has not answered since the start"]


async def test_metrics_are_what_prometheus_reads(store: Store) -> None:
    async with asking(store, Parts()) as client:
        answer = await client.get("/metrics")
    assert "alerts_deliveries_open 0.0" in answer.text
    assert "alerts_healthy 1.0" in answer.text
    assert answer.headers["content-type"].startswith("text/plain")
