"""Digest: when somebody's hour has come, what waited for it becomes one message, told once for all who get the same.

What waits is removed in the transaction in which the digest is owed: a crash repeats nothing and loses nothing.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.alert import NameOf
from bot.compose.digest import compose_digest
from bot.compose.reason import TopicOf, spell_out
from bot.compose.wording import Wording
from bot.model.delivery import MessageKind
from bot.model.subscriber import Frequency
from bot.schedule import is_quiet, next_digest, quiet_ends
from bot.store import Store
from bot.store.digests import (
    Item,
    Listed,
    Unscheduled,
    list_listed,
    list_unscheduled,
    owe_digests,
    put_stories,
    set_due,
    take_due,
)
from bot.store.messages import add_message

log = logging.getLogger(__name__)

READERS_AT_ONCE = 500
ITEMS_AT_ONCE = 2000
# What is in a digest is worth telling for a week; the text says of which days it is.
DIGEST_LASTS = timedelta(days=7)
# Whoever chooses another hour waits for it, even if it was earlier today.
GRACE = timedelta(minutes=10)

Contents = tuple[tuple[int, str], ...]
"""What a digest lists: the alerts' message ids, each with what is followed that brings it."""


@dataclass
class Round:
    """What one round knows by now: the digests made, and the stories looked up (None: not to be told any more)."""

    made: dict[Contents, int] = field(default_factory=dict)
    listed: dict[int, Listed | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Digest:
    """Hours are those of `zone`; `name_of` names institutions and `topic_of` topics."""

    store: Store
    wordings: Mapping[str, Wording]
    name_of: NameOf
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    zone: tzinfo
    topic_of: TopicOf = spell_out

    async def tick(self) -> int:
        """Owe every digest that is due, some readers at a time; returns how many are owed."""
        await self.schedule()
        known, owed, taken = Round(), 0, 1
        while taken:
            async with self.store.write() as connection:
                number, taken = await self.owe(connection, known)
            owed += number
        if owed:
            log.info("%d digests are owed, of %d kinds", owed, len(known.made))
            self.wake("deliver")
        return owed

    async def schedule(self) -> None:
        """Work out when what was put aside lately, or whose reader has chosen anew, is due."""
        while waiting := await self.look():
            now = self.now()
            async with self.store.write() as connection:
                await set_due(connection, [(one, due_of(one, now, self.zone)) for one in waiting])

    async def look(self) -> Sequence[Unscheduled]:
        """Some of what is to be scheduled; asked without the write lock."""
        async with self.store.read() as connection:
            return await list_unscheduled(connection, ITEMS_AT_ONCE)

    async def owe(self, connection: AsyncConnection, known: Round) -> tuple[int, int]:
        """Owe some readers their digests: how many, and how many items are done with. An empty one is not owed."""
        now = self.now()
        items, taken = await take_due(connection, now, READERS_AT_ONCE)
        await self.look_up(connection, items, known)
        of_reader: defaultdict[int, list[Item]] = defaultdict(list)
        for item in items:
            if known.listed[item.message_id] is not None:
                of_reader[item.subscriber_id].append(item)
        owed = []
        for theirs in of_reader.values():
            contents = tuple((item.message_id, item.follows) for item in theirs)
            if contents not in known.made:
                known.made[contents] = await self.make(connection, contents, known, now)
            owed.append((known.made[contents], theirs[0]))
        if owed:
            await owe_digests(connection, owed, now)
        return len(owed), taken

    async def look_up(self, connection: AsyncConnection, items: Sequence[Item], known: Round) -> None:
        """Know every story that is to be told."""
        new = {item.message_id for item in items} - known.listed.keys()
        if new:
            listed = await list_listed(connection, new)
            known.listed |= {message_id: listed.get(message_id) for message_id in new}

    async def make(self, connection: AsyncConnection, contents: Contents, known: Round, now: datetime) -> int:
        """Store a digest in every language; returns its message's id."""
        found = [(known.listed[message_id], cause) for message_id, cause in contents]
        listed = [(one, cause) for one, cause in found if one is not None]
        days = [one.published_at.astimezone(self.zone).date() for one, _ in listed]
        told = [(one.told, cause) for one, cause in listed]
        texts = {
            language: compose_digest(told, (min(days), max(days)), wording, self.name_of, self.topic_of)
            for language, wording in self.wordings.items()
        }
        message_id = await add_message(connection, MessageKind.DIGEST, texts, now=now, expires_at=now + DIGEST_LASTS)
        await put_stories(connection, message_id, [message for message, _ in contents])
        return message_id


def due_of(waiting: Unscheduled, now: datetime, zone: tzinfo) -> datetime:
    """When a digest is to tell of what waits: at the reader's hour; what quiet hours held back when they end.

    Never in a pause. What its reader wants at once by now is due at once.
    """
    since = max(waiting.held_at, waiting.paused_until or waiting.held_at)
    if waiting.frequency is not Frequency.NOW:
        since = max(since, now - GRACE)
        return next_digest(waiting.digest_hour, waiting.digest_day, waiting.frequency, since, zone)
    since = max(since, now)
    if waiting.quiet_until is not None and is_quiet(waiting.quiet_from, waiting.quiet_until, since, zone):
        return quiet_ends(waiting.quiet_until, since, zone)
    return since
