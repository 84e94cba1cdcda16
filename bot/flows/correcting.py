"""Correcting: what people do about a message that was sent. A correction needs two of them, a withdrawal one.

Every state is in the database. No copy changes before somebody else approved exactly these words (DESIGN.md rule 8).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.amendment import SEAL
from bot.compose.correction import compose_told
from bot.flows.approving import Answer, is_related, list_approvers
from bot.flows.rewording import Rewording
from bot.flows.withdrawing import supersede_others, take_back
from bot.model.amendment import (
    Amendment,
    AmendmentKind,
    AmendmentState,
    Body,
    SentMessage,
    Step,
    Why,
    next_state,
)
from bot.model.delivery import MessageKind
from bot.model.organiser import Act, CardKind, Role, may
from bot.store import Store
from bot.store.amendments import (
    add_amendment,
    advance,
    as_values,
    drop_pictures,
    find_amendment,
    find_waiting,
    mark_amended,
    move_amendment,
    put_texts,
)
from bot.store.broadcasts import add_deed, list_retries
from bot.store.cards import add_card, decide_card, find_card_of, touch_card
from bot.store.copies import lock_pending, owe_note
from bot.store.messages import add_message
from bot.store.organisers import find_organiser
from bot.store.sent import find_sent_message

# A short message to who has a copy is worth nothing after this.
NOTE_LASTS = timedelta(days=7)
AUTHORS = frozenset({Step.NOTE, Step.TEXT, Step.CHANGE, Step.SUBMIT, Step.REOPEN, Step.DISCARD})
ACTS = {**dict.fromkeys(AUTHORS, Act.CORRECT), Step.APPROVE: Act.APPROVE, Step.REJECT: Act.APPROVE}
"""What a person may press, and as what."""


@dataclass(frozen=True, kw_only=True)
class Correcting:
    """What people do; the clock's part is bot.flows.amending. `owners` are Telegram user ids."""

    store: Store
    rewording: Rewording
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    owners: frozenset[int]
    single_organiser: bool = False

    async def begin(self, message_id: int, *, by: int, page: bool = False) -> Amendment | None:
        """A correction whose note is the author's next message; None where there is no such message (any more)."""
        async with self.store.write() as connection:
            message = await find_sent_message(connection, message_id)
            if message is None or message.withdrawn_at is not None:
                return None
            waiting = await find_waiting(connection, by)
            if waiting is not None:
                await move_amendment(connection, waiting, Step.DISCARD, ended_at=self.now())
            made = await add_amendment(
                connection,
                message_id,
                AmendmentKind.CORRECT,
                by=by,
                now=self.now(),
                body=Body(page=page, bare=page and message.pictured),
            )
            return await find_amendment(connection, made)

    async def find_waiting(self, author: int) -> Amendment | None:
        """The correction that waits for this author's next message, if any does."""
        async with self.store.read() as connection:
            return await find_waiting(connection, author)

    async def write(self, amendment: Amendment, typed: str, html: str) -> Amendment | None:
        """Keep the awaited note or text; the draft, or None where it waits for none any more.

        Raises ComposeError with a sentence for the author.
        """
        if amendment.state is AmendmentState.AWAITING_NOTE:
            changed = replace(amendment, note=self.rewording.read_note(typed))
        else:
            changed = replace(amendment, body=Body(text=html, bare=amendment.body.bare))
        return await self.keep(changed, Step.WRITE)

    async def change(self, amendment_id: int, seal: str, *, by: int, **changes: Any) -> Amendment | Answer:
        """Change a draft's `body` or `tell`; raises ComposeError. The draft as it is then, or why nothing changed."""
        async with self.store.read() as connection:
            amendment = await find_amendment(connection, amendment_id)
            if amendment is None or seal != amendment.digest[:SEAL]:
                return Answer.CHANGED
            refusal = await self.refuse(connection, amendment, Step.CHANGE, by)
        if refusal is not None:
            return refusal
        return await self.keep(replace(amendment, **changes), Step.CHANGE) or Answer.CHANGED

    async def keep(self, amendment: Amendment, step: Step) -> Amendment | None:
        """Compose the draft anew and keep it, if it still stands where it stood."""
        async with self.store.write() as connection:
            message = await find_sent_message(connection, amendment.message_id)
            if message is None:
                return None
            composed = await self.rewording.compose(connection, message, amendment)
            if not await move_amendment(connection, amendment, step, **as_values(composed)):
                return None
            await self.note(connection, composed, step.value, amendment.author_id)
            return await find_amendment(connection, amendment.id)

    async def press(self, amendment_id: int, step: Step, seal: str, *, by: int) -> Answer:
        """Do what somebody pressed; `seal` is the beginning of the digest that the button stood under.

        Everything is asked here and now: who they are, whether these are still those words, and where it stands.
        """
        async with self.store.write() as connection:
            amendment = await find_amendment(connection, amendment_id)
            if amendment is None or seal != amendment.digest[:SEAL]:
                return Answer.CHANGED
            refusal = await self.refuse(connection, amendment, step, by)
            if refusal is not None:
                return refusal
            ends = {"ended_at": self.now()} if step in {Step.DISCARD, Step.REJECT} else {}
            decided = {"approver_id": by, "decided_at": self.now()} if step is Step.APPROVE else {}
            if not await move_amendment(connection, amendment, step, **ends, **decided):
                return Answer.CHANGED
            await self.note(connection, amendment, step.value, by)
            await self.follow_up(connection, amendment, step, by)
        self.wake("review")
        return Answer.DONE

    async def refuse(self, connection: AsyncConnection, amendment: Amendment, step: Step, by: int) -> Answer | None:
        """Why this person may not do this; None where they may."""
        organiser = await find_organiser(connection, by, self.owners)
        if step not in ACTS or not may(organiser.role if organiser else None, ACTS[step]):
            return Answer.ORGANISERS_ONLY
        if step in AUTHORS and by != amendment.author_id:
            return Answer.AUTHOR_ONLY
        if next_state(amendment.state, step) is None:
            return Answer.CHANGED
        if step is not Step.APPROVE:
            return None
        message = await find_sent_message(connection, amendment.message_id)
        if message is None or message.withdrawn_at is not None or not amendment.sealed:
            return Answer.CHANGED
        return await self.refuse_approval(connection, amendment, by)

    async def refuse_approval(self, connection: AsyncConnection, amendment: Amendment, by: int) -> Answer | None:
        """Why this approval does not count; None where it does: by the rules for broadcasts (bot.flows.approving)."""
        approver = await find_organiser(connection, by, self.owners)
        author = await find_organiser(connection, amendment.author_id, self.owners)
        if by == amendment.author_id:
            alone = self.single_organiser and len(await list_approvers(connection, self.owners)) == 1
            return None if alone else Answer.OWN
        if approver is None or author is None or approver.role is Role.OWNER:
            return None
        return Answer.RELATED if is_related(approver, author) else None

    async def follow_up(self, connection: AsyncConnection, amendment: Amendment, step: Step, by: int) -> None:
        """What a press means beyond its own row: the card, and the copies."""
        card = await find_card_of(connection, CardKind.AMENDMENT, amendment.id)
        if step is Step.SUBMIT:
            await add_card(connection, CardKind.AMENDMENT, [amendment.id], amendment.digest, now=self.now())
        elif step is Step.APPROVE:
            await self.take_effect(connection, amendment)
            if card is not None:
                await touch_card(connection, card.id, step.value)
            self.wake("amend")
        elif card is not None:
            await decide_card(connection, card.id, step.value, by=by, now=self.now())

    async def take_effect(self, connection: AsyncConnection, amendment: Amendment) -> None:
        """Let what is sent from now on be correct, and note what is in flight."""
        message = await find_sent_message(connection, amendment.message_id)
        assert message is not None  # noqa: S101 - it was there in `refuse`, in this transaction
        await supersede_others(connection, message.id, amendment.id, self.now(), written_only=True)
        in_flight = await lock_pending(connection, message.id)
        await put_texts(connection, message.id, amendment.texts)
        if amendment.body.bare:
            await drop_pictures(connection, message.id)
        await mark_amended(connection, message.id, now=self.now(), withdrawn=False)
        await self.rewording.put_finding(connection, message, amendment.body)
        told_id = await self.tell(connection, message, amendment) if amendment.tell else None
        working = await find_amendment(connection, amendment.id)
        assert working is not None  # noqa: S101 - its row was moved just now
        await advance(connection, working, in_flight=in_flight, told_id=told_id)

    async def tell(self, connection: AsyncConnection, message: SentMessage, amendment: Amendment) -> int:
        """Owe a short message to who has a copy; returns its id."""
        now = self.now()
        texts = {
            language: compose_told(amendment.note, message.created_at, wording)
            for language, wording in self.rewording.wordings.items()
        }
        told_id = await add_message(connection, MessageKind.CORRECTION, texts, now=now, expires_at=now + NOTE_LASTS)
        await owe_note(connection, message.id, told_id, now=now)
        self.wake("deliver")
        return told_id

    async def withdraw(self, message_id: int, why: Why, *, by: int) -> Answer:
        """Stop and take back a message for everybody, by one person's word; the others are told at once.

        What retried a broadcast, or was retried by it, said the same and goes with it.
        """
        async with self.store.write() as connection:
            organiser = await find_organiser(connection, by, self.owners)
            if organiser is None or not may(organiser.role, Act.STOP):
                return Answer.ORGANISERS_ONLY
            message = await find_sent_message(connection, message_id)
            if message is None or message.withdrawn_at is not None:
                return Answer.CHANGED
            await self.withdraw_one(connection, message, why, by)
            for other in await list_retries(connection, message_id):
                again = await find_sent_message(connection, other)
                if again is not None and again.withdrawn_at is None:
                    await self.withdraw_one(connection, again, why, by)
        self.wake("review")
        self.wake("amend")
        return Answer.DONE

    async def withdraw_one(self, connection: AsyncConnection, message: SentMessage, why: Why, by: int) -> None:
        """Begin one withdrawal, with its card."""
        now = self.now()
        made = await add_amendment(connection, message.id, AmendmentKind.WITHDRAW, by=by, now=now, note=why.value)
        await take_back(connection, message, made, by=by, now=now)
        await add_card(connection, CardKind.AMENDMENT, [made], why.value, now=now)
        await add_deed(connection, by, "withdraw", f"message:{message.id}", now=now)

    async def note(self, connection: AsyncConnection, amendment: Amendment, verb: str, by: int) -> None:
        """A row of the audit."""
        subject = f"message:{amendment.message_id}"
        await add_deed(connection, by, f"correct_{verb}", subject, now=self.now(), digest=amendment.digest)
