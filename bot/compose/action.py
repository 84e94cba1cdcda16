"""What a reader can do about a story: at most one ask, the one that fits it; after a death, whom to turn to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from textwrap import shorten
from typing import Final
from urllib.parse import quote, urlencode

from bot.campaign.pack import Action
from bot.compose.text import usable_url
from bot.compose.wording import DEFAULT_LANGUAGE, Wording
from bot.model.action import ActionKind, Mark
from bot.model.finding import Grade, Grades
from bot.model.message import Button
from bot.model.story import Told

# What an action of the pack may name in `on` beside report kinds and topics.
POOR: Final = "poor_grades"
BETTER: Final = "good_report"
CONDOLENCE: Final = "condolence"
BELOW_GOOD: Final = frozenset({"requires improvement", "inadequate"})
"""Ofsted's lower words of four (social care common inspection framework)."""
SHARED: Final = 280
"""Characters of a text for sharing, address included: what the shortest of the common networks takes."""
SOURCE_SHARED: Final = 60
SHORTEST_SHARED: Final = 30


@dataclass(frozen=True, slots=True)
class Ask:
    """Something to do, and the button by which it is done."""

    action: Action
    button: Button


def choose_asks(
    told: Told, actions: Sequence[Action], wording: Wording, name_of: Callable[[str], str], today: date
) -> tuple[Ask, ...]:
    """The first action that suits the story; about a death all that console, and never another."""
    happened = {CONDOLENCE} if told.mourning else triggers(told)
    suited = [action for action in actions if suits(action, happened) and is_current(action, told, today)]
    asks = [Ask(action, button) for action in suited if (button := as_button(action, told, wording, name_of))]
    return tuple(asks if told.mourning else asks[:1])


def ask_rows(told: Told, asks: Sequence[Ask], story_id: int, wording: Wording) -> tuple[tuple[Button, ...], ...]:
    """The asks' buttons, a row each, and below them what a reader may say of the ask; nothing after a death."""
    rows = [(ask.button,) for ask in asks]
    if told.mourning or not asks:
        return tuple(rows)
    action = asks[0].action
    if points_of(action, wording.language):
        rows.append((press(story_id, action, "points", wording),))
    return (*rows, mark_row(story_id, action, wording))


def mark_row(story_id: int, action: Action, wording: Wording) -> tuple[Button, ...]:
    """Done, later, or not for me. `story_id` is 0 for what stands without a story."""
    return tuple(press(story_id, action, said.value, wording) for said in (Mark.DONE, Mark.LATER, Mark.REFUSED))


def press(story_id: int, action: Action, said: str, wording: Wording) -> Button:
    """A button that says something of an ask; its callback data has at most 54 bytes."""
    return Button(wording.plain(f"button-act-{said}"), action=f"act:{story_id}:{action.id}:{said}")


def points_of(action: Action, language: str) -> tuple[str, ...]:
    """What can be said, in this language or else in English."""
    return action.points.get(language) or action.points.get(DEFAULT_LANGUAGE, ())


def label_of(action: Action, language: str, place: str = "") -> str:
    """What an action is called."""
    return action.labels.get(language, action.label).replace("{place}", place).strip()


def triggers(told: Told) -> set[str]:
    """What happened, as the pack's actions name it: report kind, topics, and what the grades call for."""
    return {name for name in (told.kind, grade_trigger(told), *told.topics) if name}


def grade_trigger(told: Told) -> str | None:
    """Whether grades call for pressure or for praise: one below "reasonably good" is enough; None with no grade.

    Of Ofsted's words those below "good" count as such.
    """
    grades = [getattr(told.grades, field.name) for field in fields(Grades)] if told.grades else []
    poor = [grade < Grade.REASONABLY_GOOD for grade in grades if grade is not None]
    poor += [one.word in BELOW_GOOD for one in told.judgements]
    return (POOR if any(poor) else BETTER) if poor else None


def suits(action: Action, happened: set[str]) -> bool:
    """Whether an action is for what happened. One that names nothing is for anything but a death."""
    return not happened.isdisjoint(action.on) or (not action.on and CONDOLENCE not in happened)


def is_current(action: Action, told: Told, today: date) -> bool:
    """Whether it can still be done: by its last day, and within its days after the story."""
    if action.until is not None and today > action.until:
        return False
    return action.days is None or today <= told.dated_at.date() + timedelta(days=action.days)


def as_button(action: Action, told: Told, wording: Wording, name_of: Callable[[str], str]) -> Button | None:
    """The action with the story's first place and address filled in; None where that makes no usable address."""
    place = name_of(told.institutions[0]) if told.institutions else ""
    url = address_of(action, told, wording, place)
    return Button(label_of(action, wording.language, place), url=url) if url else None


def address_of(action: Action, told: Told | None, wording: Wording, place: str = "") -> str | None:
    """Where it is done, filled in; None where there is no story to share, or the address is none."""
    url = usable_url(told.url) if told else None
    if action.kind is ActionKind.WRITE_MP:
        return write_to_them(wording.language)
    if action.kind is ActionKind.SHARE:
        return share_link(told, wording) if told and url else None
    if "{url}" in action.url and url is None:
        return None
    return usable_url(action.url.replace("{place}", quote(place)).replace("{url}", quote(url or "", safe="")))


def write_to_them(language: str, postcode: str | None = None) -> str:
    """WriteToThem's page for writing to an MP, by the parameters that it documents; a Welsh reader's is in Welsh.

    An address with a postcode goes to nobody but the one who gave it, and is not kept.
    """
    host = "cy.writetothem.com" if language == "cy" else "www.writetothem.com"
    known = {"pc": postcode} if postcode else {}
    return f"https://{host}/?{urlencode({**known, 'a': 'westminstermp', 'message_type': 'campaigning'})}"


def share_link(told: Told, wording: Wording) -> str | None:
    """Telegram's own page for sharing: the source's address, and words that fit with it into 280 characters."""
    words = share_words(told, wording)
    return usable_url(f"https://t.me/share/url?{urlencode({'url': told.url or '', 'text': words}, quote_via=quote)}")


def share_words(told: Told, wording: Wording) -> str:
    """The headline with its source and day, cut so that with the source's address it has at most 280 characters."""
    source = shorten(told.source, SOURCE_SHARED, placeholder="…")
    frame = wording.plain("share-words", title="", source=source, date=told.dated_at)
    room = SHARED - len(told.url or "") - 1 - len(frame)
    if room < SHORTEST_SHARED:
        return ""
    title = shorten(told.title, room, placeholder="…")
    return wording.plain("share-words", title=title, source=source, date=told.dated_at)
