"""How far a call to action has come, in figures that add up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.compose.card import moment
from bot.compose.text import Markup
from bot.compose.wording import Wording
from bot.model.action import FEWEST, shown_count
from bot.model.broadcast import Broadcast
from bot.model.delivery import DeliveryState

Counts = Mapping[DeliveryState, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a broadcast stands beside its row.

    `reach` is how many would get it now, `counts` how its deliveries stand, `a_second` how many were settled each
    second lately; `rate` is the pace of sending that is configured, `paid` whether it may cost Stars.
    """

    now: datetime
    reach: int = 0
    counts: Counts = field(default_factory=dict)
    a_second: float = 0.0
    rate: float = 25.0
    paid: bool = False
    paused: bool = False
    frozen: bool = False
    marks: Mapping[str, int] = field(default_factory=dict)
    name_of: Callable[[str], str] = str


def compose_progress(broadcast: Broadcast, wording: Wording, standing: Standing) -> Markup:
    """How far it has come: figures that add up, the pace, and how long it will take."""
    counts = standing.counts
    waiting = sum(counts.get(state, 0) for state in OPEN)
    lines = [compose_receipt(counts, wording)]
    if standing.frozen:
        lines.append(wording("progress-frozen"))
    elif standing.paused:
        lines.append(wording("progress-paused", waiting=waiting))
    elif waiting and standing.a_second > 0:
        minutes = -(-waiting // max(int(standing.a_second * 60), 1))
        lines.append(wording("progress-pace", pace=round(standing.a_second, 1), minutes=minutes))
    if broadcast.expires_at is not None:
        lines.append(wording("progress-until", until=moment(broadcast.expires_at, wording)))
    return Markup("\n".join(lines))


def compose_receipt(counts: Counts, wording: Wording) -> Markup:
    """What became of it, in figures that add up: targeted is the sum of all the others."""
    figures = {state.value: counts.get(state, 0) for state in FATES}
    waiting = sum(counts.get(state, 0) for state in OPEN)
    targeted = sum(counts.values())
    total = wording("receipt-sum", **figures, waiting=waiting)
    return wording("receipt", **figures, waiting=waiting, sum=total, targeted=targeted)


OPEN: Final = (DeliveryState.PENDING, DeliveryState.CLAIMED)
FATES: Final = (
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.GONE,
    DeliveryState.EXPIRED,
    DeliveryState.SKIPPED,
    DeliveryState.UNKNOWN,
)


def compose_marks(broadcast: Broadcast, wording: Wording, standing: Standing) -> list[Markup]:
    """What readers pressed under it, a line each; a number that could point at somebody is told to nobody."""
    draft = broadcast.draft
    named = {"done": wording.plain("button-counted-done")} if draft.done else {}
    named |= {f"option-{number}": option for number, option in enumerate(draft.options, 1)}
    return [
        wording("receipt-mark", label=label, count=number)
        if (number := shown_count(standing.marks.get(mark, 0)))
        else wording("receipt-mark-few", label=label, few=FEWEST)
        for mark, label in named.items()
    ]
