"""Listening: how feeds are, and what organisers are told of it; each trouble once, and once more when it is over."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.feed_words import NoticeWords, compose_feed_notice, compose_feeds_notice
from bot.compose.wording import Wording
from bot.model.feed import FeedState
from bot.model.health import DAYS_LOOKED_AT, NEWS, Notice, find_notices, find_rhythm
from bot.store import Store
from bot.store.cards import add_notice
from bot.store.feeds import list_feeds
from bot.store.own_feeds import list_days, list_missed, set_rhythm, set_told

log = logging.getLogger(__name__)

# A habit changes slowly; a feed that was silent is looked at whenever something has changed.
LEARN_EVERY = timedelta(hours=6)
# More feeds with the same trouble than this share one notice: most likely it is our own line that is down.
TOLD_SINGLY = 3


@dataclass(frozen=True, kw_only=True)
class Listening:
    """`wording` is that of the organisers' chats."""

    store: Store
    wording: Wording
    now: Callable[[], datetime]
    wake: Callable[[str], None]

    async def tick(self) -> int:
        """Learn habits, and tell what is to be told; returns how many notices that made."""
        await self.learn()
        now = self.now()
        async with self.store.read() as connection:
            feeds = await list_with_missed(connection)
        changed = [feed.id for feed, _, told in judge(feeds, now) if told != feed.told]
        if not changed:
            return 0
        async with self.store.write() as connection:
            made = await self.tell(connection, now)
        if made:
            self.wake("review")
        return made

    async def learn(self) -> None:
        """Keep the habits of feeds that have brought something since it was last looked at."""
        now = self.now()
        async with self.store.read() as connection:
            due = [feed for feed in await list_feeds(connection) if has_to_be_learnt(feed, now)]
        for feed in due:
            async with self.store.write() as connection:
                days = await list_days(connection, feed.id, DAYS_LOOKED_AT)
                await set_rhythm(connection, feed.id, find_rhythm(days), max(days, default=None), now)

    async def tell(self, connection: AsyncConnection, now: datetime) -> int:
        """Make the notices and remember that they were made, in one transaction."""
        notices: list[Notice] = []
        for feed, found, told in judge(await list_with_missed(connection), now):
            if told != feed.told:
                await set_told(connection, feed.id, told)
                notices += found
        words = list(put_into_words(notices, self.wording))
        for one in words:
            log.info("organisers are told of feeds: %s", one.key)
            await add_notice(connection, one.key, one.arguments, now=now)
        return len(words)


async def list_with_missed(connection: AsyncConnection) -> list[FeedState]:
    """Every feed, with when its site last showed what it had not brought."""
    missed = await list_missed(connection)
    return [replace(feed, missed_at=missed.get(feed.id)) for feed in await list_feeds(connection)]


def judge(feeds: Iterable[FeedState], now: datetime) -> Iterable[tuple[FeedState, list[Notice], Mapping[str, str]]]:
    """Each feed with what is to be told of it, and what has been told then."""
    for feed in feeds:
        yield feed, *find_notices(feed, now)


def has_to_be_learnt(feed: FeedState, now: datetime) -> bool:
    """Whether the feed may have brought something that its habit does not know of."""
    if feed.last_success_at is None:
        return False
    if feed.rhythm_at is None:
        return True
    changed = feed.last_change_at is not None and feed.last_change_at > feed.rhythm_at
    return changed and (now - feed.rhythm_at >= LEARN_EVERY or any(trouble in feed.told for trouble in NEWS))


def put_into_words(notices: Sequence[Notice], wording: Wording) -> Iterable[NoticeWords]:
    """Notices as organisers get them: one each, or one for many feeds with the same trouble."""
    ordered = sorted(notices, key=kind_of)
    for _, group in groupby(ordered, key=kind_of):
        same = list(group)
        if len(same) > TOLD_SINGLY:
            yield compose_feeds_notice(same, wording)
        else:
            yield from (compose_feed_notice(one, wording) for one in same)


def kind_of(notice: Notice) -> tuple[str, bool]:
    """What is told: the trouble, and whether it is over."""
    return notice.trouble.value, notice.over
