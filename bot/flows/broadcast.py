"""Broadcast: a call to action on its way from a draft, by a second person's approval, to the ledger.

Every state is in the database. Nothing is owed to anybody before somebody else approved exactly these words for this
audience, and a time has passed in which anybody may cancel (DESIGN.md rule 8).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.calls import SEAL
from bot.flows.approving import Answer, end_card, note, refuse_approval, show_stage
from bot.flows.checking import Checking
from bot.flows.standing import Standings
from bot.model.broadcast import Broadcast, BroadcastState, Verb, step
from bot.model.draft import Await, Awaited, Start
from bot.model.organiser import Act, CardKind, may
from bot.store import Store
from bot.store.broadcasts import (
    VOID,
    add_copy,
    add_deed,
    find_broadcast,
    is_amended,
    move_broadcast,
    put_draft,
    set_paused,
)
from bot.store.cards import add_card
from bot.store.codec import dump
from bot.store.messages import stop_message
from bot.store.organisers import find_role

ACTS: Mapping[Verb, Act] = {
    Verb.EDIT: Act.DRAFT,
    Verb.CHANGE: Act.DRAFT,
    Verb.SUBMIT: Act.DRAFT,
    Verb.DISCARD: Act.DRAFT,
    Verb.APPROVE: Act.APPROVE,
    Verb.REJECT: Act.APPROVE,
    Verb.CANCEL: Act.STOP,
    Verb.PAUSE: Act.STOP,
    Verb.RESUME: Act.APPROVE,
    Verb.STOP: Act.STOP,
}
"""What a person may press, and as what."""
WRITING = frozenset({Verb.EDIT, Verb.CHANGE, Verb.SUBMIT, Verb.DISCARD})
TAKEN_BACK = frozenset({Verb.EDIT, Verb.CHANGE})
ENDS = frozenset({Verb.DISCARD, Verb.REJECT, Verb.CANCEL, Verb.STOP})
SENDING = frozenset({Verb.PAUSE, Verb.RESUME, Verb.STOP})


@dataclass(frozen=True, kw_only=True)
class Broadcasting:
    """What people do with a broadcast; the clock's part is bot.flows.dispatch. `owners` are Telegram user ids."""

    store: Store
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    owners: frozenset[int]
    standings: Standings
    checking: Checking
    single_organiser: bool = False
    cooling_off: timedelta = timedelta(seconds=60)

    async def press(self, broadcast_id: int, verb: Verb, seal: str, *, by: int, reason: str = "") -> Answer:
        """Do what somebody (their user id) pressed; `seal` is the beginning of the digest that the button stood under.

        Everything is asked here and now: who they are, whether these are still those words, and where it stands. A
        rejection needs a `reason`: one of the buttons' names, and after a colon what was typed.
        """
        if verb is Verb.SUBMIT:
            await self.checking.check(broadcast_id)
        async with self.store.write() as connection:
            broadcast = await find_broadcast(connection, broadcast_id)
            if broadcast is None or seal != broadcast.digest[:SEAL]:
                return Answer.CHANGED
            refusal = await self.refuse(connection, broadcast, verb, by)
            if refusal is None and verb is Verb.REJECT and not reason:
                refusal = Answer.REASON
            if refusal is not None:
                return refusal
            changes = self.changes(broadcast, verb, by, reason)
            if not await move_broadcast(connection, broadcast, verb, **changes):
                return Answer.CHANGED
            await note(connection, broadcast, verb, by, now=self.now())
            await self.follow_up(connection, broadcast, verb, by)
        self.wake("review")
        return Answer.DONE

    async def refuse(self, connection: AsyncConnection, broadcast: Broadcast, verb: Verb, by: int) -> Answer | None:
        """Why this person may not do this to this broadcast; None where they may."""
        if verb not in ACTS or not may(await find_role(connection, by, self.owners), ACTS[verb]):
            return Answer.ORGANISERS_ONLY
        if verb is Verb.DISCARD and by not in broadcast.writers:
            return Answer.AUTHOR_ONLY
        if step(broadcast.state, verb) is None or (verb in SENDING and broadcast.ended_by is not None):
            return Answer.CHANGED
        if verb is Verb.APPROVE:
            refusal = await self.refuse_approval(connection, broadcast, by)
            return refusal or self.refuse_times(broadcast)
        if verb is Verb.SUBMIT:
            return await self.refuse_submission(connection, broadcast)
        return None

    async def refuse_approval(self, connection: AsyncConnection, broadcast: Broadcast, by: int) -> Answer | None:
        """Why this person's yes does not count."""
        return await refuse_approval(connection, broadcast, by, self.owners, single=self.single_organiser)

    async def refuse_submission(self, connection: AsyncConnection, broadcast: Broadcast) -> Answer | None:
        """What would be of no use to anybody: for nobody, too late, or with a link that leads nowhere."""
        if not await self.standings.reach(connection, broadcast):
            return Answer.NOBODY
        if broadcast.draft.dead and broadcast.draft.anyway_by is None:
            return Answer.DEAD
        return self.refuse_times(broadcast)

    def refuse_times(self, broadcast: Broadcast) -> Answer | None:
        """Whether the time that was set for it is past, or it would be too late by then."""
        now, draft = self.now(), broadcast.draft
        if draft.start is Start.AT and draft.start_at is not None and draft.start_at <= now:
            return Answer.PAST
        begins = draft.begins(now + self.cooling_off)
        return Answer.EXPIRED if draft.expiry(begins) <= begins else None

    def changes(self, broadcast: Broadcast, verb: Verb, by: int, reason: str) -> dict[str, Any]:
        """The columns that change with a press."""
        now = self.now()
        if verb is Verb.APPROVE:
            return {
                "approver_id": by,
                "approved_at": now,
                "approved_digest": broadcast.digest,
                "send_at": broadcast.draft.begins(now + self.cooling_off),
            }
        if verb is Verb.SUBMIT:
            # Whatever was to be typed for it is not any more: words that come later are no change of it.
            return {"submitted_at": now, "draft": dump("draft", replace(broadcast.draft, awaited=None))}
        if verb in TAKEN_BACK:
            awaited = Awaited(Await.TEXT, by, now) if verb is Verb.EDIT else None
            return {**VOID, "draft": dump("draft", replace(broadcast.draft, awaited=awaited))}
        return {"ended_by": by, "ended_reason": reason or verb.value} if verb in ENDS else {}

    async def follow_up(self, connection: AsyncConnection, broadcast: Broadcast, verb: Verb, by: int) -> None:
        """What a press means beyond its own row: the card, and what is still owed."""
        now, message_id = self.now(), broadcast.message_id
        if verb is Verb.SUBMIT:
            await add_card(connection, CardKind.BROADCAST, [broadcast.id], broadcast.digest, now=now)
            return
        if verb is Verb.STOP and message_id is not None:
            await stop_message(connection, message_id, now=now, reason="an organiser stopped it")
        elif verb in SENDING and message_id is not None:
            await set_paused(connection, message_id, now if verb is Verb.PAUSE else None)
            self.wake("broadcast")
        if verb in TAKEN_BACK:
            await end_card(connection, broadcast, Verb.EDIT.value, by=by, now=now)
        elif verb in ENDS - {Verb.STOP}:
            await end_card(connection, broadcast, verb.value, by=by, now=now)
        else:
            await show_stage(connection, broadcast, verb.value)

    async def send_anyway(self, broadcast_id: int, seal: str, *, by: int) -> Answer:
        """Let a draft be submitted although links of it do not answer; the approver is told who said so."""
        async with self.store.write() as connection:
            broadcast = await find_broadcast(connection, broadcast_id)
            if broadcast is None or seal != broadcast.digest[:SEAL] or broadcast.state is not BroadcastState.DRAFT:
                return Answer.CHANGED
            if not may(await find_role(connection, by, self.owners), Act.DRAFT):
                return Answer.ORGANISERS_ONLY
            await put_draft(connection, broadcast, replace(broadcast.draft, anyway_by=by))
            subject = f"broadcast:{broadcast.id}"
            await add_deed(connection, by, "call_anyway", subject, now=self.now(), digest=broadcast.digest)
        return Answer.DONE

    async def retry(self, broadcast_id: int, seal: str, *, by: int) -> Answer:
        """Submit the same words once more for those whom they failed to reach; a second person approves, as ever."""
        async with self.store.write() as connection:
            failed = await find_broadcast(connection, broadcast_id)
            if failed is None or seal != failed.digest[:SEAL] or failed.state is not BroadcastState.DONE:
                return Answer.CHANGED
            if failed.training:  # its copy would be no rehearsal, and there is no button for this
                return Answer.CHANGED
            if not may(await find_role(connection, by, self.owners), Act.DRAFT):
                return Answer.ORGANISERS_ONLY
            if await is_amended(connection, failed.id):
                return Answer.AMENDED
            copy = await add_copy(connection, failed, by, now=self.now())
            if copy is None:
                return Answer.CHANGED
        answer = await self.press(copy.id, Verb.SUBMIT, copy.digest[:SEAL], by=by)
        if answer is not Answer.DONE:
            await self.press(copy.id, Verb.DISCARD, copy.digest[:SEAL], by=by)
        return answer
