"""What is kept about a chat, as a message that a person can read, and the receipt for what was deleted."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.compose.choices import setting_lines
from bot.compose.following import often
from bot.compose.text import Markup, fit
from bot.compose.wording import Wording
from bot.model.message import Message
from bot.model.subscriber import Subscriber, Subscription, Wants

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by their table's name, as the store gives them; times are ISO 8601."""
NamedAs = Callable[[str], str]
"""What people call something that can be followed."""


def compose_held(
    whose: Subscriber | None, held: Rows, organised: Rows, wording: Wording, name_of: NamedAs, now: datetime
) -> Message:
    """All of it in words; `organised` are the rows of whoever is an organiser."""
    blocks = [wording("held-nothing")] if whose is None else held_blocks(whose, held, wording, name_of, now)
    number = sum(len(rows) for rows in organised.values())
    if number:
        blocks.append(wording("held-organiser", count=number))
    return Message(fit("\n\n".join([*blocks, *([wording("held-file")] if held or organised else [])])))


def held_blocks(whose: Subscriber, held: Rows, wording: Wording, name_of: NamedAs, now: datetime) -> list[str]:
    """What is kept about a chat that is known, a block for each kind of thing."""
    said = [consent_line(one, wording, name_of) for one in whose.subscriptions] or [wording("held-none")]
    return [
        "\n".join([wording("held-heading"), *chat_lines(whose, held["subscribers"][0], wording)]),
        "\n".join([wording("held-consents"), *said]),
        "\n".join([wording("held-choices"), *setting_lines(whose.choices, wording, now)]),
        "\n".join([wording("held-records"), *record_lines(held, wording)]),
    ]


def chat_lines(whose: Subscriber, row: Mapping[str, Any], wording: Wording) -> list[Markup]:
    """The chat itself."""
    choices = whose.choices
    spoken = "held-language-chosen" if choices.language_chosen else "held-language"
    told: list[tuple[str, str, object]] = [
        ("held-topic", "topic", str(whose.key.thread_id or "")),
        ("held-source", "source", whose.source),
        ("held-blocked", "date", moment(row["blocked_at"])),
        ("held-left", "date", moment(row["left_at"])),
        ("held-away", "date", choices.away_from),
        ("held-constituency", "constituency", choices.constituency),
    ]
    return [
        wording("held-chat", chat=str(whose.key.chat_id)),
        wording(spoken, language=wording.plain(f"language-{whose.language}")),
        wording("held-since", date=whose.created_at),
        *(wording(key, **{name: value}) for key, name, value in told if value),  # type: ignore[arg-type]
    ]


def moment(stored: str | None) -> datetime | None:
    """A stored time."""
    return datetime.fromisoformat(stored) if stored else None


def consent_line(one: Subscription, wording: Wording, name_of: NamedAs) -> Markup:
    """A yes: to what, when, under which words, and what became of it."""
    what = wording.plain("calls-name")
    if one.wants is Wants.ALERTS:
        what = wording.plain("alerts-about-name", name=name_of(one.follows))
    version = one.consent_version
    if one.ended_at is None or one.ended_reason is None:
        told = often(one.frequency, wording)
        return wording("held-consent", what=what, often=told, date=one.consented_at, version=version)
    why = wording.plain(f"reason-{one.ended_reason.value.replace('_', '-')}")
    return wording(
        "held-consent-ended", what=what, date=one.ended_at, reason=why, said=one.consented_at, version=version
    )


def record_lines(held: Rows, wording: Wording) -> list[Markup]:
    """How many rows of each kind there are."""
    return [
        wording("held-deliveries", count=len(held["deliveries"])),
        wording("held-waiting", count=len(held["digest_items"])),
        wording("held-marks", count=len(held["marks"])),
        *([wording("held-gone")] if held["endings"] else []),
    ]


def compose_receipt(held: Rows, wording: Wording) -> Message:
    """What was deleted, in numbers."""
    return Message(
        wording(
            "forgot",
            consents=len(held["subscriptions"]),
            deliveries=len(held["deliveries"]),
            waiting=len(held["digest_items"]),
            marks=len(held["marks"]),
        )
    )


def write_file(held: Rows, organised: Rows) -> bytes:
    """All rows as a JSON file."""
    return json.dumps({**held, **organised}, ensure_ascii=False, indent=2).encode()
