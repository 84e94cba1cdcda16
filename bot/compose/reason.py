"""The line under every message that says why this person got it; it is added at send, for each its own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.compose.text import CAPTION, LIMIT, Markup, fit, visible_length
from bot.compose.wording import Wording
from bot.model.delivery import MessageKind
from bot.model.message import Message

TopicOf = Callable[[str, str], str]
"""A topic's name for people, by its own name and a language (Pack.topic_label)."""


BY_KIND: Final = {
    MessageKind.CORRECTION: "because-correction",
    MessageKind.CALL: "because-calls",
    MessageKind.REMINDER: "because-reminder",
    MessageKind.DIGEST: "because-digest",
}
"""Kinds whose reason is no subscription."""


def spell_out(topic: str, _: str) -> str:
    """A topic for a campaign that names none."""
    return topic.replace("_", " ")


def because(
    follows: str,
    wording: Wording,
    name_of: Callable[[str], str],
    kind: MessageKind = MessageKind.ALERT,
    *,
    topic_of: TopicOf = spell_out,
) -> Markup:
    """Why: `follows` is what the subscription that caused the message follows; `name_of` names an institution's id.

    "" and whatever this version does not know read as everything: a reason is always given.
    """
    stop = wording("because-stop")
    if kind in BY_KIND:
        return Markup(f"{wording(BY_KIND[kind])} {stop}")
    scope, _, name = follows.partition(":")
    if scope == "institution" and name:
        return Markup(f"{wording('because-institution', name=name_of(name))} {stop}")
    if scope == "topic" and name:
        return Markup(f"{wording('because-topic', name=topic_of(name, wording.language))} {stop}")
    return Markup(f"{wording('because-everything')} {stop}")


def with_reason(message: Message, line: str) -> Message:
    """The message with the line under it, in italics; the message's own text gives way where both do not fit."""
    limit = CAPTION if message.captioned else LIMIT
    foot = f"\n\n<i>{fit(line, limit // 8)}</i>"
    return replace(message, text=fit(message.text, limit - visible_length(foot)) + foot)
