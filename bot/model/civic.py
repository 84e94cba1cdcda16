"""Who represents a place at Westminster, and petitions to Parliament. No party is kept."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final

# The shapes of a postcode (Royal Mail): outward code, then a figure and two letters.
_POSTCODE: Final = re.compile(r"(?<![A-Z0-9])([A-Z]{1,2}[0-9][A-Z0-9]?)[ .-]{0,3}([0-9][A-Z]{2})(?![A-Z0-9])")
LONGEST_ASKED: Final = 200
DEVOLVED: Final = frozenset({"Scotland", "Northern Ireland"})
"""Nations whose prisons are not the government's at Westminster (postcodes.io's names)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constituency:
    """A constituency of the House of Commons: its name, and the nation that a postcode was found in ("" where none)."""

    name: str
    nation: str = ""

    @property
    def devolved(self) -> bool:
        """Whether prisons there are run by another government than England's and Wales's."""
        return self.nation in DEVOLVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A constituency and the name of who sits for it; `vacant` where nobody does, both empty where it is not known."""

    name: str
    member: str = ""
    vacant: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Petition:
    """A petition to Parliament: what it asks, how many signed it, whether it can still be signed, and until when."""

    asks: str
    signatures: int
    is_open: bool
    closes_on: date | None = None


def read_postcode(typed: str) -> str | None:
    """The postcode in what somebody typed, as "SW1A 1AA", whatever its case and spaces; None where there is none."""
    words = unicodedata.normalize("NFKC", typed[:LONGEST_ASKED]).upper().split()
    # Nothing but a postcode may have its spaces anywhere.
    found = _POSTCODE.fullmatch("".join(words)) or _POSTCODE.search(" ".join(words))
    return f"{found[1]} {found[2]}" if found else None
