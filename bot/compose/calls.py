"""A call to action on its way, as organisers see it: preview, card, progress, receipt."""

from datetime import datetime, timedelta
from typing import Final

from bot.compose.card import EXCERPT_LIMIT, moment, organiser_name
from bot.compose.correction import fix_button
from bot.compose.progress import Standing, compose_marks, compose_progress, compose_receipt
from bot.compose.reason import because, with_reason
from bot.compose.terms import compose_terms
from bot.compose.text import Markup, escape, fit
from bot.compose.wording import Wording
from bot.model.broadcast import Broadcast, BroadcastState, Verb
from bot.model.delivery import DeliveryState, MessageKind
from bot.model.message import Button, Message

SEAL: Final = 12
"""So many hex digits of the digest are in a button's callback data: a button acts on the words it stands under."""
REJECTIONS: Final = ("wording", "facts", "timing", "audience", "other")
"""Why a call is rejected; "other" asks for words."""

COUNTDOWN: Final = timedelta(minutes=3)
"""So long before its time the seconds are counted down."""


def compose_preview(message: Message, wording: Wording) -> Message:
    """A broadcast's message exactly as a reader gets it, with the line that says why."""
    return with_reason(message, because("", wording, str, MessageKind.CALL))


def call_button(broadcast: Broadcast, verb: Verb, wording: Wording) -> Button:
    """A button that does this to these very words."""
    action = f"call:{broadcast.id}:{verb.value}:{broadcast.digest[:SEAL]}"
    return Button(wording.plain(f"button-call-{verb.value}"), action=action)


def compose_stage(
    broadcast: Broadcast, wording: Wording, standing: Standing, *, own: bool = False, edited: bool = False
) -> Message:
    """A broadcast's card as it stands.

    `own` is a writer's own copy, which cannot approve; `edited` says that these words were withdrawn to be changed.
    """
    lines = [heading(broadcast, wording), stage_line(broadcast, wording, standing, own=own, edited=edited)]
    if not edited:
        lines += details(broadcast, wording, standing)
    return Message("\n\n".join(lines), () if edited else stage_buttons(broadcast, wording, standing, own=own))


def heading(broadcast: Broadcast, wording: Wording) -> Markup:
    """Which one it is."""
    excerpt = Markup(fit(broadcast.text.replace("\n", " "), EXCERPT_LIMIT))
    who = organiser_name(broadcast.author_id, wording)
    line = wording("stage-heading", number=str(broadcast.id), who=who, excerpt=excerpt)
    return Markup(f"{wording('stage-rehearsal')}\n{line}") if broadcast.training else line


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


def stage_line(broadcast: Broadcast, wording: Wording, standing: Standing, *, own: bool, edited: bool) -> Markup:
    """Where it stands, in a sentence."""
    key = STAGES.get((broadcast.state, broadcast.ended_by is not None), "stage-void")
    if own and broadcast.state is BroadcastState.SUBMITTED:
        key = "stage-submitted-own"
    send_at = broadcast.send_at
    return wording(
        "stage-edited" if edited else key,
        approver=organiser_name(broadcast.approver_id, wording),
        who=organiser_name(broadcast.ended_by, wording),
        at=moment(send_at, wording) if send_at else "",
        seconds=seconds_left(send_at, standing.now) if send_at else 0,
        reach=standing.reach,
        targeted=sum(standing.counts.values()),
    )


def seconds_left(send_at: datetime, now: datetime) -> int:
    """The seconds that are counted down; 0 while it is still long."""
    left = int((send_at - now).total_seconds())
    return left if 0 < left <= COUNTDOWN.total_seconds() else 0


def details(broadcast: Broadcast, wording: Wording, standing: Standing) -> list[Markup]:
    """What else an organiser must know at this stage."""
    lines = []
    state = broadcast.state
    if broadcast.approver_id == broadcast.author_id:
        lines.append(wording("stage-single"))
    if state in {BroadcastState.SUBMITTED, BroadcastState.COOLING}:
        lines.append(compose_terms(broadcast, wording, standing))
    if state is BroadcastState.REJECTED and broadcast.ended_reason:
        lines.append(rejection(broadcast.ended_reason, wording))
    if state is BroadcastState.SENDING:
        lines.append(compose_progress(broadcast, wording, standing))
    if state is BroadcastState.DONE:
        lines.append(compose_receipt(standing.counts, wording))
    if state in {BroadcastState.SENDING, BroadcastState.DONE}:
        lines += compose_marks(broadcast, wording, standing)
    return lines


def rejection(reason: str, wording: Wording) -> Markup:
    """Why it was rejected: one of the buttons, or what was typed after it."""
    name, _, typed = reason.partition(":")
    return wording("stage-reason", reason=escape(typed)) if typed else wording(f"stage-reason-{name}")


def stage_buttons(
    broadcast: Broadcast, wording: Wording, standing: Standing, *, own: bool
) -> tuple[tuple[Button, ...], ...]:
    """What an organiser may do about it now."""
    going = (Verb.RESUME if standing.paused else Verb.PAUSE, Verb.STOP)
    offered: dict[BroadcastState, tuple[Verb, ...]] = {
        BroadcastState.SUBMITTED: () if own else (Verb.APPROVE, Verb.REJECT),
        BroadcastState.COOLING: (Verb.CANCEL,),
        BroadcastState.SENDING: going if broadcast.ended_by is None else (),
    }
    row = tuple(call_button(broadcast, verb, wording) for verb in offered.get(broadcast.state, ()))
    if broadcast.state is BroadcastState.DONE:
        row = receipt_buttons(broadcast, wording, standing)
    return (row,) if row else ()


def receipt_buttons(broadcast: Broadcast, wording: Wording, standing: Standing) -> tuple[Button, ...]:
    """The figures as a file; and the failed once more, where there are any."""
    names = ["figures"]
    if standing.counts.get(DeliveryState.FAILED) and not broadcast.training:
        names.append("retry")
    seal = broadcast.digest[:SEAL]
    after = (Button(wording.plain(f"button-{n}"), action=f"after:{broadcast.id}:{n}:{seal}") for n in names)
    return (*after, *([] if broadcast.training else [fix_button("broadcast", broadcast.id, wording)]))


def rejection_buttons(broadcast: Broadcast, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """Why it is rejected, a row each, and a way back."""
    seal = broadcast.digest[:SEAL]
    rows = [
        (Button(wording.plain(f"button-reject-{name}"), action=f"reject:{broadcast.id}:{name}:{seal}"),)
        for name in (*REJECTIONS, "back")
    ]
    return tuple(rows)
