"""What people can be asked to do, what they say they did, and how many must have said so before anybody is told."""

from datetime import timedelta
from enum import StrEnum
from typing import Final

FEWEST: Final = 10
"""A count of people below this is shown to nobody: it could point at somebody."""
FOLLOW_UP: Final = timedelta(days=14)
"""After this somebody who wrote to their MP is asked whether an answer came."""


class ActionKind(StrEnum):
    """What is asked. Whoever wrote to their MP is asked later whether an answer came."""

    LINK = "link"
    WRITE_MP = "write_mp"
    SHARE = "share"
    PETITION = "petition"
    CONSULTATION = "consultation"
    EVENT = "event"


STANDING: Final = frozenset({ActionKind.PETITION, ActionKind.CONSULTATION, ActionKind.EVENT})
"""What can be done without a story, too, until its last day."""


class Mark(StrEnum):
    """What somebody says of an ask."""

    DONE = "done"
    LATER = "later"
    REFUSED = "refused"


def shown_count(number: int) -> int | None:
    """A count as it may be shown; None where it is too small for that."""
    return number if number >= FEWEST else None
