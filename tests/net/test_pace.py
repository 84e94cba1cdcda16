"""Turns at hosts."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import StatusError
from bot.net.pace import Pace


async def test_a_host_is_asked_by_one_at_a_time() -> None:
    pace, inside = Pace(pause=0), 0

    async def visit() -> None:
        nonlocal inside
        async with pace.turn("a"):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(visit() for _ in range(5)))


async def test_a_pause_lies_between_two_requests_to_a_host_and_none_between_hosts() -> None:
    now = 100.0
    pace = Pace(pause=1, clock=lambda: now)
    async with pace.turn("a"):
        pass
    assert 101 <= pace._hosts["a"].free_at <= 102
    async with pace.turn("b"):
        assert "b" in pace._hosts


async def test_a_host_that_asked_for_patience_is_left_alone_until_then() -> None:
    now = 100.0
    pace = Pace(pause=0, clock=lambda: now)
    pace.hold("a", timedelta(seconds=50))
    with pytest.raises(StatusError, match="asked us to wait") as caught:
        async with pace.turn("a"):
            pass
    assert caught.value.retry_after == timedelta(seconds=50)
    now = 151.0
    async with pace.turn("a"):
        pass


async def test_hosts_that_are_free_are_forgotten() -> None:
    now = 100.0
    pace = Pace(pause=0, clock=lambda: now)
    for name in "abc":
        async with pace.turn(name):
            pass
    assert not pace._hosts


async def test_a_failure_inside_gives_the_turn_back() -> None:
    pace = Pace(pause=0)
    with pytest.raises(ValueError, match="x"):
        async with pace.turn("a"):
            raise ValueError("x")
    async with pace.turn("a"):
        pass
