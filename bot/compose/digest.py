"""A digest: the alerts of a day or a week in one message, each with its source."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.compose.alert import GAP, REASON_ROOM, NameOf, list_item
from bot.compose.reason import TopicOf
from bot.compose.text import LIMIT, Markup, visible_length
from bot.compose.wording import Wording
from bot.model.message import Message
from bot.model.story import Told

HEADLINE: Final = 200
MORE_ROOM: Final = 60
# Telegram formats the first hundred entities of a message (Bot API, sendMessage); a link beyond them would be lost.
# Some are the heading's, the last lines' and those that Telegram finds itself.
MARKS: Final = 88


def compose_digest(
    stories: Sequence[tuple[Told, str]],
    days: tuple[date, date],
    wording: Wording,
    name_of: NameOf,
    topic_of: TopicOf,
) -> Message:
    """The digest of some stories, each with what is followed that brings it, in this order.

    `days` are when the first and the last of their alerts were published. What one message does not hold is counted.
    """
    causes = {cause for _, cause in stories}
    shared = [because_of(cause, wording, name_of, topic_of) for cause in causes] if len(causes) == 1 else []
    head = "\n".join([wording("digest-heading", count=len(stories)), days_line(days, wording), *shared])
    tail = [wording("helplines")] if any(told.mourning for told, _ in stories) else []
    room = LIMIT - REASON_ROOM - visible_length(GAP.join([head, *tail]))
    items = []
    for told, cause in stories:
        own = [] if shared else [because_of(cause, wording, name_of, topic_of)]
        items.append("\n".join([list_item(told, wording, HEADLINE), *own]))
    return Message(GAP.join([head, *take_fitting(items, room, wording), *tail]))


def take_fitting(items: Sequence[str], room: int, wording: Wording) -> list[str]:
    """As many as `room` shows and Telegram formats; the last line says how many are left out."""
    taken: list[str] = []
    marks = MARKS
    for item in items:
        room -= visible_length(item) + len(GAP)
        marks -= item.count("</")
        if room < MORE_ROOM or marks < 0:
            return [*taken, wording("digest-more", count=len(items) - len(taken))]
        taken.append(item)
    return taken


def days_line(days: tuple[date, date], wording: Wording) -> Markup:
    """Which days it covers."""
    first, last = days
    if first == last:
        return wording("digest-day", day=last)
    return wording("digest-days", first=wording.first_day(first, last), last=last)


def because_of(follows: str, wording: Wording, name_of: NameOf, topic_of: TopicOf) -> Markup:
    """What is followed that brings a story; as bot.compose.reason, in a line of its own."""
    scope, _, name = follows.partition(":")
    if scope == "institution" and name:
        return wording("digest-because", name=name_of(name))
    if scope == "topic" and name:
        return wording("digest-because", name=topic_of(name, wording.language))
    return wording("digest-because-everything")
