"""Urging: a card that waits for an hour is told of again, after three hours to the owners. No card decides itself.

Who is told where is here, too: most cards go to the review chat alone, some to owners or to everybody besides.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.faces import ABOUT_STORIES, OLD_AFTER
from bot.model.amendment import AmendmentState
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.model.organiser import Card, CardKind
from bot.store import Store
from bot.store.amendments import find_amendment
from bot.store.broadcasts import find_broadcast
from bot.store.cards import add_notice, list_missing, list_open_cards, mark_reminded, touch_aged

REMIND_AFTER: Final = timedelta(hours=1)
ESCALATE_AFTER: Final = timedelta(hours=3)
WAITING: Final = (CardKind.STORY, CardKind.FUSE, CardKind.GONE, CardKind.OVERDUE)
"""Cards for whose decision readers, or all sending, wait."""
REMINDER, ESCALATION = "reminder", "escalation"
FOR_ALL: Final = frozenset({"stopall", "liftstop"})
"""Notices that every organiser gets in private, wherever cards go."""
FOR_OWNERS: Final = frozenset({ESCALATION})


@dataclass(frozen=True, kw_only=True)
class Urging:
    """Each card is reminded of once and escalated once; both are written down with the notice that tells of it."""

    store: Store
    now: Callable[[], datetime]

    async def tick(self) -> int:
        """Tell of what waits for too long, and let old cards say that they are old; returns of how many."""
        now = self.now()
        async with self.store.write() as connection:
            waiting = [card for card in await list_open_cards(connection) if card.kind in WAITING]
            late = [one for one in waiting if one.escalated_at is None and one.created_at <= now - ESCALATE_AFTER]
            due = [one for one in waiting if one.reminded_at is None and one.created_at <= now - REMIND_AFTER]
            reminded = [one for one in due if one not in late]
            await self.urge(connection, reminded, REMINDER)
            await self.urge(connection, late, ESCALATION)
            aged = await touch_aged(connection, now=now, after=OLD_AFTER, kinds=ABOUT_STORIES)
        return aged + len(reminded) + len(late)

    async def urge(self, connection: AsyncConnection, late: Sequence[Card], key: str) -> None:
        """One notice for all of them."""
        if late:
            ids = [card.id for card in late]
            await mark_reminded(connection, ids, self.now(), escalated=key == ESCALATION)
            await add_notice(connection, key, {"count": len(late)}, now=self.now())


async def list_undecided(connection: AsyncConnection) -> Sequence[Card]:
    """Cards that wait for somebody's decision, the oldest first; an open card may only tell how something goes on."""
    return [card for card in await list_open_cards(connection) if await waits(connection, card)]


async def waits(connection: AsyncConnection, card: Card) -> bool:
    """Whether an open card asks for a decision: a call or a correction does so until somebody has decided it."""
    if card.kind is CardKind.BROADCAST:
        call = await find_broadcast(connection, card.subject_ids[0])
        return call is not None and call.state is BroadcastState.SUBMITTED and not is_outdated(card, call)
    if card.kind is CardKind.AMENDMENT:
        amendment = await find_amendment(connection, card.subject_ids[0])
        return amendment is not None and amendment.state is AmendmentState.SUBMITTED
    return card.kind is not CardKind.NOTICE


def is_outdated(card: Card, broadcast: Broadcast) -> bool:
    """Whether the words that the card was made for were withdrawn to be changed; its text is their digest."""
    return card.decision == Verb.EDIT.value or card.text != broadcast.digest


async def list_owed(
    connection: AsyncConnection, chats: Sequence[int], others: Collection[int], owners: Collection[int]
) -> Sequence[tuple[Card, int]]:
    """Undecided cards with each chat that is to get it: `chats` get all, `others` in private what concerns them."""
    private = sorted(set(others) - set(chats))
    besides = [one for one in await list_missing(connection, private) if concerns(*one, owners)]
    return sorted([*await list_missing(connection, chats), *besides], key=lambda one: one[0].id)


def concerns(card: Card, person: int, owners: Collection[int]) -> bool:
    """Whether somebody gets this card in private although cards go to the review chat."""
    key = json.loads(card.text)["key"] if card.kind is CardKind.NOTICE else None
    if key in FOR_ALL:
        return True
    return person in owners and (card.escalated_at is not None or key in FOR_OWNERS)
