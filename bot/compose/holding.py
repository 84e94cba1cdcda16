"""Sending that waits for organisers: so many are gone, or copies of an alert come too late."""

import json
from typing import Final

from bot.compose.card import TITLE_LIMIT, choice, with_decision
from bot.compose.text import Markup, escape, fit
from bot.compose.wording import Wording
from bot.model.message import Button, Message
from bot.model.organiser import Card, CardKind

KEPT: Final = "hold"
"""The stage of a card whose sending stays stopped: it may still go on."""


def compose_hold_card(card: Card, wording: Wording) -> Message:
    """What happened and what each choice does; once it is decided there is none. The card's text is JSON."""
    text = hold_text(card, wording)
    if card.decided_at is not None:
        return Message(with_decision(text, card, wording))
    return Message(text, hold_buttons(card, wording))


def hold_text(card: Card, wording: Wording) -> str:
    """The words, out of `count` and, of what is overdue, `title`."""
    facts = json.loads(card.text)
    if card.kind is CardKind.GONE:
        kept = [wording("card-gone-kept")] if card.decision == KEPT else []
        return "\n\n".join([wording("card-gone", count=facts["count"]), *kept])
    title = Markup(fit(escape(facts["title"]), TITLE_LIMIT))
    return wording("card-overdue", count=facts["count"], title=title)


def hold_buttons(card: Card, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """A row for each choice."""
    names = ("go", "spare", KEPT) if card.kind is CardKind.GONE else ("late", "drop")
    return tuple((choice(card, name, wording),) for name in names)
