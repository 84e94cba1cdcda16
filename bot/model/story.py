"""A verdict on an entry, and a story: the entries about one event."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.entry import Entry
from bot.model.finding import Direction, Finding, Grades, Judgement, Quotation


class Outcome(StrEnum):
    """`alert` is certainly ours, `review` needs a person, `ignore` is not ours."""

    ALERT = "alert"
    REVIEW = "review"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason for or against: the rule, the words it fired on, and its weight (negative speaks against)."""

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
    runs of quoted words, `title` the title's content words, `words` those of title and summary in alphabetical order.
    `everywhere`: it names no place and speaks of all. `turn_of` are the kinds after which its own comes as a turn (a
    response, a judgment) that is a story of its own; `seldom`: one place sees few of its kind. Where `published` is not
    known, `since` and `until` are the days between which its words show it was written.
    """

    published: date | None
    institutions: tuple[str, ...] = ()
    kind: str = ""
    dates: tuple[date, date] | None = None
    numbers: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    everywhere: bool = False
    turn_of: tuple[str, ...] = ()
    seldom: bool = False


class StoryState(StrEnum):
    """Where a story stands on its way.

    `history` was there before we listened and is never pushed; `to_read` is between the two transactions;
    `waiting` waits for a person; `published` has its alert; `dismissed` was refused by a person; `merged` has given its
    entries to an earlier story.
    """

    HISTORY = "history"
    TO_READ = "to_read"
    WAITING = "waiting"
    PUBLISHED = "published"
    DISMISSED = "dismissed"
    MERGED = "merged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Entries about one event, with its lead entry's words and verdict. `id` is the database's."""

    id: int
    state: StoryState
    lead_row_id: int
    verdict: Verdict
    created_at: datetime
    waiting_reason: str | None = None


SAMPLE = re.compile(r"(?:^|: )sample\b", re.IGNORECASE)
"""How the sandbox's invented texts begin, so that nobody takes one for a finding."""
DEATH = "death"
"""The word that the `sensitive_reason` of a story about a death contains."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Another source that carries the story."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """The story whose materially new turn another is, as it is named there: headline, address and day."""

    title: str
    url: str | None
    dated_at: datetime


Earlier = tuple[Grades, int]
"""The grades of an earlier inspection and its year, out of the campaign's history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story as a person is told it: its lead entry's words, and what its page says where that was read.

    `summary` are the source's own sentences. `earlier` is what its grades are compared with where the page does not
    state that itself; `prior` is the story whose new turn this is; `document` is the report's own address. `sample`
    texts are invented and stay marked as such; about a death (`mourning`) nothing is asked of anybody; of what is
    `unread` the page could not be read. `correction` is the campaign's note where its alert was corrected. Other fields
    are the finding's (bot.model.finding).
    """

    title: str
    url: str | None
    source: str
    published_at: datetime | None
    first_seen_at: datetime
    summary: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    kind: str = ""
    inspection_dates: tuple[date, date] | None = None
    grades: Grades | None = None
    previous_grades: Grades | None = None
    previous_year: int | None = None
    directions: tuple[tuple[str, Direction], ...] = ()
    earlier: Earlier | None = None
    judgements: tuple[Judgement, ...] = ()
    quotation: Quotation | None = None
    answer_by: date | None = None
    parts: tuple[Finding, ...] = ()
    document: str = ""
    outlets: tuple[Outlet, ...] = ()
    prior: Prior | None = None
    sample: bool = False
    mourning: bool = False
    unread: bool = False
    correction: str = ""

    @property
    def dated_at(self) -> datetime:
        """When it was published; where the feed does not say, when it was first seen."""
        return self.published_at or self.first_seen_at


def tell(
    entry: Entry,
    verdict: Verdict,
    finding: Finding | None,
    *,
    first_seen_at: datetime,
    earlier: Earlier | None = None,
    outlets: Sequence[Outlet] = (),
    prior: Prior | None = None,
    correction: str = "",
) -> Told:
    """What can be told of a story whose lead is `entry`; where no page was read, the feed's own words serve."""
    found = finding or Finding(title=entry.title, kind="")
    summary = found.summary or tuple(filter(None, [entry.summary]))
    return Told(
        title=entry.title,
        url=entry.url,
        source=entry.source,
        published_at=entry.published_at,
        first_seen_at=first_seen_at,
        summary=summary,
        institutions=verdict.institutions or found.institutions,
        topics=verdict.topics,
        kind=found.kind,
        inspection_dates=found.inspection_dates,
        grades=found.grades,
        previous_grades=found.previous_grades,
        previous_year=found.previous_year,
        directions=found.directions,
        earlier=earlier,
        judgements=found.judgements,
        quotation=found.quotation,
        answer_by=found.answer_by,
        parts=found.parts,
        document=found.document,
        outlets=tuple(outlets),
        prior=prior,
        sample=any(SAMPLE.search(words) for words in (entry.title, *summary)),
        mourning=DEATH in (verdict.sensitive_reason or ""),
        unread=not found.from_page,
        correction=correction,
    )
