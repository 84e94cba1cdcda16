"""A call to action on its way, as organisers see it: preview, controls, card, receipt."""

from collections.abc import Mapping
from typing import Final

from bot.compose.card import EXCERPT_LIMIT, moment, organiser_name
from bot.compose.reason import because, with_reason
from bot.compose.text import Markup, fit
from bot.compose.wording import Wording
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.model.delivery import DeliveryState, MessageKind
from bot.model.message import Button, Message

SEAL: Final = 12
"""So many hex digits of the digest are in a button's callback data: a button acts on the words it stands under."""

Counts = Mapping[DeliveryState, int]


def compose_preview(message: Message, wording: Wording) -> Message:
    """A broadcast's message exactly as a reader gets it, with the line that says why."""
    return with_reason(message, because("", wording, str, MessageKind.CALL))


def compose_controls(broadcast: Broadcast, reach: int, wording: Wording, *, single: bool) -> Message:
    """What the author is asked below the preview."""
    after = wording("broadcast-next-single" if single else "broadcast-next")
    text = f"{wording('broadcast-controls', reach=reach)}\n{after}"
    return Message(text, author_buttons(broadcast, wording, Verb.SUBMIT))


def author_buttons(broadcast: Broadcast, wording: Wording, *first: Verb) -> tuple[tuple[Button, ...], ...]:
    """What an author may do: `first`, edit and discard."""
    verbs = [*first, Verb.EDIT, Verb.DISCARD]
    return (tuple(call_button(broadcast, verb, wording) for verb in verbs),)


def call_button(broadcast: Broadcast, verb: Verb, wording: Wording) -> Button:
    """A button that does this to these very words."""
    action = f"call:{broadcast.id}:{verb.value}:{broadcast.digest[:SEAL]}"
    return Button(wording.plain(f"button-{verb.value}"), action=action)


def compose_stage(
    broadcast: Broadcast,
    wording: Wording,
    *,
    reach: int,
    counts: Counts,
    own: bool = False,
    edited: bool = False,
) -> Message:
    """A broadcast's card as it stands.

    `reach` is how many would get it now, `counts` how its deliveries stand. `own` is the author's own copy, which
    cannot approve; `edited` says that these words were withdrawn to be changed.
    """
    lines = [heading(broadcast, wording), stage_line(broadcast, wording, reach, counts, own=own, edited=edited)]
    if broadcast.approver_id == broadcast.author_id:
        lines.append(wording("stage-single"))
    if broadcast.state is BroadcastState.DONE:
        lines.append(compose_receipt(counts, wording))
    return Message("\n\n".join(lines), () if edited else stage_buttons(broadcast, wording, own=own))


def heading(broadcast: Broadcast, wording: Wording) -> Markup:
    """Which one it is."""
    excerpt = Markup(fit(broadcast.text.replace("\n", " "), EXCERPT_LIMIT))
    who = organiser_name(broadcast.author_id, wording)
    return wording("stage-heading", number=str(broadcast.id), who=who, excerpt=excerpt)


STAGES: Final = {
    (BroadcastState.SUBMITTED, False): "stage-submitted",
    (BroadcastState.COOLING, False): "stage-cooling",
    (BroadcastState.SENDING, False): "stage-sending",
    (BroadcastState.SENDING, True): "stage-stopping",
    (BroadcastState.DONE, False): "stage-done",
    (BroadcastState.DONE, True): "stage-done-stopped",
    (BroadcastState.REJECTED, True): "stage-rejected",
    (BroadcastState.CANCELLED, True): "stage-cancelled",
}
"""The sentence for a state, and for whether somebody ended it; any other was void."""


def stage_line(
    broadcast: Broadcast, wording: Wording, reach: int, counts: Counts, *, own: bool, edited: bool
) -> Markup:
    """Where it stands, in a sentence."""
    key = STAGES.get((broadcast.state, broadcast.ended_by is not None), "stage-void")
    if own and broadcast.state is BroadcastState.SUBMITTED:
        key = "stage-submitted-own"
    return wording(
        "stage-edited" if edited else key,
        approver=organiser_name(broadcast.approver_id, wording),
        who=organiser_name(broadcast.ended_by, wording),
        at=moment(broadcast.send_at, wording) if broadcast.send_at else "",
        reach=reach,
        targeted=sum(counts.values()),
    )


def stage_buttons(broadcast: Broadcast, wording: Wording, *, own: bool) -> tuple[tuple[Button, ...], ...]:
    """What an organiser may do about it now."""
    offered: dict[BroadcastState, tuple[Verb, ...]] = {
        BroadcastState.SUBMITTED: () if own else (Verb.APPROVE, Verb.REJECT),
        BroadcastState.COOLING: (Verb.CANCEL,),
        BroadcastState.SENDING: (Verb.STOP,) if broadcast.ended_by is None else (),
    }
    row = tuple(call_button(broadcast, verb, wording) for verb in offered.get(broadcast.state, ()))
    return (row,) if row else ()


def compose_receipt(counts: Counts, wording: Wording) -> Markup:
    """What became of it, in figures that add up; what is still open when it is composed counts as unknown."""
    known = {state.value: counts.get(state, 0) for state in FATES}
    targeted = sum(counts.values())
    figures = {**known, DeliveryState.UNKNOWN.value: targeted - sum(known.values())}
    total = wording("receipt-sum", **figures)
    return wording("receipt", **figures, sum=total, targeted=targeted)


FATES: Final = (
    DeliveryState.SENT,
    DeliveryState.FAILED,
    DeliveryState.GONE,
    DeliveryState.EXPIRED,
    DeliveryState.SKIPPED,
)
