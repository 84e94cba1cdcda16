"""An alert: what was found, in the source's own words, where it comes from and when."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Final

from bot.compose.text import LIMIT, Markup, escape, fit, usable_url, visible_length
from bot.compose.wording import Wording
from bot.model.finding import Grades
from bot.model.message import Button, Message
from bot.model.story import Told

TITLE_LIMIT: Final = 300
SOURCE_LIMIT: Final = 100
QUOTE_LIMIT: Final = 1500
PLACES: Final = 4
# Kept free for the line that says why, which is added at send (bot.compose.reason).
REASON_ROOM: Final = 200

NameOf = Callable[[str], str]
"""An institution's name by its id (Pack.institution_name)."""


def compose_alert(told: Told, wording: Wording, name_of: NameOf, actions: Sequence[Button] = ()) -> Message:
    """The alert of one story: headline, quotation, grades, source and date, and buttons.

    `actions` are what a reader can do about it (bot.compose.action). About a death helplines are named.
    """
    head = compose_head(told, wording, name_of)
    tail = [*grade_lines(told, wording), *closing(told, wording)]
    room = LIMIT - REASON_ROOM - visible_length("\n\n".join([*head, *tail])) - len("\n\n" * 2)
    text = "\n\n".join([*head, *quotation(told.summary, min(room, QUOTE_LIMIT)), *tail])
    return Message(text, alert_buttons(told, wording, actions))


def compose_finding(told: Told, wording: Wording, name_of: NameOf) -> Message:
    """One story shown because somebody asked for it: an alert that says first how old it is."""
    alert = compose_alert(told, wording, name_of)
    heading = wording("latest-finding-heading", date=told.dated_at)
    return Message(fit(f"{heading}\n\n{alert.text}"), alert.buttons)


def compose_list(stories: Iterable[Told], wording: Wording, heading: Markup) -> Message:
    """Several stories in few lines each, as many as one message holds; `heading` comes first."""
    text: str = heading
    for told in stories:
        longer = f"{text}\n\n{list_item(told, wording)}"
        if visible_length(longer) > LIMIT:
            break
        text = longer
    return Message(text)


def compose_head(told: Told, wording: Wording, name_of: NameOf) -> list[str]:
    """The headline and what must be known before reading on."""
    lines = [f"<b>{fit(wording('alert-headline', title=told.title), TITLE_LIMIT)}</b>"]
    if told.sample:
        lines.append(wording("alert-sample"))
    kind = f"kind-{told.kind.replace('_', '-')}"
    if told.kind and wording.has(kind):
        lines.append(wording(kind))
    names = [name_of(place) for place in told.institutions[:PLACES]]
    unnamed = [name for name in names if name.lower() not in told.title.lower()]
    if unnamed:
        lines.append(fit(wording("alert-places", places=", ".join(unnamed)), TITLE_LIMIT))
    return ["\n".join(lines)]


def quotation(sentences: Sequence[str], room: int) -> list[str]:
    """The source's sentences as a quotation that shows at most `room` units; nothing where there is none."""
    words = " ".join(sentence.strip() for sentence in sentences).strip()
    return [f"<blockquote>{fit(escape(words), room)}</blockquote>"] if words else []


def grade_lines(told: Told, wording: Wording) -> list[str]:
    """A line per test whose grade the source states, with the one before where it states that too."""
    lines = [
        grade_line(field.name, told.grades, told.previous_grades, wording)
        for field in fields(Grades)
        if told.grades is not None and getattr(told.grades, field.name) is not None
    ]
    return ["\n".join(lines)] if lines else []


def grade_line(test: str, grades: Grades, previous: Grades | None, wording: Wording) -> str:
    """A test with its grade, and with the one before where there is one."""
    grade, before = getattr(grades, test), getattr(previous, test, None)
    words = {"test": wording(f"test-{test.replace('_', '-')}"), "grade": wording(f"grade-{grade.value}")}
    if before is None:
        return wording("grade-line", **words)
    return wording("grade-line-before", **words, before=wording(f"grade-{before.value}"))


def closing(told: Told, wording: Wording) -> list[str]:
    """When the inspection was, the source, the date and the link; after a death, where to turn."""
    lines = []
    if told.inspection_dates is not None:
        first, last = told.inspection_dates
        lines.append(wording("inspected-day" if first == last else "inspected-days", first=first, last=last))
    lines.append(source_line(told, wording))
    return ["\n".join(lines), wording("helplines")] if told.mourning else ["\n".join(lines)]


def source_line(told: Told, wording: Wording) -> Markup:
    """Source, linked where there is an address, and date."""
    name = Markup(fit(wording("source-name", source=told.source or "?"), SOURCE_LIMIT))
    url = usable_url(told.url)
    linked = wording("source-linked", source=name, url=url) if url else name
    key = "source-published" if told.published_at else "source-seen"
    return wording(key, source=linked, date=told.dated_at)


def list_item(told: Told, wording: Wording) -> str:
    """Headline, source and date."""
    title = fit(wording("alert-headline", title=told.title), TITLE_LIMIT)
    return f"<b>{title}</b>\n{source_line(told, wording)}"


def alert_buttons(told: Told, wording: Wording, actions: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """The source's button, then the actions', a row each."""
    url = usable_url(told.url)
    rows = [(Button(wording.plain("button-read-source"), url=url),)] if url else []
    return (*rows, *((action,) for action in actions))
