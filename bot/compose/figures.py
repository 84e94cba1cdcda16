"""What became of a message's deliveries, as a table for a spreadsheet: no person, and no number that points at one."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from bot.model.action import FEWEST
from bot.model.delivery import Outcome

OTHERS: Final = "any other"
FEW: Final = f"fewer than {FEWEST}"


def compose_figures(outcomes: Sequence[Outcome]) -> str:
    """CSV: state, reason, hour (UTC), count. Rows of fewer than ten are one row together.

    Where that one row itself would be of fewer than ten, its number is not told.
    """
    shown = [one for one in outcomes if one.count >= FEWEST]
    few = sum(one.count for one in outcomes if one.count < FEWEST)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["state", "reason", "hour (UTC)", "count"])
    writer.writerows([one.state, unformulaic(one.reason), one.hour, one.count] for one in shown)
    if few:
        writer.writerow([OTHERS, "", "", few if few >= FEWEST else FEW])
    return table.getvalue()


def unformulaic(text: str) -> str:
    """So that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
