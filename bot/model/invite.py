"""Invitations: a link that makes somebody an organiser, once, when whoever made it has said that it was they."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.model.organiser import Role

LASTS: Final = timedelta(hours=48)
"""So long a link may be used; and from its use so long it may be confirmed."""
OFFERED: Final = (Role.ORGANISER, Role.REVIEWER, Role.VIEWER)
"""What somebody can be invited to be. Owners are named in the configuration."""


class Outcome(StrEnum):
    """How an invitation ended."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Standing(StrEnum):
    """What a link is worth to somebody who opens it: OPEN can be accepted, ASKED waits for the inviter's word."""

    OPEN = "open"
    ASKED = "asked"
    USED = "used"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    OWN = "own"
    MEMBER = "member"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """An invitation; its secret is not in it. `used_by` is who accepted (a user id), unless nothing came of it."""

    id: int
    role: Role
    inviter_id: int
    created_at: datetime
    expires_at: datetime
    used_by: int | None = None
    used_at: datetime | None = None
    outcome: Outcome | None = None

    def standing(self, user_id: int, now: datetime) -> Standing:
        """What it is worth to this person, who has no role, now."""
        if self.outcome is Outcome.WITHDRAWN:
            return Standing.WITHDRAWN
        if user_id == self.inviter_id:
            return Standing.OWN
        if self.used_at is not None:
            waits = self.used_by == user_id and self.may_be_confirmed(now)
            return Standing.ASKED if waits else Standing.USED
        return Standing.OPEN if now < self.expires_at else Standing.EXPIRED

    def may_be_confirmed(self, now: datetime) -> bool:
        """Whether somebody has accepted it, not too long ago, and it is not decided."""
        return self.outcome is None and self.used_at is not None and now < self.used_at + LASTS

    def waits(self, now: datetime) -> bool:
        """Whether anything can still come of it."""
        return self.may_be_confirmed(now) or (self.outcome is None and self.used_at is None and now < self.expires_at)


def digest_of_secret(secret: str) -> str:
    """All that is kept of a link's secret (SHA-256, 64 hex digits)."""
    return hashlib.sha256(secret.encode()).hexdigest()
