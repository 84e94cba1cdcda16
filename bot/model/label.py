"""A label: what an organiser said an entry is. It names no person."""

from dataclasses import dataclass
from enum import StrEnum

from bot.model.entry import Entry
from bot.model.story import Verdict


class Label(StrEnum):
    """Whether an entry is the campaign's; for `borderline` either answer is right."""

    MATCH = "match"
    NO_MATCH = "no_match"
    BORDERLINE = "borderline"


class Reason(StrEnum):
    """Why a story was decided as it was. Only NOT_OURS says that the matcher was wrong to stop at it."""

    PUBLISHED = "published"
    NOT_OURS = "not_ours"
    ALREADY_TOLD = "already_told"
    TOO_OLD = "too_old"
    TOO_SENSITIVE = "too_sensitive"
    OTHER = "other"

    @property
    def label(self) -> Label:
        """What the decision says about the entry itself."""
        return _SAID.get(self, Label.BORDERLINE)


_SAID = {Reason.PUBLISHED: Label.MATCH, Reason.NOT_OURS: Label.NO_MATCH}

DISMISSALS = tuple(reason for reason in Reason if reason is not Reason.PUBLISHED)
"""The reasons for which a story may be dismissed, in the order in which they are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledEntry:
    """An entry with what was said of it; `reason` is None where only its story was compared with another.

    `event` is its story, where an organiser decided what belongs to that.
    """

    row_id: int
    entry: Entry
    verdict: Verdict
    label: Label
    reason: Reason | None = None
    event: int | None = None
