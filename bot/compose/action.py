"""What a reader can do about a story: at most one ask, the one that fits it; after a death, whom to turn to."""

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

# What an action of the pack may name in `on` beside report kinds and topics.
POOR: Final = "poor_grades"
BETTER: Final = "good_report"
CONDOLENCE: Final = "condolence"


def choose_actions(
    told: Told, actions: Sequence[Action], name_of: Callable[[str], str], today: date, language: str = "en"
) -> tuple[Button, ...]:
    """The button of the first action that suits the story; about a death all that console, and never another."""
    happened = {CONDOLENCE} if told.mourning else triggers(told)
    suited = [action for action in actions if suits(action, happened) and is_current(action, told, today)]
    buttons = [as_button(action, told, name_of, language) for action in suited]
    usable = tuple(button for button in buttons if button is not None)
    return usable if told.mourning else usable[:1]


def triggers(told: Told) -> set[str]:
    """What happened, as the pack's actions name it: report kind, topics, and what the grades call for."""
    graded = grade_trigger(told.grades) if told.grades is not None else None
    return {name for name in (told.kind, graded, *told.topics) if name}


def grade_trigger(grades: Grades) -> str | None:
    """Whether grades call for pressure or for praise: one below "reasonably good" is enough; None with no grade."""
    stated = [grade for grade in (getattr(grades, field.name) for field in fields(grades)) if grade is not None]
    if not stated:
        return None
    return POOR if min(stated) < Grade.REASONABLY_GOOD else BETTER


def suits(action: Action, happened: set[str]) -> bool:
    """Whether an action is for what happened. One that names nothing is for anything but a death."""
    return not happened.isdisjoint(action.on) or (not action.on and CONDOLENCE not in happened)


def is_current(action: Action, told: Told, today: date) -> bool:
    """Whether it can still be done: by its last day, and within its days after the story."""
    if action.until is not None and today > action.until:
        return False
    return action.days is None or today <= told.dated_at.date() + timedelta(days=action.days)


def as_button(action: Action, told: Told, name_of: Callable[[str], str], language: str) -> Button | None:
    """The action with the story's first place and address filled in; None where that makes no usable address."""
    if "{url}" in action.url and usable_url(told.url) is None:
        return None
    place = name_of(told.institutions[0]) if told.institutions else ""
    address = action.url.replace("{place}", quote(place)).replace("{url}", quote(told.url or "", safe=""))
    url = usable_url(address)
    label = action.labels.get(language, action.label)
    return Button(label.replace("{place}", place).strip(), url=url) if url else None
