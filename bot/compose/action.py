"""What a reader can do about a story: at most one ask, the one that fits what happened."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Final
from urllib.parse import quote

from bot.campaign.pack import Action
from bot.compose.text import usable_url
from bot.model.finding import Grade, Grades
from bot.model.message import Button
from bot.model.story import Told

POOR: Final = "poor_grades"
BETTER: Final = "good_report"
ANYTHING: Final = "any"
"""What an action of the pack may name in `on` beside report kinds and topics."""


def choose_action(told: Told, actions: Sequence[Action], name_of: Callable[[str], str], today: date) -> Button | None:
    """The button of the action that fits best; None where none fits, and always about a death.

    What happened is taken in order, the most particular first, and of the pack's actions the first that suits it.
    """
    if told.mourning:
        return None
    current = [action for action in actions if is_current(action, told, today)]
    for trigger in triggers(told):
        for action in current:
            if trigger in action.on:
                return as_button(action, told, name_of)
    return None


def triggers(told: Told) -> list[str]:
    """What happened, as the pack's actions name it: report kind, grades, topics, and that anything happened."""
    graded = [grade_trigger(told.grades)] if told.grades is not None else []
    return [name for name in (told.kind, *graded, *told.topics, ANYTHING) if name]


def grade_trigger(grades: Grades) -> str:
    """Whether the grades call for pressure or for praise: one below "reasonably good" is enough; "" with no grade."""
    stated = [grade for grade in (getattr(grades, field.name) for field in fields(grades)) if grade is not None]
    if not stated:
        return ""
    return POOR if min(stated) < Grade.REASONABLY_GOOD else BETTER


def is_current(action: Action, told: Told, today: date) -> bool:
    """Whether it can still be done: before its last day, and within its days after the story."""
    if action.until is not None and today > action.until:
        return False
    return action.days is None or today <= told.dated_at.date() + timedelta(days=action.days)


def as_button(action: Action, told: Told, name_of: Callable[[str], str]) -> Button | None:
    """The action with the story's first place filled in; None where its address cannot stand under a button."""
    place = name_of(told.institutions[0]) if told.institutions else ""
    url = usable_url(action.url.replace("{place}", quote(place)))
    return Button(action.label.replace("{place}", place).strip(), url=url) if url else None
