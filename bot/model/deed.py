"""A deed: a row of the audit."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """What an organiser (their user id) did. `subject` is "story:12", "broadcast:3"; `digest` the text's hash."""

    id: int
    at: datetime
    user_id: int
    verb: str
    subject: str
    digest: str | None = None
