"""A verdict on an entry, and a story: the entries about one event."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Outcome(StrEnum):
    """`alert` is certainly ours, `review` needs a person, `ignore` is not ours."""

    ALERT = "alert"
    REVIEW = "review"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason for or against: the rule that fired, the words it fired on, and its weight (negative speaks against)."""

    rule: str
    words: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What an entry is to us, and why.

    `institutions` are canonical ids of the pack, `topics` names of the pack. `sensitive` never changes `outcome`
    (DESIGN.md rule 6): pushed unattended = alert and not sensitive.
    """

    outcome: Outcome
    score: float
    topics: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    nation: str | None = None
    sensitive: bool = False
    sensitive_reason: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def unattended(self) -> bool:
        """Whether it may be pushed with no person looking."""
        return self.outcome is Outcome.ALERT and not self.sensitive


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What an entry leaves behind by which others about the same event are known (bot.match.cluster).

    `kind` is the report's kind as far as words tell ("inspection", "urgent_notification", ...), else "".
    `dates` is the inspection's first and last day. `numbers` are rare figures with their noun, `quotations` normalised
    runs of quoted words, `title` the title's content words.
    """

    published: date | None
    institutions: tuple[str, ...] = ()
    kind: str = ""
    dates: tuple[date, date] | None = None
    numbers: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    title: tuple[str, ...] = ()


class StoryState(StrEnum):
    """Where a story stands on its way.

    `history` was there before we listened and is never pushed; `to_read` is between the two transactions;
    `waiting` waits for a person; `published` has its alert; `dismissed` was refused by a person.
    """

    HISTORY = "history"
    TO_READ = "to_read"
    WAITING = "waiting"
    PUBLISHED = "published"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Entries about one event, with its lead entry's words and verdict. `id` is the database's."""

    id: int
    state: StoryState
    lead_row_id: int
    verdict: Verdict
    created_at: datetime
    waiting_reason: str | None = None
