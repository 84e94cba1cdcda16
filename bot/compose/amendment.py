"""A correction on its way, as organisers see it: its controls, the sentences that can be chosen, and the card."""

from collections.abc import Sequence
from typing import Final

from bot.compose.card import DECISION_ROOM, organiser_name
from bot.compose.correction import title_of
from bot.compose.text import LIMIT, Markup, fit, visible_length
from bot.compose.wording import DEFAULT_LANGUAGE, Wording
from bot.model.amendment import Amendment, AmendmentKind, AmendmentState, SentMessage
from bot.model.message import Button, Message

SEAL: Final = 12
"""So many hex digits of the digest are in a button's callback data: a button acts on the words it stands under."""


def amend_button(amendment: Amendment, name: str, wording: Wording, label: str = "") -> Button:
    """A button that acts on these very words."""
    action = f"amend:{amendment.id}:{name}:{amendment.digest[:SEAL]}"
    return Button(wording.plain(f"button-amend-{label or name}"), action=action)


def compose_controls(amendment: Amendment, message: SentMessage, wording: Wording, *, single: bool) -> Message:
    """What the author is asked below the preview."""
    lines = [wording("correction-above"), below_note(amendment, wording)]
    if message.pictured:
        lines.append(wording("correction-picture-bare" if amendment.body.bare else "correction-picture"))
    told = [wording("correction-tell-yes", count=message.sent), wording("correction-told-above")]
    lines += told if amendment.tell else [wording("correction-tell-no")]
    lines.append(wording("correction-next-single" if single else "correction-next"))
    return Message("\n".join(lines), control_rows(amendment, message, wording))


def below_note(amendment: Amendment, wording: Wording) -> Markup:
    """What the message says below its note."""
    body = amendment.body
    if body.sentences:
        return wording("correction-sentences", count=len(body.sentences))
    if body.page:
        return wording("correction-anew")
    return wording("correction-new-text" if body.text else "correction-stays")


def control_rows(amendment: Amendment, message: SentMessage, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """What an author may do."""
    words = ["sentences"] if message.story_id else ["text"]
    if message.story_id:
        words.append("stays" if amendment.body.page or amendment.body.sentences else "page")
    picture = ["drawn" if amendment.body.bare else "bare"] if message.pictured else []
    rows = [["submit", "discard"], ["note", *words], ["hush" if amendment.tell else "tell", *picture]]
    return tuple(tuple(amend_button(amendment, name, wording) for name in row) for row in rows)


def compose_amendment(amendment: Amendment, message: SentMessage, wording: Wording, *, own: bool = False) -> Message:
    """An amendment's card as it stands; `own` is the author's copy, which cannot approve."""
    if amendment.kind is AmendmentKind.WITHDRAW:
        return Message("\n".join([*withdrawal_lines(amendment, wording), *doubted_lines(amendment, message, wording)]))
    who = organiser_name(amendment.author_id, wording)
    number, title = str(message.id), title_of(message)
    lines = [
        wording("amendment-heading", id=str(amendment.id), number=number, title=title, who=who),
        wording("amendment-note", note=amendment.note),
        stage(amendment, message, wording, own=own),
    ]
    if amendment.approver_id == amendment.author_id:
        lines.append(wording("amendment-single"))
    lines += doubted_lines(amendment, message, wording)
    if amendment.state is not AmendmentState.SUBMITTED:
        return Message("\n\n".join(lines))
    bare = [wording("correction-picture-bare")] if message.pictured and amendment.body.bare else []
    lines += [below_note(amendment, wording), *bare, wording("amendment-becomes")]
    room = LIMIT - DECISION_ROOM - visible_length("\n\n".join(lines))
    shown = fit(amendment.texts[DEFAULT_LANGUAGE].text, room)
    names = ["show"] if own else ["approve", "reject", "show"]
    row = tuple(amend_button(amendment, name, wording) for name in names)
    return Message("\n\n".join([*lines, shown]), (row,))


def stage(amendment: Amendment, message: SentMessage, wording: Wording, *, own: bool) -> Markup:
    """Where a correction stands, in a sentence; one whose author took it back to change it stands there."""
    key = f"amendment-{amendment.state.value}"
    if own and amendment.state is AmendmentState.SUBMITTED:
        key = "amendment-submitted-own"
    return wording(
        key if wording.has(key) else "amendment-reopened",
        sent=message.sent,
        approver=organiser_name(amendment.approver_id, wording),
        done=amendment.changed + amendment.failed,
        changed=amendment.changed,
        failed=amendment.failed,
    )


def doubted_lines(amendment: Amendment, message: SentMessage, wording: Wording) -> list[Markup]:
    """That there may be copies which nobody can change, once all others are done with."""
    if amendment.state is not AmendmentState.DONE or not message.doubted:
        return []
    return [wording("amendment-doubted", count=message.doubted)]


def withdrawal_lines(amendment: Amendment, wording: Wording) -> list[Markup]:
    """Who withdrew it and why, and what became of its copies. What it said is not repeated."""
    who = organiser_name(amendment.author_id, wording)
    why = wording(f"withdrawn-why-{amendment.note}")
    lines = [wording("withdrawal-heading", number=str(amendment.message_id), who=who, why=why)]
    counts = {"changed": amendment.changed, "marked": amendment.marked, "failed": amendment.failed}
    if amendment.state is not AmendmentState.DONE:
        return [*lines, wording("withdrawal-stopped", done=sum(counts.values()))]
    lines.append(wording("withdrawal-done", **counts))
    return [*lines, wording("withdrawal-left", failed=amendment.failed)] if amendment.failed else lines


def compose_sentences(
    amendment: Amendment, offered: Sequence[str], page: int, wording: Wording, *, per_page: int
) -> Message:
    """A page of the sentences that an alert may quote, each with a button that takes it or leaves it."""
    if not offered:
        return Message(wording("correction-no-sentences"), ((amend_button(amendment, "hush", wording, "back"),),))
    pages = -(-len(offered) // per_page)
    first = min(page, pages - 1) * per_page
    shown = list(enumerate(offered[first : first + per_page], first))
    rows = [
        wording(
            "correction-choose-row",
            number=number + 1,
            mark="✓ " if sentence in amendment.body.sentences else "",
            sentence=sentence,
        )
        for number, sentence in shown
    ]
    head = wording("correction-choose", page=first // per_page + 1, pages=pages)
    picks = tuple(
        Button(
            ("✓ " if sentence in amendment.body.sentences else "") + str(number + 1), action=toggle(amendment, number)
        )
        for number, sentence in shown
    )
    turns = [("newer", page - 1)] if first else []
    turns += [("older", page + 1)] if first + per_page < len(offered) else []
    turning = tuple(amend_button(amendment, f"s{target}", wording, label) for label, target in turns)
    done = (amend_button(amendment, "tell" if amendment.tell else "hush", wording, "back"),)
    return Message("\n\n".join([head, *rows]), tuple(row for row in (picks, turning, done) if row))


def toggle(amendment: Amendment, number: int) -> str:
    """Callback data that takes a sentence or leaves it."""
    return f"amend:{amendment.id}:t{number}:{amendment.digest[:SEAL]}"
