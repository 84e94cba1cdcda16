"""Words for people: facts in, a Message of Telegram HTML out. Pure; it reads only its own package's locale files.

Sentences live in locale/<language>/*.ftl (Project Fluent); code holds their keys.
"""

from bot.compose.action import choose_asks
from bot.compose.alert import compose_alert, compose_finding
from bot.compose.broadcast import compose_call
from bot.compose.picture import choose_chart
from bot.compose.reason import because, with_reason
from bot.compose.text import CAPTION, LIMIT, Markup, escape, fit, utf16_length, visible_length
from bot.compose.wording import Wording

__all__ = [
    "CAPTION",
    "LIMIT",
    "Markup",
    "Wording",
    "because",
    "choose_asks",
    "choose_chart",
    "compose_alert",
    "compose_call",
    "compose_finding",
    "escape",
    "fit",
    "utf16_length",
    "visible_length",
    "with_reason",
]
