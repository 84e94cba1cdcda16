"""A finding as it is offered to whoever writes @bot in another chat, and the message that they then share."""

from dataclasses import dataclass
from typing import Final

from bot.compose.alert import GAP, NameOf, alert_buttons, alert_head, closing, compose_caption
from bot.compose.text import LIMIT, fit
from bot.compose.wording import Wording
from bot.model.message import Message
from bot.model.story import Told

TITLE: Final = 120
SOURCE: Final = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """`title` and `description` are plain text; `message` is what is shared, with a button to its source."""

    title: str
    description: str
    message: Message


def compose_offer(told: Told, wording: Wording, name_of: NameOf) -> Offer:
    """Headline, source and date to choose by; to share, what an alert says in a caption's room, or its head alone."""
    short = compose_caption(told, wording, name_of)
    text = short or fit(GAP.join([*alert_head(told, wording, name_of), *closing(told, wording)]), LIMIT)
    described = wording.plain("inline-described", source=shorten(told.source, SOURCE), date=told.dated_at)
    return Offer(shorten(told.title, TITLE), described, Message(text, alert_buttons(told, wording, ())))


def shorten(words: str, limit: int) -> str:
    """The words in one line, cut where they are longer; never nothing, which Telegram refuses."""
    line = " ".join(words.split()) or "?"
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
