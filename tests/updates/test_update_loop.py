"""The polling guard with the real Bot and Application, against a loopback Telegram."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from telegram import Update
from telegram.error import NetworkError, RetryAfter
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.errors import StoreError, TokenRevokedError
from bot.sending import build_bot
from bot.updates import PollState, Turns, UpdateLoop
from bot.updates.health import pause_after
from bot.updates.loop import seconds_asked
from bot.updates.parse import id_of
from tests.sending.server import TOKEN, LoopbackTelegram, page, refusal, result, telegram_on_loopback, until

CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


def update(update_id: int, text: str = "words", chat: int = 1) -> dict[str, Any]:
    person = {"id": chat, "is_bot": False, "first_name": "A"}
    message = {
        "message_id": update_id,
        "date": 0,
        "chat": {"id": chat, "type": "private"},
        "from": person,
        "text": text,
    }
    return {"update_id": update_id, "message": message}


def unreadable(update_id: int) -> dict[str, Any]:
    return {"update_id": update_id, "message": {"text": "a person's words"}}


@dataclass
class Memory:
    """Which updates were answered; it fails as often as it is told to."""

    seen: set[int] = field(default_factory=set)
    failing_reads: int = 0
    failing_writes: int = 0

    async def was_seen(self, update_id: int) -> bool:
        if self.failing_reads:
            self.failing_reads -= 1
            raise StoreError("no database")
        return update_id in self.seen

    async def mark_seen(self, update_id: int, now: datetime) -> None:
        assert now.tzinfo is not None
        if self.failing_writes:
            self.failing_writes -= 1
            raise StoreError("no database")
        self.seen.add(update_id)


@dataclass
class House:
    """A bot whose one callback notes what it is told, and does what the text says."""

    telegram: LoopbackTelegram
    application: Any
    memory: Memory = field(default_factory=Memory)
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    errors: list[Exception | None] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        assert update.message.text
        self.begun.append(update.message.text)
        if update.message.text.startswith("slow"):
            await self.gate.wait()
        if update.message.text == "bad":
            raise LookupError("the callback's own fault")
        self.ended.append(update.message.text)

    async def note_error(self, _: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        self.errors.append(context.error)

    def loop(self, *, at_once: int = 32, callback_seconds: float = 60, grace_seconds: float = 5) -> UpdateLoop:
        turns = Turns(self.application, self.memory, at_once=at_once, callback_seconds=callback_seconds)
        return UpdateLoop(self.application, turns, poll_seconds=5, grace_seconds=grace_seconds, pause=lambda _: 0.01)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with telegram_on_loopback() as telegram:
        application = Application.builder().bot(build_bot(TOKEN, api_url=telegram.url)).updater(None).build()
        house = House(telegram, application)
        application.add_handler(MessageHandler(filters.ALL, house.answer))
        application.add_error_handler(house.note_error)
        async with application:
            yield house


@asynccontextmanager
async def running(loop: UpdateLoop) -> AsyncIterator[None]:
    task = asyncio.create_task(loop.run())
    try:
        yield
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


def confirmed(house: House, up_to: int) -> Callable[[], bool]:
    return lambda: house.telegram.offsets[-1:] == [up_to + 1]


async def test_an_update_is_answered_then_confirmed(house: House) -> None:
    loop = house.loop()
    states = [loop.health.state]
    async with running(loop):
        house.telegram.publish(update(10, "hello"))
        await until(confirmed(house, 10))
        assert house.ended == ["hello"]
        assert house.memory.seen == {10}
        states.append(loop.health.state)
        assert loop.last_good_poll_at is not None
        assert house.telegram.called("getUpdates")[0]["timeout"] == "5"
    assert [*states, loop.health.state] == [PollState.STARTING, PollState.LISTENING, PollState.STOPPED]


async def test_one_unreadable_update_is_skipped_and_its_words_are_not_logged(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    odd = {"update_id": 12, "a person's name": {}}
    house.telegram.publish(update(10, "before"), unreadable(11), odd, {"no": "id"}, update(13, "after", chat=2))
    async with running(house.loop()):
        await until(confirmed(house, 13))
    assert house.ended == ["before", "after"]
    assert "update 11 (message) cannot be read" in caplog.text
    assert "without an id" in caplog.text
    assert "person" not in caplog.text


async def test_a_slow_callback_delays_neither_others_nor_confirms_itself(house: House) -> None:
    async with running(house.loop()):
        house.telegram.publish(update(10, "slow"), update(11, "quick", chat=2))
        await until(lambda: "quick" in house.ended)
        house.telegram.publish(update(12, "later", chat=3))
        await until(lambda: "later" in house.ended)
        assert max(house.telegram.offsets) <= 10
        house.gate.set()
        await until(confirmed(house, 12))
    assert house.begun == ["slow", "quick", "later"]


async def test_polling_while_a_callback_runs_is_no_busy_loop(house: House) -> None:
    async with running(house.loop()):
        house.telegram.publish(update(10, "slow"))
        await until(lambda: len(house.telegram.offsets) >= 3)
        began = asyncio.get_running_loop().time()
        await until(lambda: len(house.telegram.offsets) >= 5)
        assert asyncio.get_running_loop().time() - began > 0.2
        house.gate.set()
        await until(confirmed(house, 10))
    assert house.begun == ["slow"]


async def test_a_server_that_repeats_confirmed_updates_or_does_not_wait_is_not_asked_at_once(house: House) -> None:
    house.telegram.script("getUpdates", *[result([update(10, "once")])] * 2, *[result([])] * 2)
    began = asyncio.get_running_loop().time()
    async with running(house.loop()):
        await until(lambda: len(house.telegram.offsets) >= 5)
    assert asyncio.get_running_loop().time() - began > 0.4
    assert house.begun == ["once"]


async def test_one_chat_is_answered_in_order(house: House) -> None:
    async with running(house.loop()):
        house.telegram.publish(update(10, "slow first"), update(11, "second"), update(12, "third"))
        await until(lambda: house.begun)
        house.telegram.publish(update(13, "other chat", chat=2))
        await until(lambda: "other chat" in house.ended)
        house.gate.set()
        await until(confirmed(house, 13))
    assert house.ended == ["other chat", "slow first", "second", "third"]


async def test_no_more_than_the_bound_run_side_by_side(house: House) -> None:
    async with running(house.loop(at_once=2)):
        house.telegram.publish(*[update(10 + n, f"slow {n}", chat=n + 1) for n in range(5)])
        await until(lambda: len(house.telegram.offsets) >= 3)
        assert house.begun == ["slow 0", "slow 1"]
        house.gate.set()
        await until(confirmed(house, 14))
    assert len(house.ended) == 5


async def test_an_update_that_was_answered_before_a_crash_is_not_answered_again(house: House) -> None:
    house.memory.seen.add(10)
    async with running(house.loop()):
        house.telegram.publish(update(10, "again"), update(11, "new"))
        await until(confirmed(house, 11))
    assert house.begun == ["new"]


async def test_a_failing_callback_goes_to_the_error_callback_and_is_confirmed(house: House) -> None:
    async with running(house.loop()):
        house.telegram.publish(update(10, "bad"))
        await until(confirmed(house, 10))
    assert [type(error) for error in house.errors] == [LookupError]


async def test_a_callback_that_never_ends_is_cut_off_and_confirmed(house: House) -> None:
    async with running(house.loop(callback_seconds=0.05)):
        house.telegram.publish(update(10, "slow for ever"), update(11, "next"))
        await until(confirmed(house, 11))
    assert house.ended == ["next"]
    assert [type(error) for error in house.errors] == [TimeoutError]


async def test_while_the_database_fails_updates_wait_and_none_is_lost(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.memory.failing_reads = 3
    async with running(house.loop()):
        house.telegram.publish(update(10, "first"), update(11, "second", chat=2))
        await until(confirmed(house, 11))
    assert sorted(house.ended) == ["first", "second"]
    assert "the database failed around update 10" in caplog.text


async def test_an_answered_update_that_could_not_be_noted_is_not_answered_again(house: House) -> None:
    house.memory.failing_writes = 1
    async with running(house.loop()):
        house.telegram.publish(update(10, "first"))
        await until(confirmed(house, 10))
    assert house.begun == ["first"]


async def test_two_pollers_are_told_and_it_recovers(house: House, caplog: pytest.LogCaptureFixture) -> None:
    house.telegram.script("getUpdates", *[refusal(409, CONFLICT)] * 3)
    loop = house.loop()
    async with running(loop):
        await until(lambda: loop.health.state is PollState.CONFLICT)
        assert "Another program" in loop.health.sentence
        house.telegram.publish(update(10, "hello"))
        await until(confirmed(house, 10))
        assert loop.health.state is PollState.LISTENING
    assert caplog.text.count("Another program polls with this bot's token") == 1
    assert "heard again" in caplog.text


async def test_a_webhook_left_over_is_removed(house: House, caplog: pytest.LogCaptureFixture) -> None:
    words = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    house.telegram.script("getUpdates", refusal(409, words))
    async with running(house.loop()):
        house.telegram.publish(update(10, "hello"))
        await until(confirmed(house, 10))
    assert len(house.telegram.called("deleteWebhook")) == 1
    assert "the webhook is removed" in caplog.text


@pytest.mark.parametrize(("status", "words"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_a_revoked_token_ends_the_loop_with_a_sentence(house: House, status: int, words: str) -> None:
    house.telegram.publish(update(10, "hello"))
    loop = house.loop()
    task = asyncio.create_task(loop.run())
    await until(lambda: house.ended)
    house.telegram.script("getUpdates", *[refusal(status, words)] * 2)
    house.telegram.publish(update(11, "hello"))
    with pytest.raises(TokenRevokedError, match="BotFather") as caught:
        await task
    assert TOKEN not in repr(caught.value)
    assert loop.health.state is PollState.REVOKED


async def test_trouble_on_the_way_is_waited_out(house: House, caplog: pytest.LogCaptureFixture) -> None:
    busy = refusal(429, "Too Many Requests", retry_after=1)
    house.telegram.script("getUpdates", refusal(502, "Bad Gateway"), page(200, "hello"), result({}), busy)
    loop = house.loop()
    async with running(loop):
        await until(lambda: len(house.telegram.offsets) == 4)
        await until(lambda: "Retry in" in loop.health.sentence)
        assert loop.health.state is PollState.FAILING
        house.telegram.publish(update(10, "hello"))
        await until(confirmed(house, 10))
    assert "Telegram cannot be heard: Bad Gateway" in caplog.text
    assert "no list of updates" in caplog.text


async def test_on_stop_callbacks_in_hand_end_and_are_confirmed_and_the_rest_comes_again(house: House) -> None:
    loop = house.loop()
    task = asyncio.create_task(loop.run())
    house.telegram.publish(update(10, "slow"), update(11, "waits for its turn"))
    await until(lambda: house.begun)
    task.cancel()
    await asyncio.sleep(0)
    house.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert house.ended == ["slow"]
    assert house.telegram.offsets[-1] == 11


async def test_on_stop_a_callback_without_end_is_cut_off_and_comes_again(house: House) -> None:
    loop = house.loop(grace_seconds=0.05)
    task = asyncio.create_task(loop.run())
    house.telegram.publish(update(9, "quick", chat=2), update(10, "slow"))
    await until(lambda: "slow" in house.begun and "quick" in house.ended)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert loop.offset == 10
    assert house.memory.seen == {9}
    assert house.ended == ["quick"]


async def test_an_inline_question_waits_for_its_persons_chat_and_a_poll_for_nobody(house: House) -> None:
    person = {"id": 1, "is_bot": False, "first_name": "A"}
    question = {"update_id": 11, "inline_query": {"id": "1", "from": person, "query": "x", "offset": ""}}
    async with running(house.loop()):
        house.telegram.publish(update(10, "slow"), question, {"update_id": 12})
        await until(lambda: 12 in house.memory.seen)
        assert house.memory.seen == {12}
        house.gate.set()
        await until(confirmed(house, 12))


def test_pauses_grow_to_half_a_minute() -> None:
    assert 0.5 <= pause_after(1) <= 1
    assert 15 <= pause_after(10_000) <= 30


def test_a_wait_that_telegram_asks_for_is_kept_up_to_five_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert seconds_asked(RetryAfter(7)) == 7
    assert seconds_asked(NetworkError("x")) == 0
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    assert seconds_asked(RetryAfter(10_072)) == 300


@pytest.mark.parametrize("raw", [{}, [], "5", {"update_id": "5"}, {"update_id": True}, {"update_id": 2**63}])
def test_what_has_no_id_has_none(raw: object) -> None:
    assert id_of(raw) is None
