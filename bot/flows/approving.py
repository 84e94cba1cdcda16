"""Approving: whose yes to a call to action counts, and what takes it back (DESIGN.md rule 8)."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.broadcast import Broadcast, Verb
from bot.model.organiser import Act, CardKind, Organiser, Role, may
from bot.store.broadcasts import add_deed
from bot.store.cards import decide_card, find_card_of, touch_card
from bot.store.organisers import find_organiser, list_organisers


class Answer(StrEnum):
    """What a press came to. All but DONE changed nothing."""

    DONE = "done"
    CHANGED = "changed"
    OWN = "own"
    RELATED = "related"
    AUTHOR_ONLY = "author-only"
    NOBODY = "nobody"
    ORGANISERS_ONLY = "organisers-only"
    DEAD = "dead-link"
    EXPIRED = "expired"
    PAST = "past"
    REASON = "reason"
    AMENDED = "amended"


async def refuse_approval(
    connection: AsyncConnection, broadcast: Broadcast, by: int, owners: Collection[int], *, single: bool
) -> Answer | None:
    """Why this person's approval of it does not count; None where it does.

    A second person's does: not the author's nor the last editor's, nor, but for owners, that of somebody whom a writer
    invited or who invited one. `single`: the configuration says that there is no second person; then, if there is
    none, the author's counts.
    """
    approver = await find_organiser(connection, by, owners)
    if approver is None or not may(approver.role, Act.APPROVE):
        return Answer.ORGANISERS_ONLY
    if by in broadcast.writers:
        alone = single and len(await list_approvers(connection, owners)) == 1
        return None if alone else Answer.OWN
    if approver.role is Role.OWNER:
        return None
    writers = [await find_organiser(connection, writer, owners) for writer in broadcast.writers]
    return Answer.RELATED if any(is_related(approver, writer) for writer in writers if writer) else None


def is_related(one: Organiser, other: Organiser) -> bool:
    """Whether one invited the other."""
    return one.invited_by == other.user_id or other.invited_by == one.user_id


async def list_approvers(connection: AsyncConnection, owners: Collection[int]) -> list[Organiser]:
    """Everybody whose role lets them approve."""
    return [one for one in await list_organisers(connection, owners) if may(one.role, Act.APPROVE)]


async def count_approvers(
    connection: AsyncConnection, broadcast: Broadcast, owners: Collection[int], *, single: bool
) -> int:
    """How many people there are whose approval of this would count."""
    known = await list_approvers(connection, owners)
    refusals = [await refuse_approval(connection, broadcast, one.user_id, owners, single=single) for one in known]
    return refusals.count(None)


async def note(connection: AsyncConnection, broadcast: Broadcast, verb: Verb, by: int, *, now: datetime) -> None:
    """A row of the audit."""
    digest = broadcast.true_digest if verb in {Verb.WRITE, Verb.CHANGE} else broadcast.digest
    await add_deed(connection, by, f"call_{verb.value}", f"broadcast:{broadcast.id}", now=now, digest=digest)


async def show_stage(connection: AsyncConnection, broadcast: Broadcast, stage: str) -> None:
    """Let the broadcast's card show a new stage."""
    card = await find_card_of(connection, CardKind.BROADCAST, broadcast.id)
    if card is not None:
        await touch_card(connection, card.id, stage)


async def end_card(
    connection: AsyncConnection, broadcast: Broadcast, decision: str, *, by: int | None, now: datetime
) -> None:
    """Let the broadcast's card show its last stage; whoever has a copy is told so by it."""
    card = await find_card_of(connection, CardKind.BROADCAST, broadcast.id)
    if card is not None:
        await decide_card(connection, card.id, decision, by=by, now=now)
