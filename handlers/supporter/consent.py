"""The two questions that a person is asked separately: alerts, and calls to action."""

from typing import Final

from bot.compose import Wording
from bot.compose.following import Choice, expected
from bot.model.message import Button, Message
from bot.model.subscriber import Wants

ACTION_LIMIT: Final = 64
"""Bytes of callback data (Bot API, InlineKeyboardButton)."""


def compose_question(wants: Wants, wording: Wording, about: Choice | None = None) -> Message:
    """One of the two questions, with a yes and a plain no that carry the wording's version.

    Alerts may be asked about one thing alone; the yes carries that, too.
    """
    name, version = words_for(wants), wording.plain("consent-version")
    subject = f":{about.follows}" if about else ""
    yes = Button(wording.plain(f"button-yes-{name}"), action=f"ask:{wants.value}:yes:{version}{subject}")
    no = Button(wording.plain(f"button-no-{name}"), action=f"ask:{wants.value}:no:{version}")
    if about is None:
        return Message(wording(f"question-{name}"), ((yes,), (no,)))
    told = wording("question-alerts-about", name=about.name, expected=expected(about.expected, wording))
    return Message(told, ((yes,), (no,)))


def words_for(wants: Wants) -> str:
    """How the wording's keys name it."""
    return wants.value.replace("_", "-")
