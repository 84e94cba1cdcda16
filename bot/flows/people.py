"""People: owners invite organisers by links that are used once, and remove them at once.

A link makes nobody anything: whoever accepts it waits until the inviter says that it was they who were meant.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.approving import end_card
from bot.model.broadcast import BroadcastState, Verb
from bot.model.invite import LASTS, Invite, Outcome, Standing, digest_of_secret
from bot.model.organiser import Organiser, Role
from bot.store import Store
from bot.store.broadcasts import add_deed, list_broadcasts, move_broadcast
from bot.store.cards import add_notice, forget_copies
from bot.store.invites import add_invite, end_invite, find_by_digest, find_invite, list_open_invites, use_invite
from bot.store.organisers import find_role, list_organisers, put_organiser, remove_organiser

SECRET_BYTES: Final = 24
# Two presses of one button make one invitation.
DOUBLE_PRESS: Final = timedelta(seconds=3)
UNSENT: Final = {
    BroadcastState.AWAITING_TEXT: Verb.DISCARD,
    BroadcastState.DRAFT: Verb.DISCARD,
    BroadcastState.SUBMITTED: Verb.DISCARD,
    BroadcastState.COOLING: Verb.CANCEL,
}
"""How a broadcast that has not begun is called off."""


class Said(StrEnum):
    """What a decision came to. All but DONE changed nothing."""

    DONE = "done"
    PASSED = "passed"
    NOT_YOURS = "not-yours"
    MEMBER = "member"


@dataclass(frozen=True, kw_only=True)
class People:
    """The caller has made sure that whoever invites, decides or removes may. `owners` are Telegram user ids."""

    store: Store
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    owners: frozenset[int]

    async def list(self) -> tuple[Sequence[Organiser], Sequence[Invite]]:
        """Everybody with a role, and the invitations of which something may still come."""
        async with self.store.write() as connection:
            await self.end_lapsed(connection)
            return await list_organisers(connection, self.owners), await list_open_invites(connection)

    async def end_lapsed(self, connection: AsyncConnection) -> None:
        """Invitations that nobody used or confirmed in time end, and those of whoever is no owner any more."""
        for invite in await list_open_invites(connection):
            if invite.inviter_id not in self.owners:
                await end_invite(connection, invite.id, Outcome.WITHDRAWN, self.now())
            elif not invite.waits(self.now()):
                await end_invite(connection, invite.id, Outcome.LAPSED, self.now())

    async def invite(self, role: Role, *, by: int) -> tuple[int, str] | None:
        """A new invitation's id and its link's secret, which is kept nowhere; None where the button bounced."""
        now, secret = self.now(), secrets.token_urlsafe(SECRET_BYTES)
        async with self.store.write() as connection:
            await self.end_lapsed(connection)
            mine = [one for one in await list_open_invites(connection) if (one.inviter_id, one.role) == (by, role)]
            if any(now - DOUBLE_PRESS < one.created_at <= now for one in mine):
                return None
            digest = digest_of_secret(secret)
            invite_id = await add_invite(connection, digest, role, by=by, now=now, expires_at=now + LASTS)
            await add_deed(connection, by, "invite", f"invite:{invite_id}", now=now)
        return invite_id, secret

    async def look(self, secret: str, *, by: int) -> tuple[Standing, Invite | None]:
        """What a link is worth to whoever opened it. Nothing is kept of them."""
        async with self.store.read() as connection:
            return await self.judge(connection, secret, by)

    async def accept(self, secret: str, *, by: int) -> tuple[Standing, Invite | None]:
        """Use a link: ASKED where it waits for the inviter now, or did before; else why it does not."""
        async with self.store.write() as connection:
            standing, invite = await self.judge(connection, secret, by)
            if standing is not Standing.OPEN or invite is None:
                return standing, invite
            # Somebody may be faster, by another process: then it stands as they left it.
            await use_invite(connection, invite.id, by=by, now=self.now())
            return await self.judge(connection, secret, by)

    async def decline(self, secret: str, *, by: int) -> tuple[Standing, Invite | None]:
        """Say no. Whoever had accepted takes that back, and the invitation ends; returns how it stood before."""
        async with self.store.write() as connection:
            standing, invite = await self.judge(connection, secret, by)
            if standing is Standing.ASKED and invite is not None:
                await end_invite(connection, invite.id, Outcome.REFUSED, self.now())
            return standing, invite

    async def judge(self, connection: AsyncConnection, secret: str, by: int) -> tuple[Standing, Invite | None]:
        """The invitation of a secret, and how it stands for this person."""
        invite = await find_by_digest(connection, digest_of_secret(secret))
        if invite is None:
            return Standing.UNKNOWN, None
        standing = invite.standing(by, self.now())
        if standing in {Standing.OPEN, Standing.ASKED} and invite.inviter_id not in self.owners:
            # Nobody could confirm it, and who accepts is shown to nobody who has no role.
            standing = Standing.WITHDRAWN
        if standing is not Standing.OWN and await find_role(connection, by, self.owners) is not None:
            standing = Standing.MEMBER
        return standing, invite

    async def decide(self, invite_id: int, *, confirm: bool, by: int) -> tuple[Said, Invite | None]:
        """Confirm or refuse whoever accepted: only the inviter may, once. The invitation is as it was before."""
        now = self.now()
        async with self.store.write() as connection:
            invite = await find_invite(connection, invite_id)
            if invite is None or invite.used_by is None or not invite.may_be_confirmed(now):
                return Said.PASSED, invite
            if invite.inviter_id != by:
                return Said.NOT_YOURS, invite
            if confirm and await find_role(connection, invite.used_by, self.owners) is not None:
                return Said.MEMBER, invite
            if not await end_invite(connection, invite.id, Outcome.CONFIRMED if confirm else Outcome.REFUSED, now):
                return Said.PASSED, invite
            if confirm:
                await self.welcome(connection, invite.used_by, invite.role, by=by, now=now)
            else:
                await add_deed(connection, by, "invite_refuse", f"invite:{invite.id}", now=now)
        self.wake("review")
        return Said.DONE, invite

    async def welcome(self, connection: AsyncConnection, user_id: int, role: Role, *, by: int, now: datetime) -> None:
        """Somebody has a role from now on; the others are told."""
        await put_organiser(connection, user_id, role, invited_by=by, now=now)
        await add_deed(connection, by, f"make_{role.value}", f"person:{user_id}", now=now)
        told: dict[str, str | int] = {"person": str(user_id), "role": role.value, "who": str(by)}
        await add_notice(connection, "joined", told, now=now)

    async def withdraw(self, invite_id: int, *, by: int) -> Invite | None:
        """End an invitation that is not decided, and return it as it was before; None where it is decided."""
        now = self.now()
        async with self.store.write() as connection:
            invite = await find_invite(connection, invite_id)
            if invite is None or not await end_invite(connection, invite_id, Outcome.WITHDRAWN, now):
                return None
            await add_deed(connection, by, "invite_withdraw", f"invite:{invite_id}", now=now)
        return invite

    async def remove(self, user_id: int, *, by: int) -> bool:
        """Take somebody's role away at once, with whatever of theirs was not sent; False where there is none to take.

        What they approved is asked again before it begins (bot.flows.dispatch).
        """
        now = self.now()
        async with self.store.write() as connection:
            if user_id in self.owners or not await remove_organiser(connection, user_id, by=by, now=now):
                return False
            await add_deed(connection, by, "remove", f"person:{user_id}", now=now)
            await self.cancel_drafts(connection, user_id, by=by, now=now)
            await forget_copies(connection, user_id)
            await add_notice(connection, "removed", {"person": str(user_id), "who": str(by)}, now=now)
        self.wake("review")
        return True

    async def cancel_drafts(self, connection: AsyncConnection, author: int, *, by: int, now: datetime) -> None:
        """What they wrote and nobody has got is called off."""
        for broadcast in await list_broadcasts(connection, UNSENT):
            verb = UNSENT[broadcast.state]
            if broadcast.author_id != author:
                continue
            if await move_broadcast(connection, broadcast, verb, ended_by=by, ended_reason="its author was removed"):
                await end_card(connection, broadcast, verb.value, by=by, now=now)
                await add_deed(connection, by, f"call_{verb.value}", f"broadcast:{broadcast.id}", now=now)
