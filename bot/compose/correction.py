"""Corrections and withdrawals in words: what copies become, what can be done about a message, and the public log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.compose.alert import CAPTION_REASON_ROOM, REASON_ROOM
from bot.compose.card import TITLE_LIMIT
from bot.compose.text import CAPTION, LIMIT, Markup, escape, fit, visible_length, visible_text
from bot.compose.wording import Wording
from bot.errors import ComposeError
from bot.model.amendment import AmendmentKind, LoggedAmendment, SentMessage
from bot.model.message import Button, Message
from bot.model.organiser import Card, CardKind

NOTE_LIMIT: Final = 300
"""UTF-16 units of a note: it stands above a picture's caption, too."""
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
    words = message.title or visible_text(below_note(message)).replace("\n", " ")
    return Markup(fit(escape(words), TITLE_LIMIT))


def below_note(message: SentMessage) -> str:
    """A broadcast's words without the note of its correction."""
    _, gap, words = message.words.partition("\n\n")
    return words if message.corrected_at is not None and gap else message.words


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
