"""What an organiser decides about a broadcast beside its words: buttons, for whom, until when, at what time."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.model.message import Attachment, Button

LASTS_HOURS: Final = 48
"""A call to action that could not be sent by then is worth nothing, unless its author says otherwise."""
FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 6
MOST_LINKS: Final = 4
REST_DAYS: Final = 7


class Start(StrEnum):
    """When sending begins: at once after the approval, at a time, or at once for whoever is awake."""

    NOW = "now"
    AT = "at"
    WAKING = "waking"


class Await(StrEnum):
    """What somebody's next message in private is."""

    TEXT = "text"
    WELSH = "welsh"
    LINK = "link"
    QUESTION = "question"
    TOPIC = "topic"
    EXPIRY = "expiry"
    START = "start"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens a page (https)."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Written:
    """The message in one more language, as its readers get it."""

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Awaited:
    """Whose next message is what, asked when."""

    step: Await
    user_id: int
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Dead:
    """An address that does not answer, and what it said in words."""

    url: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who gets it, of all who said yes to calls to action: each filter that is set narrows it.

    `follows` are topics and institutions as subscriptions name them (any of them), `languages` codes, `rested_days`
    lets out whom anything reached in so many days, `test_group` is organisers alone.
    """

    follows: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    rested_days: int | None = None
    test_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All of a broadcast but its English words. `hours` counts from the beginning of sending, where no time is set.

    `dead` are the links that did not answer when `checked` (a digest) was checked; `anyway_by` sends them all the same.
    What is below `awaited` is about the writing, not about what is sent, and is in no digest.
    """

    attachment: Attachment | None = None
    others: Mapping[str, Written] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    share: bool = False
    done: bool = False
    options: tuple[str, ...] = ()
    audience: Audience = Audience()
    hours: int = LASTS_HOURS
    expires_at: datetime | None = None
    start: Start = Start.NOW
    start_at: datetime | None = None
    awaited: Awaited | None = None
    panel: tuple[int, int] | None = None
    checked: str | None = None
    dead: tuple[Dead, ...] = ()
    anyway_by: int | None = None

    def terms(self) -> Mapping[str, object]:
        """What an approval is bound to beside the rendered messages, as JSON has it."""
        times = {name: at.isoformat() if at else None for name, at in self.times().items()}
        return {"audience": asdict(self.audience), "hours": self.hours, "start": self.start.value, **times}

    def times(self) -> Mapping[str, datetime | None]:
        """The moments that were set."""
        return {"expires_at": self.expires_at, "start_at": self.start_at}

    def expiry(self, begun_at: datetime) -> datetime:
        """When it is worth nothing any more, if sending begins then."""
        return self.expires_at or begun_at + timedelta(hours=self.hours)

    def begins(self, ready_at: datetime) -> datetime:
        """When sending begins, if it may from then on."""
        return max(ready_at, self.start_at) if self.start is Start.AT and self.start_at else ready_at
