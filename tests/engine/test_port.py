"""What flows may rely on, whichever engine ticks them."""

import asyncio

import pytest

from bot.engine import bells
from bot.engine.port import Engine
from bot.errors import TokenRevokedError


async def run_until(engine: Engine, done: asyncio.Event) -> None:
    async with asyncio.timeout(20):
        running = asyncio.create_task(engine.run())
        finished = asyncio.create_task(done.wait())
        await asyncio.wait({running, finished}, return_when=asyncio.FIRST_COMPLETED)
        finished.cancel()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_flow_ticks_at_the_start_and_with_the_beat(engine: Engine) -> None:
    ticks = 0
    done = asyncio.Event()

    async def tick() -> None:
        nonlocal ticks
        ticks += 1
        if ticks == 3:
            done.set()

    engine.periodic("poll", 0.05, tick)
    await run_until(engine, done)
    assert ticks >= 3
    assert engine.health()["poll"] is None


async def test_a_wake_during_a_tick_is_not_lost_and_a_flow_never_runs_twice_at_once(engine: Engine) -> None:
    running = 0
    ticks = 0
    done = asyncio.Event()

    async def tick() -> None:
        nonlocal running, ticks
        running += 1
        assert running == 1
        engine.wake("deliver")
        await asyncio.sleep(0.01)
        running -= 1
        ticks += 1
        if ticks == 3:
            done.set()

    engine.periodic("deliver", 3600, tick)
    await run_until(engine, done)
    assert ticks >= 3


async def test_a_flow_that_fails_is_told_and_tried_again_and_stops_no_other(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(bells, "REST_SECONDS", 0.02)
    good, tries = asyncio.Event(), 0

    async def fails() -> None:
        nonlocal tries
        tries += 1
        if tries == 2:
            good.set()
        raise ZeroDivisionError

    engine.periodic("publish", 3600, fails)
    await run_until(engine, good)
    assert tries >= 2
    assert engine.health()["publish"] == "ZeroDivisionError"
    assert "publish failed; it is tried again" in caplog.text


async def test_a_revoked_token_ends_the_engine(engine: Engine) -> None:
    async def revoked() -> None:
        raise TokenRevokedError

    engine.periodic("deliver", 3600, revoked)
    with pytest.raises(ExceptionGroup) as caught:
        await asyncio.wait_for(engine.run(), 20)
    assert caught.group_contains(TokenRevokedError)
