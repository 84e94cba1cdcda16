import asyncio

import aiohttp
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.sandbox.faults import Fault, FaultKind
from tests.sandbox.running import ANNA, BEN, GROUP, Sandbox


def texts(sandbox: Sandbox) -> list[str]:
    return [message["text"] for message in sandbox.telegram.messages(ANNA)[1:]]


async def test_429_says_how_long_to_wait_and_is_over_after_its_times(sandbox: Sandbox) -> None:
    sandbox.telegram.faults.add(Fault(FaultKind.TOO_MANY_REQUESTS, seconds=7))
    with pytest.raises(RetryAfter) as caught:
        await sandbox.bot.send_message(ANNA, "x")
    assert caught.value._retry_after.total_seconds() == 7
    await sandbox.bot.send_message(ANNA, "y")
    assert (texts(sandbox), sandbox.telegram.faults.active()) == (["y"], ())


@pytest.mark.parametrize(
    ("kind", "error", "words"),
    [
        (FaultKind.FORBIDDEN, Forbidden, "bot was blocked by the user"),
        (FaultKind.BAD_REQUEST, BadRequest, "Can't parse entities"),
        (FaultKind.SERVER_ERROR, NetworkError, "Bad Gateway"),
        (FaultKind.UNAUTHORIZED, InvalidToken, "Unauthorized"),
        (FaultKind.CONFLICT, Conflict, "terminated by other getUpdates request"),
    ],
)
async def test_refusals_on_request(sandbox: Sandbox, kind: FaultKind, error: type[Exception], words: str) -> None:
    sandbox.telegram.faults.add(Fault(kind))
    with pytest.raises(error, match=words):
        await sandbox.bot.send_message(ANNA, "x")
    assert texts(sandbox) == []


async def test_a_fault_may_choose_chat_method_and_moment(sandbox: Sandbox) -> None:
    sandbox.telegram.say(BEN, BEN, "/start")
    faults = sandbox.telegram.faults
    faults.add(Fault(FaultKind.BAD_REQUEST, chat_id=ANNA, skip=1, times=None, words="no more"))
    await sandbox.bot.send_message(ANNA, "one")
    await sandbox.bot.send_message(BEN, "other")
    for _ in range(2):
        with pytest.raises(BadRequest, match="No more"):
            await sandbox.bot.send_message(ANNA, "two")
    faults.clear()
    faults.add(Fault(FaultKind.FORBIDDEN, method="get*"))
    await sandbox.bot.send_message(ANNA, "three")
    with pytest.raises(Forbidden):
        await sandbox.bot.get_me()
    assert texts(sandbox) == ["one", "three"]


async def test_of_two_faults_the_second_waits_its_turn(sandbox: Sandbox) -> None:
    sandbox.telegram.faults.add(Fault(FaultKind.FORBIDDEN))
    sandbox.telegram.faults.add(Fault(FaultKind.SERVER_ERROR))
    with pytest.raises(Forbidden):
        await sandbox.bot.send_message(ANNA, "x")
    with pytest.raises(NetworkError):
        await sandbox.bot.send_message(ANNA, "x")


async def test_an_answer_that_never_comes_though_the_message_arrived(sandbox: Sandbox) -> None:
    sandbox.telegram.faults.add(Fault(FaultKind.NO_ANSWER))
    with pytest.raises(TimedOut):
        await sandbox.bot.send_message(ANNA, "x", read_timeout=0.2)
    assert texts(sandbox) == ["x"]


@pytest.mark.parametrize(("kind", "arrived"), [(FaultKind.DROP, []), (FaultKind.DROP_AFTER, ["x"])])
async def test_a_connection_that_drops(sandbox: Sandbox, kind: FaultKind, arrived: list[str]) -> None:
    sandbox.telegram.faults.add(Fault(kind))
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.post(f"{sandbox.api}/sendMessage", json={"chat_id": ANNA, "text": "x"})
    assert texts(sandbox) == arrived
    sandbox.telegram.faults.add(Fault(kind))
    with pytest.raises(NetworkError):
        await sandbox.bot.send_message(ANNA, "x")


async def test_a_group_that_moves_just_before_the_call(sandbox: Sandbox) -> None:
    sandbox.telegram.add_group(GROUP, "Campaign", [ANNA])
    sandbox.telegram.faults.add(Fault(FaultKind.MIGRATE, chat_id=GROUP))
    with pytest.raises(ChatMigrated) as moved:
        await sandbox.bot.send_message(GROUP, "x")
    await sandbox.bot.send_message(moved.value.new_chat_id, "x")


async def test_latency_passes_before_the_call(sandbox: Sandbox) -> None:
    sandbox.telegram.faults.add(Fault(FaultKind.FORBIDDEN))
    sandbox.telegram.faults.add(Fault(FaultKind.LATENCY, seconds=0.2))
    with pytest.raises(TimedOut):
        await sandbox.bot.send_message(ANNA, "x", read_timeout=0.05)


async def test_the_overall_rate_refuses_what_is_too_much(sandbox: Sandbox) -> None:
    sandbox.telegram.faults.rate = 5
    sends = [sandbox.bot.send_message(ANNA, str(number)) for number in range(5)]
    await asyncio.gather(*sends)
    with pytest.raises(RetryAfter):
        await sandbox.bot.send_message(ANNA, "one too many")
    await sandbox.bot.send_chat_action(ANNA, "typing")
    await sandbox.bot.get_me()
