"""Writing: between which days an entry with no date was written, as far as its words show."""

import re
from collections.abc import Sequence
from datetime import date

from bot.campaign.pack import Official
from bot.match.text import plain

# A year that is still to come ("by 2027") does not date the text.
_YEAR = re.compile(r"(?<!by )(?<!until )(?<!before )\b(20\d\d|19[5-9]\d)\b")
_LOOKS_BACK = re.compile(r"\b(?:former|formerly|ex|then)\b")

Span = tuple[date | None, date | None]


class Writing:
    """Dates texts by the years that they name and by those who hold an office."""

    def __init__(self, officials: Sequence[Official]) -> None:
        self._officials = [(re.compile(rf"\b{re.escape(plain(one.name))}\b"), one) for one in officials]

    def span(self, text: str) -> Span:
        """The first and last day on which a plain text can have been written; None where nothing shows it.

        It is no older than the latest year that it names, and no older than the term of an official whom it names; it
        is of that term, unless it looks back on it ("former") or names a later year.
        """
        named = [official for name, official in self._officials if name.search(text)]
        years = [date(int(year), 1, 1) for year in _YEAR.findall(text)]
        since = max([*years, *(one.since for one in named)], default=None)
        until = min((one.until for one in named if one.until), default=None)
        if until is None or _LOOKS_BACK.search(text) or (since is not None and since > until):
            return since, None
        return since, until
