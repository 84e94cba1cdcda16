"""Strain: when Telegram's "later" is about all of us, and not about a chat alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model.delivery import Fate, Receipt

# Four "later" in a row, or nearly, mean all of us. Where one send in a hundred meets it by chance, three in a row still
# came once in three runs of 20,000 sends, four never. So many good answers make up for one.
FLOOD = 3.9
MAKES_UP = 5
# After a flood was met the next "later" is one again, until good answers have made up for it.
STRAIN_LEFT = 3.0


@dataclass
class Strain:
    """What a program's latest answers came to; in memory, for it is soon made up for."""

    _strain: float = 0.0

    def is_flood(self, receipts: Sequence[Receipt]) -> float | None:
        """The seconds to hold everything for, when "later" repeats. One among good answers is about its chat alone."""
        wait = None
        for receipt in receipts:
            if receipt.fate is Fate.SENT:
                self._strain = max(0.0, self._strain - 1 / MAKES_UP)
            elif receipt.fate is Fate.LATER:
                self._strain += 1
                if self._strain >= FLOOD:
                    wait = max(wait or 1.0, receipt.retry_after or 1.0)
        if wait is not None:
            self._strain = STRAIN_LEFT
        return wait
