"""Reminding: what somebody asked to be reminded of, and the question after two weeks whether their MP replied.

A reminder goes the way of every message: in one transaction its time is taken away and a delivery is owed, so that
whatever ends this program, it comes once or, where it had left without an answer, not again.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.campaign import Pack
from bot.compose.asks import Task, compose_follow_up, compose_reminder, last_day
from bot.compose.wording import Wording
from bot.model.delivery import MessageKind
from bot.model.message import Message
from bot.store import Store
from bot.store.asks import find_asked
from bot.store.marks import DueMark, take_due_marks
from bot.store.messages import add_message
from bot.store.reminders import owe_reminder

AT_ONCE: Final = 200
MORNING: Final = time(9)
LASTS: Final = timedelta(days=3)
"""A reminder that could not be sent for so long is of no use any more."""


@dataclass(frozen=True, kw_only=True)
class Reminding:
    """Owes what is due; `deliver` sends it."""

    store: Store
    pack: Pack
    wordings: Mapping[str, Wording]
    now: Callable[[], datetime]
    wake: Callable[[str], None]

    async def tick(self) -> int:
        """Owe up to 200 reminders; returns how many marks were due. More are due at once in the next tick."""
        now = self.now()
        async with self.store.write() as connection:
            due = await take_due_marks(connection, now, AT_ONCE)
            for people in group(due):
                await self.owe(connection, people, now)
        if due:
            self.wake("deliver")
        if len(due) == AT_ONCE:
            self.wake("reminding")
        return len(due)

    async def owe(self, connection: AsyncConnection, people: Sequence[DueMark], now: datetime) -> None:
        """One message to all who are to be told the same; none where that is not asked of anybody any more."""
        task = await find_task(connection, self.pack, story_of(people[0].subject), people[0].action, now.date())
        if task is None:
            return
        texts = {language: self.compose(task, people[0], wording) for language, wording in self.wordings.items()}
        message_id = await add_message(connection, MessageKind.REMINDER, texts, now=now, expires_at=now + LASTS)
        await owe_reminder(connection, message_id, [one.subscriber_id for one in people], now)

    @staticmethod
    def compose(task: Task, mark: DueMark, wording: Wording) -> Message:
        """The question, or the reminder."""
        return compose_follow_up(task, wording) if mark.asks_reply else compose_reminder(task, wording)


async def find_task(connection: AsyncConnection, pack: Pack, story_id: int, action_id: str, today: date) -> Task | None:
    """An ask with its story (0: without one), told as it stands now.

    None where there is no such ask, its last day is over, or its story is told to nobody (any more) or about a death.
    """
    action = pack.find_action(action_id)
    if action is None or (action.until is not None and today > action.until):
        return None
    task = Task(action=action, today=today)
    if story_id == 0:
        return task
    found = await find_asked(connection, story_id)
    return replace(task, story_id=found[0], told=found[1]) if found else None


def group(due: Sequence[DueMark]) -> Sequence[Sequence[DueMark]]:
    """Those who are to be told the same together."""
    groups: defaultdict[tuple[str, str, bool], list[DueMark]] = defaultdict(list)
    for one in due:
        groups[one.subject, one.action, one.asks_reply].append(one)
    return list(groups.values())


def subject_of(story_id: int, action_id: str) -> str:
    """Under what a mark is kept: one row for a story, whatever it asks, or for an ask without one."""
    return f"story:{story_id}" if story_id else f"action:{action_id}"


def story_of(subject: str) -> int:
    """The story of a mark's subject; 0 where it is about none."""
    scope, _, number = subject.partition(":")
    return int(number) if scope == "story" else 0


def day_that_matters(task: Task, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When an ask's own day calls for a reminder; None where there is none to come.

    It is the morning after the government must have answered, else that of the day before the last.
    """
    answered, ends = task.told.answer_by if task.told else None, last_day(task)
    day = answered + timedelta(days=1) if answered else ends - timedelta(days=1) if ends else None
    moment = datetime.combine(day, MORNING, zone).astimezone(UTC) if day else now
    return moment if moment > now else None
