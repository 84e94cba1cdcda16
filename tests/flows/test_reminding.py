from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

import bot.flows.reminding
from bot.campaign.pack import Action
from bot.compose import Wording
from bot.compose.asks import Task
from bot.flows.reminding import Reminding, day_that_matters, story_of, subject_of
from bot.model.action import ActionKind, Mark
from bot.model.delivery import Fate, Receipt
from bot.model.story import Told
from bot.model.subscriber import ChatKey, EndedReason, Wants
from bot.store import Store
from bot.store.choices import pause_subscriber
from bot.store.marks import put_mark
from bot.store.subscribers import add_subscriber, add_subscription, end_subscriptions
from tests.builders import NOON, find_mark
from tests.flows.pipeline import Pipeline

ANNA, BORIS = 501, 502
DAY = timedelta(days=1)
WRITE = Action(id="write", label="Write", url="https://e.example/", kind=ActionKind.WRITE_MP)


class Remembering:
    """A pipeline with reminders."""

    def __init__(self, store: Store) -> None:
        self.pipeline = Pipeline(store)
        self.wording = Wording.load("en")
        self.reminding = self.restart()

    def restart(self) -> Reminding:
        return Reminding(
            store=self.pipeline.store,
            pack=self.pipeline.composing.pack,
            wordings={"en": self.wording},
            now=lambda: self.pipeline.now,
            wake=self.pipeline.woken.append,
        )

    async def ask(self, chat: int, *, follows: bool = True, action: str = "write-mp", **times: object) -> int:
        """Somebody presses something of an ask."""
        async with self.pipeline.store.write() as connection:
            added = await add_subscriber(connection, ChatKey(chat), language="en", source=None, now=self.pipeline.now)
            if follows:
                await add_subscription(
                    connection, added.id, Wants.ALERTS, "everything", consent_version="1", now=self.pipeline.now
                )
            await put_mark(
                connection,
                added.id,
                f"action:{action}",
                Mark.LATER,
                now=self.pipeline.now,
                action=action,
                **times,  # type: ignore[arg-type]
            )
        return added.id

    async def tick(self, days: float = 0) -> list[int]:
        """Time passes; returns the chats that get something now."""
        self.pipeline.now += DAY * days
        before = len(self.pipeline.sent)
        await self.reminding.tick()
        await self.pipeline.deliver.tick()
        return sorted(one.key.chat_id for one in self.pipeline.sent[before:])


@pytest.fixture
async def remembering(store: Store) -> Remembering:
    there = Remembering(store)
    await there.pipeline.open()
    return there


async def test_a_reminder_comes_once_to_each_who_asked_whoever_follows_what(remembering: Remembering) -> None:
    now = remembering.pipeline.now
    await remembering.ask(ANNA, remind_at=now + DAY)
    await remembering.ask(BORIS, follows=False, remind_at=now + DAY)
    assert await remembering.tick() == []
    assert await remembering.tick(1) == [ANNA, BORIS]
    sent = remembering.pipeline.sent[-1].message
    assert "You asked to be reminded: <b>Ask your MP what will be done</b>" in sent.text
    assert [button.label for button in sent.buttons[-1]] == ["Done", "Later", "Not for me"]
    remembering.reminding = remembering.restart()
    assert await remembering.tick(1) == []


async def test_a_reminder_that_left_without_an_answer_never_comes_twice(remembering: Remembering) -> None:
    await remembering.ask(ANNA, remind_at=remembering.pipeline.now)
    remembering.pipeline.answers[ANNA] = [Receipt(fate=Fate.UNKNOWN, reason="timed out")]
    assert await remembering.tick() == [ANNA]
    for _ in range(3):
        assert await remembering.tick(0.1) == []


async def test_a_tick_that_fails_leaves_the_reminder_due(
    remembering: Remembering, monkeypatch: pytest.MonkeyPatch
) -> None:
    await remembering.ask(ANNA, remind_at=remembering.pipeline.now)
    with monkeypatch.context() as broken:
        broken.setattr(remembering.wording, "_bundle", None)
        with pytest.raises(AttributeError):
            await remembering.reminding.tick()
    assert await remembering.tick() == [ANNA]


async def test_whoever_wrote_is_asked_after_two_weeks_whether_an_answer_came(remembering: Remembering) -> None:
    await remembering.ask(ANNA, follow_up_at=remembering.pipeline.now + 14 * DAY)
    assert await remembering.tick(13) == []
    assert await remembering.tick(1) == [ANNA]
    sent = remembering.pipeline.sent[-1].message
    assert "Did your MP reply?" in sent.text
    assert [button.action for button in sent.buttons[0]] == ["act:0:write-mp:answered", "act:0:write-mp:unanswered"]


async def test_whoever_stopped_is_asked_nothing_and_a_pause_is_waited_for(remembering: Remembering) -> None:
    now = remembering.pipeline.now
    anna = await remembering.ask(ANNA, remind_at=now + DAY)
    boris = await remembering.ask(BORIS, remind_at=now + DAY)
    async with remembering.pipeline.store.write() as connection:
        await end_subscriptions(connection, anna, reason=EndedReason.STOPPED, now=now + DAY / 2)
        await pause_subscriber(connection, boris, now + 3 * DAY, now=now)
    assert await remembering.tick(2) == []
    assert await remembering.tick(2) == [BORIS]
    async with remembering.pipeline.store.read() as connection:
        mark = await find_mark(connection, anna, "action:write-mp")
    assert mark is not None
    assert mark.remind_at is not None


async def test_many_reminders_go_in_turns(remembering: Remembering, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.flows.reminding, "AT_ONCE", 1)
    for chat in (ANNA, BORIS):
        await remembering.ask(chat, remind_at=remembering.pipeline.now)
    assert await remembering.tick() == [ANNA]
    assert "reminding" in remembering.pipeline.woken
    assert await remembering.tick() == [BORIS]


async def test_what_is_not_asked_any_more_brings_no_reminder(remembering: Remembering) -> None:
    await remembering.ask(ANNA, action="gone", remind_at=remembering.pipeline.now)
    assert await remembering.tick() == []
    assert await remembering.reminding.tick() == 0


def test_the_day_that_matters_is_after_the_answer_or_before_the_end() -> None:
    zone = ZoneInfo("Europe/London")
    assert str(day_that_matters(a_task(date(2026, 12, 10)), NOON, zone)) == "2026-12-11 09:00:00+00:00"
    assert day_that_matters(a_task(date(2026, 12, 10)), NOON + 30 * DAY, zone) is None
    assert day_that_matters(a_task(), NOON, zone) is None
    ends = replace(WRITE, until=date(2026, 7, 31))
    summer = day_that_matters(Task(action=ends, today=NOON.date()), NOON - 300 * DAY, zone)
    assert str(summer) == "2026-07-30 08:00:00+00:00"


def test_marks_are_kept_by_story_or_by_what_is_asked_without_one() -> None:
    assert (subject_of(12, "x"), subject_of(0, "x")) == ("story:12", "action:x")
    assert (story_of("story:12"), story_of("action:x")) == (12, 0)


def a_task(answer_by: date | None = None) -> Task:
    told = Told(title="T", url=None, source="S", published_at=NOON, first_seen_at=NOON, answer_by=answer_by)
    return Task(action=WRITE, today=NOON.date(), story_id=1, told=told)
