"""Cards on their way: to every organisers' chat, and once more when what they show has changed.

A card goes to the review chat, or to each owner in private where there is none or where it cannot be written to.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.calls import compose_preview, compose_stage
from bot.compose.card import compose_notice, without_markup
from bot.compose.holding import compose_hold_card
from bot.compose.wording import Wording
from bot.flows.amended_cards import render_amendment
from bot.flows.approving import list_approvers
from bot.flows.faces import Faces
from bot.flows.patience import Patience
from bot.flows.review import Review
from bot.flows.standing import Standings
from bot.flows.urging import Urging, is_outdated, list_owed, list_undecided
from bot.model.broadcast import Broadcast
from bot.model.delivery import Fate, Receipt
from bot.model.message import Message
from bot.model.organiser import Act, Card, CardKind, may
from bot.store import Store
from bot.store.broadcasts import find_broadcast
from bot.store.cards import (
    UNREACHED,
    CardCopy,
    decide_card,
    list_copies,
    list_open_cards,
    list_stale_cards,
    list_unreached,
    mark_copies_edited,
    put_copy,
)
from bot.store.organisers import list_organisers

log = logging.getLogger(__name__)

# Telegram was not reached, or asks for patience: the next beat tries again.
AGAIN = (Fate.LATER, Fate.NOT_SENT, Fate.UNKNOWN, Fate.REVOKED)
SHOWN_AT_ONCE = 10


@dataclass(frozen=True, kw_only=True)
class Cards:
    """`post` sends a message to a chat, `edit` changes one (chat, message id); both say what came of it."""

    store: Store
    review: Review
    post: Callable[[int, Message], Awaitable[Receipt]]
    edit: Callable[[int, int, Message], Awaitable[Receipt]]
    wording: Wording
    now: Callable[[], datetime]
    owners: frozenset[int]
    standings: Standings
    wordings: Mapping[str, Wording] = field(default_factory=dict)
    review_chat: int | None = None
    single_organiser: bool = False
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    @cached_property
    def patience(self) -> Patience:
        """When to try a chat again."""
        return Patience(now=self.now)

    @cached_property
    def faces(self) -> Faces:
        """What cards about stories show."""
        return Faces(store=self.store, wording=self.wording, now=self.now)

    @cached_property
    def urging(self) -> Urging:
        """What tells of cards that wait for too long."""
        return Urging(store=self.store, now=self.now)

    async def tick(self) -> int:
        """Make cards of what waits, send those that are missing somewhere, edit those that have changed.

        Returns how many messages that took. Sending again after a crash is possible, losing one is not.
        """
        async with self._turn:
            await self.review.make_cards()
            await self.urging.tick()
            async with self.store.read() as connection:
                owed = await self.list_owed(connection)
            sent = [await self.put(card, chat) for card, chat in owed if self.patience.is_due(card.id, chat)]
            await self.end_notices()
            return sum(sent) + await self.edit_stale()

    async def list_owed(self, connection: AsyncConnection) -> Sequence[tuple[Card, int]]:
        """Which card is still to go to which chat."""
        people = [one.user_id for one in await list_organisers(connection, self.owners)]
        return await list_owed(connection, await self.chats(connection), people, self.owners)

    async def chats(self, connection: AsyncConnection) -> Sequence[int]:
        """Where cards go."""
        people = [one.user_id for one in await list_organisers(connection, self.owners) if may(one.role, Act.REVIEW)]
        if self.review_chat is None:
            return people
        unreached = await list_unreached(connection)
        return [self.review_chat, *people] if self.review_chat in unreached else [self.review_chat]

    async def show(self, chat_id: int) -> tuple[int, int]:
        """Send what waits for a decision once more to a chat that asked; returns how many there are and were sent."""
        async with self._turn:
            await self.review.make_cards()
            async with self.store.read() as connection:
                cards = await list_undecided(connection)
            sent = [await self.put(card, chat_id) for card in cards[:SHOWN_AT_ONCE]]
            return len(cards), sum(sent)

    async def put(self, card: Card, chat_id: int) -> int:
        """Send a card to a chat and remember where it is; returns how many messages that took, 0 to try again.

        After two tries without an answer it has most likely arrived; it comes again when somebody writes there.
        """
        receipt = await self.post_whole(card, chat_id)
        settled = receipt.fate is Fate.UNKNOWN and self.patience.is_second_unknown(card.id, chat_id)
        if receipt.fate in AGAIN and not settled:
            log.info("card %d has not reached chat %d yet (%s)", card.id, chat_id, receipt.reason)
            return 0
        if receipt.fate is not Fate.SENT:
            log.warning("card %d does not reach chat %d: %s", card.id, chat_id, receipt.reason)
        self.patience.end(card.id, chat_id)
        async with self.store.write() as connection:
            await put_copy(connection, card.id, chat_id, receipt.telegram_message_id or UNREACHED)
        return 1

    async def post_whole(self, card: Card, chat_id: int) -> Receipt:
        """Send a card; above a broadcast's its words exactly as readers would get them, and no card where they fail.

        Its author has seen them, and so has a chat that got them at an earlier try.
        """
        place = (card.id, chat_id)
        broadcast = await self.find_broadcast(card) if card.kind is CardKind.BROADCAST else None
        if broadcast is not None and chat_id not in broadcast.writers and place not in self.patience.previewed:
            for language, message in broadcast.messages.items():
                wording = self.wordings.get(language, self.wording)
                preview = await self.try_post(chat_id, compose_preview(message, wording))
                if preview.fate is not Fate.SENT:
                    return preview
            self.patience.previewed.add(place)
        return await self.post_readable(chat_id, await self.render(card, chat_id))

    async def post_readable(self, chat_id: int, message: Message) -> Receipt:
        """Send it, without markup and links where Telegram refuses those: what waits must not be lost over them."""
        receipt = await self.try_post(chat_id, message)
        if receipt.fate is not Fate.BAD_CONTENT:
            return receipt
        log.error("Telegram refused a card (%s); it is sent without markup and links", receipt.reason)
        return await self.try_post(chat_id, without_markup(message))

    async def try_post(self, chat_id: int, message: Message) -> Receipt:
        """Send it unless the chat is to be left alone."""
        return await self.patience.call(chat_id, lambda: self.post(chat_id, message))

    async def end_notices(self) -> None:
        """A notice that has been everywhere is done."""
        async with self.store.write() as connection:
            missing = {card.id for card, _ in await self.list_owed(connection)}
            for card in await list_open_cards(connection):
                if card.kind is CardKind.NOTICE and card.id not in missing:
                    await decide_card(connection, card.id, "told", by=None, now=self.now())

    async def edit_stale(self) -> int:
        """Make every copy of a changed card show what became of it; returns how many were edited."""
        async with self.store.read() as connection:
            stale = [(card, await list_copies(connection, card.id)) for card in await list_stale_cards(connection)]
        edited = 0
        for card, copies in stale:
            if any(self.patience.waits(copy.chat_id) for copy in copies):
                continue
            receipts = [await self.edit_copy(card, copy) for copy in copies]
            edited += len(receipts)
            if not any(receipt.fate in AGAIN for receipt in receipts):
                async with self.store.write() as connection:
                    await mark_copies_edited(connection, card, self.now())
        return edited

    async def edit_copy(self, card: Card, copy: CardCopy) -> Receipt:
        """Make one copy show how the card stands."""
        message = await self.render(card, copy.chat_id)
        return await self.patience.call(copy.chat_id, lambda: self.edit(copy.chat_id, copy.message_id, message))

    async def render(self, card: Card, chat_id: int, *, choosing: bool | None = None) -> Message:
        """A card as it stands now, for a chat; `choosing` opens or closes a fuse card (None: as it is)."""
        match card.kind:
            case CardKind.NOTICE:
                arguments = json.loads(card.text)
                return Message(compose_notice(arguments.pop("key"), arguments, self.wording))
            case CardKind.BROADCAST:
                return await self.render_broadcast(card, chat_id)
            case CardKind.AMENDMENT:
                owners = self.owners if self.single_organiser else ()
                return await render_amendment(self.store, card, chat_id, self.wording, single_of=owners)
            case CardKind.GONE | CardKind.OVERDUE:
                return compose_hold_card(card, self.wording)
            case CardKind.STORY | CardKind.FUSE | CardKind.MERGE | CardKind.CHANGE:
                return await self.faces.render(card, choosing=choosing)

    async def render_broadcast(self, card: Card, chat_id: int) -> Message:
        """A card about a broadcast, by its state."""
        broadcast = await self.find_broadcast(card)
        if broadcast is None:
            return Message(self.wording("stage-void"))
        async with self.store.read() as connection:
            alone = self.single_organiser and len(await list_approvers(connection, self.owners)) == 1
        return compose_stage(
            broadcast,
            self.wording,
            await self.standings.of(broadcast),
            own=chat_id in broadcast.writers and not alone,
            edited=is_outdated(card, broadcast),
        )

    async def find_broadcast(self, card: Card) -> Broadcast | None:
        """The broadcast that a card is about."""
        async with self.store.read() as connection:
            return await find_broadcast(connection, card.subject_ids[0])
