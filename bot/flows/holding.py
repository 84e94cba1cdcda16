"""Holding: what organisers decide about sending that waits for them. The first press wins."""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.correction import title_of
from bot.compose.holding import KEPT
from bot.compose.text import visible_text
from bot.model.organiser import Card, CardKind
from bot.store import Store
from bot.store.broadcasts import add_deed
from bot.store.cards import add_card, decide_card, find_card, touch_card
from bot.store.deliveries import expire_message
from bot.store.endings import apply_ending, drop_endings, hold_for, list_endings
from bot.store.messages import mark_asked, renew_message, worthless_alerts
from bot.store.sent import find_sent_message

log = logging.getLogger(__name__)

# An alert that is sent though it is late has so long to arrive.
LATE_LASTS = timedelta(hours=24)
CHOICES = {CardKind.GONE: {"go", "spare", KEPT}, CardKind.OVERDUE: {"late", "drop"}}


@dataclass(frozen=True, kw_only=True)
class Holding:
    """The caller has made sure that whoever presses may."""

    store: Store
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def decide(self, card_id: int, choice: str, *, by: int) -> bool:
        """Do what the button says; False where it was decided before, or is no such card."""
        now = self.now()
        async with self._turn, self.store.write() as connection:
            card = await find_card(connection, card_id)
            if card is None or card.decided_at is not None or choice not in CHOICES.get(card.kind, set()):
                return False
            if choice == KEPT:
                await touch_card(connection, card_id, KEPT)
            elif not await decide_card(connection, card_id, choice, by=by, now=now):
                return False
            elif card.kind is CardKind.GONE:
                await self.go_on(connection, now, believing=choice == "go")
            else:
                await self.settle_late(connection, card, now, sending=choice == "late")
            await add_deed(connection, by, choice, f"card:{card_id}", now=now)
        self.wake("deliver")
        return True

    async def go_on(self, connection: AsyncConnection, now: datetime, *, believing: bool) -> None:
        """Send again; those whom Telegram calls gone are ended only if that is believed."""
        for ending in await list_endings(connection) if believing else ():
            await apply_ending(connection, ending, now)
        await drop_endings(connection)
        await hold_for(connection, None, now)

    async def settle_late(self, connection: AsyncConnection, card: Card, now: datetime, *, sending: bool) -> None:
        """Send the copies that are left though they are late, or end them."""
        (message_id,) = card.subject_ids
        if sending:
            await renew_message(connection, message_id, expires_at=now + LATE_LASTS, now=now)
        else:
            await expire_message(connection, message_id, now)


async def ask_about_late(connection: AsyncConnection, now: datetime) -> int:
    """A card for each alert of which copies come too late; returns how many. They wait for an answer."""
    late = await worthless_alerts(connection, now)
    for message_id, count in late:
        message = await find_sent_message(connection, message_id)
        facts = json.dumps({"title": visible_text(title_of(message)) if message else "", "count": count})
        await add_card(connection, CardKind.OVERDUE, [message_id], facts, now=now)
        await mark_asked(connection, message_id, now)
        log.warning("%d copies of message %d come too late: organisers are asked", count, message_id)
    return len(late)
