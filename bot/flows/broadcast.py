"""Broadcast: a call to action on its way from an author's words, by a second person's approval, to the ledger.

Every state is in the database. Nothing is owed to anybody before somebody else approved exactly these words for this
audience, and a time has passed in which anybody may cancel (DESIGN.md rule 8).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.broadcast import compose_call
from bot.compose.calls import SEAL
from bot.compose.text import Markup
from bot.compose.wording import Wording
from bot.model.broadcast import Broadcast, Verb, step
from bot.model.message import Message
from bot.model.organiser import Act, CardKind, may
from bot.model.subscriber import Wants
from bot.store import Store
from bot.store.broadcasts import (
    add_broadcast,
    add_deed,
    find_awaiting,
    find_broadcast,
    move_broadcast,
    write_text,
)
from bot.store.cards import add_card, decide_card, find_card_of, touch_card
from bot.store.messages import stop_message
from bot.store.organisers import find_role, list_organisers
from bot.store.subscribers import count_subscribers


class Answer(StrEnum):
    """What a press came to. All but DONE changed nothing."""

    DONE = "done"
    CHANGED = "changed"
    OWN = "own"
    AUTHOR_ONLY = "author-only"
    NOBODY = "nobody"
    ORGANISERS_ONLY = "organisers-only"


ACTS: Mapping[Verb, Act] = {
    Verb.EDIT: Act.DRAFT,
    Verb.SUBMIT: Act.DRAFT,
    Verb.DISCARD: Act.DRAFT,
    Verb.APPROVE: Act.APPROVE,
    Verb.REJECT: Act.APPROVE,
    Verb.CANCEL: Act.STOP,
    Verb.STOP: Act.STOP,
}
"""What a person may press, and as what."""
AUTHORS = frozenset({Verb.EDIT, Verb.SUBMIT, Verb.DISCARD})
ENDS = frozenset({Verb.DISCARD, Verb.REJECT, Verb.CANCEL, Verb.STOP})


@dataclass(frozen=True, kw_only=True)
class Broadcasting:
    """What people do with a broadcast; the clock's part is bot.flows.dispatch. `owners` are Telegram user ids."""

    store: Store
    wording: Wording
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    owners: frozenset[int]
    organisation: str = ""
    single_organiser: bool = False
    cooling_off: timedelta = timedelta(seconds=60)

    async def begin(self, author: int) -> Broadcast:
        """The broadcast whose text is the author's next message; one that still waits for its text is used again."""
        async with self.store.write() as connection:
            found = await find_awaiting(connection, author)
            if found is None:
                await add_broadcast(connection, author, now=self.now())
                found = await find_awaiting(connection, author)
        assert found is not None  # noqa: S101 - it was added just now, in this transaction
        return found

    async def find_awaiting(self, author: int) -> Broadcast | None:
        """The broadcast that waits for this author's next message, if any does."""
        async with self.store.read() as connection:
            return await find_awaiting(connection, author)

    def compose(self, html: str) -> Message:
        """An author's words (Telegram HTML) as readers get them; raises ComposeError with a sentence for the author."""
        return compose_call(Markup(html), self.wording, organisation=self.organisation)

    async def write(self, broadcast: Broadcast, message: Message) -> Broadcast | None:
        """Keep composed words; the draft, or None where it waits for none any more."""
        async with self.store.write() as connection:
            written = await write_text(connection, broadcast, message, self.now())
            draft = await find_broadcast(connection, broadcast.id)
            if written and draft is not None:
                await self.note(connection, draft, Verb.WRITE, broadcast.author_id)
        return draft if written else None

    async def reach(self) -> int:
        """How many people would get it now."""
        async with self.store.read() as connection:
            return await count_subscribers(connection, Wants.CALLS)

    async def press(self, broadcast_id: int, verb: Verb, seal: str, *, by: int) -> Answer:
        """Do what somebody (their user id) pressed; `seal` is the beginning of the digest that the button stood under.

        Everything is asked here and now: who they are, whether these are still those words, and where it stands.
        """
        async with self.store.write() as connection:
            broadcast = await find_broadcast(connection, broadcast_id)
            if broadcast is None or seal != broadcast.digest[:SEAL]:
                return Answer.CHANGED
            refusal = await self.refuse(connection, broadcast, verb, by)
            if refusal is not None:
                return refusal
            if not await move_broadcast(connection, broadcast, verb, **self.changes(broadcast, verb, by)):
                return Answer.CHANGED
            await self.note(connection, broadcast, verb, by)
            await self.follow_up(connection, broadcast, verb, by)
        self.wake("review")
        return Answer.DONE

    async def refuse(self, connection: AsyncConnection, broadcast: Broadcast, verb: Verb, by: int) -> Answer | None:
        """Why this person may not do this to this broadcast; None where they may."""
        if verb not in ACTS or not may(await find_role(connection, by, self.owners), ACTS[verb]):
            return Answer.ORGANISERS_ONLY
        if verb in AUTHORS and by != broadcast.author_id:
            return Answer.AUTHOR_ONLY
        if step(broadcast.state, verb) is None or (verb is Verb.STOP and broadcast.ended_by is not None):
            return Answer.CHANGED
        if verb is Verb.APPROVE and not await self.may_approve(connection, broadcast, by):
            return Answer.OWN
        if verb is Verb.SUBMIT and not await count_subscribers(connection, Wants.CALLS):
            return Answer.NOBODY
        return None

    async def may_approve(self, connection: AsyncConnection, broadcast: Broadcast, by: int) -> bool:
        """A second person may; the author only where the configuration says there is no other and none is."""
        if not may(await find_role(connection, by, self.owners), Act.APPROVE):
            return False
        return by != broadcast.author_id or await self.is_alone(connection)

    async def is_alone(self, connection: AsyncConnection) -> bool:
        """Whether the configuration says that there is no second organiser, and there is none."""
        approvers = [one for one in await list_organisers(connection, self.owners) if may(one.role, Act.APPROVE)]
        return self.single_organiser and len(approvers) == 1

    def changes(self, broadcast: Broadcast, verb: Verb, by: int) -> dict[str, Any]:
        """The columns that change with a press."""
        now = self.now()
        if verb is Verb.APPROVE:
            return {
                "approver_id": by,
                "approved_at": now,
                "approved_digest": broadcast.digest,
                "send_at": now + self.cooling_off,
            }
        return {"ended_by": by, "ended_reason": verb.value} if verb in ENDS else {}

    async def follow_up(self, connection: AsyncConnection, broadcast: Broadcast, verb: Verb, by: int) -> None:
        """What a press means beyond its own row: the card, and what is still owed."""
        if verb is Verb.SUBMIT:
            await add_card(connection, CardKind.BROADCAST, [broadcast.id], broadcast.digest, now=self.now())
            return
        if verb is Verb.STOP and broadcast.message_id is not None:
            await stop_message(connection, broadcast.message_id, now=self.now(), reason="an organiser stopped it")
        ends = verb in ENDS - {Verb.STOP} or verb is Verb.EDIT
        if ends:
            await end_card(connection, broadcast, verb.value, by=by, now=self.now())
        else:
            await show_stage(connection, broadcast, verb.value)

    async def note(self, connection: AsyncConnection, broadcast: Broadcast, verb: Verb, by: int) -> None:
        """A row of the audit."""
        subject = f"broadcast:{broadcast.id}"
        await add_deed(connection, by, f"call_{verb.value}", subject, now=self.now(), digest=broadcast.digest)


async def show_stage(connection: AsyncConnection, broadcast: Broadcast, stage: str) -> None:
    """Let the broadcast's card show a new stage."""
    card = await find_card_of(connection, CardKind.BROADCAST, broadcast.id)
    if card is not None:
        await touch_card(connection, card.id, stage)


async def end_card(
    connection: AsyncConnection, broadcast: Broadcast, decision: str, *, by: int | None, now: datetime
) -> None:
    """Let the broadcast's card show its last stage."""
    card = await find_card_of(connection, CardKind.BROADCAST, broadcast.id)
    if card is not None:
        await decide_card(connection, card.id, decision, by=by, now=now)
