"""Corrections and withdrawals in words: what copies become, what organisers are asked, and the public log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.compose.alert import CAPTION_REASON_ROOM, REASON_ROOM
from bot.compose.card import DECISION_ROOM, TITLE_LIMIT, organiser_name
from bot.compose.text import CAPTION, LIMIT, Markup, escape, fit, visible_length, visible_text
from bot.compose.wording import DEFAULT_LANGUAGE, Wording
from bot.errors import ComposeError
from bot.model.amendment import Amendment, AmendmentKind, AmendmentState, LoggedAmendment, SentMessage
from bot.model.message import Button, Message
from bot.model.organiser import Card, CardKind

NOTE_LIMIT: Final = 300
"""UTF-16 units of a note: it stands above a picture's caption, too."""
SEAL: Final = 12
LOG_TITLE: Final = 160


def read_note(text: str, wording: Wording) -> str:
    """An organiser's words as a note; raises ComposeError, with a sentence for them, where it is empty or too long."""
    note = " ".join(text.split())
    length = visible_length(escape(note))
    if not note:
        raise ComposeError(wording.plain("correction-note-empty"))
    if length > NOTE_LIMIT:
        raise ComposeError(wording.plain("correction-note-long", length=length, limit=NOTE_LIMIT))
    return note


def compose_corrected(
    body: Message, note: str, wording: Wording, at: datetime, *, pictured: bool, whole: bool = False
) -> Message:
    """A message with the note above it; it gives way where both do not fit.

    What must be shown `whole` and is too long raises ComposeError, with a sentence for the organiser.
    """
    head = wording("amended-note", date=at, note=note)
    limit = CAPTION - CAPTION_REASON_ROOM if pictured else LIMIT - REASON_ROOM
    room = limit - visible_length(f"{head}\n\n")
    length = visible_length(body.text)
    if whole and length > room:
        raise ComposeError(wording.plain("correction-text-long", length=length + limit - room, limit=limit))
    return Message(f"{head}\n\n{fit(body.text, room)}", body.buttons)


def compose_withdrawn(at: datetime, wording: Wording) -> Message:
    """What stands where a copy could not be deleted."""
    return Message(wording("amended-withdrawn", date=at))


def compose_told(note: str, sent_at: datetime, wording: Wording) -> Message:
    """The short message to who has a copy. It does not repeat what was wrong."""
    return Message(wording("amended-told", sent=sent_at, note=note))


def title_of(message: SentMessage) -> Markup:
    """How a message is called: an alert's headline, a broadcast's first words."""
    words = message.title or visible_text(message.words).replace("\n", " ")
    return Markup(fit(escape(words), TITLE_LIMIT))


def fix_button(subject: str, number: int, wording: Wording) -> Button:
    """Under a card or a receipt: leads to what can be done about what was sent."""
    return Button(wording.plain("button-fix"), action=f"fix:{subject}:{number}:open")


def after_buttons(card: Card, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """What a decided card about a story still offers: where it let the story out, the way to take that back."""
    if card.kind is not CardKind.STORY or card.decision != "publish":
        return ()
    return ((fix_button("story", card.subject_ids[0], wording),),)


def compose_choice(messages: Sequence[SentMessage], wording: Wording) -> Message:
    """The newest messages, a button each."""
    rows = tuple(
        (Button(fit(visible_text(title_of(one)), 60), action=f"fix:message:{one.id}:open"),) for one in messages
    )
    return Message(wording("fix-list" if rows else "fix-none"), rows)


def compose_menu(message: SentMessage, wording: Wording, *, changed: bool) -> Message:
    """What can be done about a message; `changed`: its page says something else by now."""
    lines = [described(message, wording)]
    if message.withdrawn_at:
        return Message("\n\n".join([*lines, wording("fix-was-withdrawn", date=message.withdrawn_at)]))
    if message.corrected_at:
        lines.append(wording("fix-was-corrected", date=message.corrected_at))
    names = ["correct", *(["page"] if changed else []), "withdraw"]
    rows = tuple(
        (Button(wording.plain(f"button-fix-{name}"), action=f"fix:message:{message.id}:{name}"),) for name in names
    )
    return Message("\n\n".join([*lines, wording("fix-options")]), rows)


def described(message: SentMessage, wording: Wording) -> Markup:
    """Which message it is, and how many have it."""
    return wording(
        "fix-message",
        number=str(message.id),
        date=message.created_at,
        title=title_of(message),
        sent=message.sent,
        waiting=message.waiting,
    )


def compose_sure(message: SentMessage, wording: Wording) -> Message:
    """The question before a withdrawal: the reason is the second tap."""
    whys = [("person", "wrong"), ("mistake", "other")]
    rows = [
        tuple(Button(wording.plain(f"button-why-{why}"), action=f"fix:message:{message.id}:{why}") for why in pair)
        for pair in whys
    ]
    back = Button(wording.plain("button-fix-back"), action=f"fix:message:{message.id}:open")
    return Message(wording("fix-sure", number=str(message.id), title=title_of(message)), (*rows, (back,)))


def amend_button(amendment: Amendment, name: str, wording: Wording, label: str = "") -> Button:
    """A button that acts on these very words."""
    action = f"amend:{amendment.id}:{name}:{amendment.digest[:SEAL]}"
    return Button(wording.plain(f"button-amend-{label or name}"), action=action)


def compose_controls(amendment: Amendment, message: SentMessage, wording: Wording, *, single: bool) -> Message:
    """What the author is asked below the preview."""
    lines = [wording("correction-above"), below_note(amendment, wording)]
    if message.pictured:
        lines.append(wording("correction-picture"))
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
    rows = [["submit", "discard"], ["note", *words], ["hush" if amendment.tell else "tell"]]
    return tuple(tuple(amend_button(amendment, name, wording) for name in row) for row in rows)


def compose_amendment(amendment: Amendment, message: SentMessage, wording: Wording, *, own: bool = False) -> Message:
    """An amendment's card as it stands; `own` is the author's copy, which cannot approve."""
    if amendment.kind is AmendmentKind.WITHDRAW:
        return Message("\n".join(withdrawal_lines(amendment, wording)))
    who = organiser_name(amendment.author_id, wording)
    number, title = str(message.id), title_of(message)
    lines = [
        wording("amendment-heading", id=str(amendment.id), number=number, title=title, who=who),
        wording("amendment-note", note=amendment.note),
        stage(amendment, message, wording, own=own),
    ]
    if amendment.approver_id == amendment.author_id:
        lines.append(wording("amendment-single"))
    if amendment.state is not AmendmentState.SUBMITTED:
        return Message("\n\n".join(lines))
    lines += [below_note(amendment, wording), wording("amendment-becomes")]
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


def log_line(logged: LoggedAmendment, wording: Wording) -> Markup:
    """What was corrected or withdrawn, when, and why."""
    days = {"date": logged.decided_at, "sent": logged.sent_at}
    if logged.kind is AmendmentKind.WITHDRAW:
        return wording("corrections-withdrawn", **days, why=wording(f"withdrawn-why-{logged.note}"))
    if not logged.note:
        return wording("corrections-taken-back", **days)
    if not logged.title:
        return wording("corrections-corrected-untitled", **days, note=logged.note)
    title = Markup(fit(escape(logged.title), LOG_TITLE))
    return wording("corrections-corrected", **days, title=title, note=logged.note)


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
