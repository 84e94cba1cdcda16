"""Figures: how many people there are each day, and what became of messages, kept before people's rows are erased."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.amendment import SentMessage
from bot.model.delivery import MessageKind
from bot.model.statistics import Day, Effect, Statistics, share, shown
from bot.store import Store
from bot.store.marks import count_marks
from bot.store.sent import find_sent_message, list_sent_messages
from bot.store.statistics import (
    LANGUAGES,
    SOURCES,
    count_doers,
    count_joined,
    count_left,
    count_people,
    count_replies,
    find_moved,
    find_times,
    list_days,
    list_unkept,
    put_day,
    put_moved,
)

AFTER = timedelta(hours=48)
"""Who joins or leaves within this counts to a message."""
# People's rows are erased 28 days after they left: what they count to is kept well before.
KEPT_WITHIN = timedelta(days=20)
DAYS_SHOWN = 90
NEWEST = 10


@dataclass(frozen=True, kw_only=True)
class Figures:
    """`zone` is the campaign's: a day begins there at midnight."""

    store: Store
    now: Callable[[], datetime]
    zone: ZoneInfo

    async def tick(self) -> int:
        """Count today once more, and keep what messages' 48 hours came to; returns how many of those."""
        now = self.now()
        async with self.store.write() as connection:
            await put_day(connection, now.astimezone(self.zone).date(), await count_people(connection))
            ended = await list_unkept(connection, now - KEPT_WITHIN, now - AFTER)
            for message in ended:
                joined, left = await count_after(connection, MessageKind(message.kind), message.created_at)
                day = message.created_at.astimezone(self.zone).date()
                await put_moved(connection, message.id, day, joined=joined, left=left)
        return len(ended)


async def count_after(connection: AsyncConnection, kind: MessageKind, sent_at: datetime) -> tuple[int, int]:
    """How many joined and left in the 48 hours after a message."""
    until = sent_at + AFTER
    return await count_joined(connection, kind, sent_at, until), await count_left(connection, kind, sent_at, until)


async def get_statistics(connection: AsyncConnection, now: datetime) -> Statistics:
    """Everything that /stats shows at once, as it may be told."""
    people = await count_people(connection)
    newest = await list_sent_messages(connection, NEWEST)
    effects = [await get_effect(connection, message) for message in newest]
    alerts = [one.id for one in newest if one.kind is MessageKind.ALERT]
    return Statistics(
        sources=share(people[SOURCES]),
        languages=share(people[LANGUAGES]),
        days=until_now(await list_days(connection, (now - timedelta(days=DAYS_SHOWN)).date()), people[SOURCES]),
        effects=effects,
        times=await find_times(connection, alerts) if alerts else None,
        done=shown(await count_doers(connection)),
        replied=shown(await count_replies(connection)),
    )


def until_now(days: Sequence[Day], sources: Mapping[str, int]) -> Sequence[Day]:
    """The last day as it stands now: beside an earlier count of it the difference would tell of a few people."""
    return [*days[:-1], Day(days[-1].day, sources)] if days else []


async def get_effect(connection: AsyncConnection, message: SentMessage) -> Effect:
    """What came of one message, as it may be told."""
    kept = await find_moved(connection, message.id)
    joined, left = kept or await count_after(connection, message.kind, message.created_at)
    subject = f"story:{message.story_id}" if message.story_id else f"broadcast:{message.broadcast_id}"
    marked: Mapping[str, int] = await count_marks(connection, subject)
    return Effect(
        message=message,
        sent=shown(message.sent),
        waiting=shown(message.waiting),
        joined=shown(joined),
        left=shown(left),
        times=await find_times(connection, [message.id]),
        marks={mark: shown(number) for mark, number in marked.items()},
        replied=shown(await count_replies(connection, subject)),
        asked=bool(marked),
    )


async def find_effect(connection: AsyncConnection, message_id: int) -> Effect | None:
    """What came of a message with its totals; None where there is no such message."""
    message = await find_sent_message(connection, message_id)
    return await get_effect(connection, message) if message else None


async def list_page(connection: AsyncConnection, page: int, per_page: int) -> Sequence[SentMessage]:
    """A page of what was sent, the newest first, and one more where there is another page."""
    return await list_sent_messages(connection, per_page + 1, offset=page * per_page)
