"""Whether a publisher says that a feed has ended: in an only entry (GOV.UK), or on a page in the feed's place."""

import re
from collections.abc import Sequence

from bot.feeds.text import strip_markup
from bot.model.entry import Entry

# A feed that ended holds hardly anything else; one that lives may well report of another's end.
MOST_LAST_WORDS = 3
MOST_READ = 20_000
FAREWELL = re.compile(
    r"(?:^|\b(?:this|the|our|your|these)\b[^.]{0,40}?\b)(?:(?:rss|atom|news|web) ){0,2}(?:feeds?|rss)\b\W{0,3}"
    r"(?:\b(?:has|have|is|are|was|were)\b(?: (?:now|been|also))*+)? "
    r"(?:ended|discontinued|retired|closed|shut down|withdrawn|removed|switched off|deprecated|moved"
    r"|no longer (?:available|updated|being updated|maintained|supported|in use|active|published|provided))\b",
    re.IGNORECASE,
)
MARKED = re.compile(r"[/:#-]feed-ended$", re.IGNORECASE)


def says_farewell(text: str) -> bool:
    """Whether a sentence says so."""
    return bool(FAREWELL.search(" ".join(text.split())))


def has_ended(entries: Sequence[Entry]) -> bool:
    """Whether the entries of a feed, as published, are its last words."""
    if not 0 < len(entries) <= MOST_LAST_WORDS:
        return False
    return any(says_farewell(entry.title) or MARKED.search(entry.id) for entry in entries)


def page_says_farewell(page: str) -> bool:
    """Whether a web page in a feed's place says so."""
    return says_farewell(strip_markup(page[:MOST_READ]))
