"""A place in one message: what it is, whether it holds children now, its grades then and now, and its stories."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.campaign.history import Inspection
from bot.campaign.pack import Institution, Scope
from bot.compose.alert import headline, list_item, source_line
from bot.compose.grades import TESTS, compare_tests, grade_lines, grade_of, judgement_lines, name_key
from bot.compose.text import LIMIT, Markup, fit, usable_url, visible_length
from bot.compose.wording import Wording
from bot.model.finding import Grades
from bot.model.message import Button, Message
from bot.model.story import Earlier, Told

CLOSED: Final = "closed"
"""The group of the places that hold no children any more."""
INSPECTIONS: Final = 5
SOURCES: Final = 3
NEWEST: Final = 3
HEADLINE: Final = 200
LABEL: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a place.

    `graded` is its newest story that states grades or judgements and `earlier` what those are compared with; `history`
    are inspections out of the campaign's records; `newest` its newest stories.
    """

    graded: Told | None = None
    earlier: Earlier | None = None
    history: Sequence[Inspection] = ()
    newest: Sequence[Told] = ()


def compose_place(place: Institution, known: Known, wording: Wording, today: date) -> Message:
    """All of it, as far as one message holds it."""
    blocks = [
        "\n".join([wording("place-name", name=place.name), kind_line(place, wording), stands(place, wording, today)]),
        *graded_blocks(place, known, wording),
        *history_blocks(known.history, wording),
        *newest_blocks(known.newest, wording),
    ]
    text = blocks[0]
    for block in blocks[1:]:
        longer = f"{text}\n\n{block}"
        text = longer if visible_length(longer) <= LIMIT else text
    turn = [Button(wording.plain("button-timeline"), action=f"line:0:{place.id}")] * bool(known.newest or known.history)
    grades = [Button(wording.plain("button-its-grades"), action=f"trend:at:{place.id}")] * bool(known.history)
    rows = [(button,) for button in (*turn, *grades)]
    return Message(text, (*rows, (Button(wording.plain("button-all-places"), action="places"),)))


def kind_line(place: Institution, wording: Wording) -> Markup:
    """What it is and where."""
    kind = kind_name(place.type, wording)
    return (
        wording("place-kind", kind=kind, nation=nation_name(place.nation, wording))
        if place.nation
        else wording("place-name-only", name=kind)
    )


def kind_name(kind: str, wording: Wording) -> str:
    """A type of place in the wording's words; one that it does not know reads as the campaign's pack has it."""
    key = f"place-type-{slug(kind)}"
    return wording.plain(key) if wording.has(key) else kind


def nation_name(nation: str, wording: Wording) -> str:
    """A nation in the wording's words; one that it does not know reads as the campaign's pack has it."""
    key = f"nation-{slug(nation)}"
    return wording.plain(key) if wording.has(key) else nation


def slug(words: str) -> str:
    """Words as they go into a key or a button: lower case, without signs."""
    return "-".join(re.findall(r"[a-z0-9]+", words.lower().replace("'", "")))


def stands(place: Institution, wording: Wording, today: date) -> Markup:
    """Whether it holds children on that day, as far as the campaign's records tell."""
    if place.until is not None and place.until < today:
        return wording("place-closed", year=str(place.until.year))
    if place.paused is not None and place.paused <= today:
        return wording("place-paused", year=str(place.paused.year))
    if place.opened is not None and place.opened > today:
        return wording("place-not-yet", date=place.opened)
    return wording("place-open")


def is_open(place: Institution, today: date) -> bool:
    """Whether it is a place for children on that day, be it empty for the time being."""
    return place.until is None or place.until >= today


def graded_blocks(place: Institution, known: Known, wording: Wording) -> list[str]:
    """The newest grades with what became of each, and where they stand."""
    told = known.graded
    if told is None:
        return []
    part = next((part for part in told.parts if part.institutions == (place.id,)), None)
    grades = grade_lines(compare_tests(part or told, known.earlier), wording)
    judged = judgement_lines((part or told).judgements, wording)
    where = f"{headline(told, wording, lambda _: '')}\n{source_line(told, wording)}"
    return ["\n".join([wording("place-graded"), where, *grades, *judged])]


def history_blocks(history: Sequence[Inspection], wording: Wording) -> list[str]:
    """What earlier inspections graded, a line each, the newest first, with their sources."""
    graded = sorted((one for one in history if one.grades != Grades()), key=lambda one: one.last, reverse=True)
    lines = [history_line(one, wording) for one in graded[:INSPECTIONS]]
    return ["\n".join([wording("place-history"), *lines])] if lines else []


def history_line(one: Inspection, wording: Wording) -> Markup:
    """An inspection's year, its grades in words, and links to what states them."""
    stated = [(test, grade) for test in TESTS if (grade := grade_of(one.grades, test)) is not None]
    grades = [
        wording("history-grade", test=wording(name_key(test)), grade=wording(f"grade-{grade.value}"))
        for test, grade in stated
    ]
    urls = [url for url in one.sources if usable_url(url)][:SOURCES]
    links = [wording("source-linked", source=str(number), url=url) for number, url in enumerate(urls, 1)]
    told = Markup("; ".join(grades))
    if not links:
        return wording("history-line", year=str(one.year), grades=told)
    return wording("history-line-sourced", year=str(one.year), grades=told, sources=Markup(", ".join(links)))


def newest_blocks(newest: Sequence[Told], wording: Wording) -> list[str]:
    """Its newest stories."""
    items = [list_item(told, wording, HEADLINE) for told in newest[:NEWEST]]
    return [wording("place-newest"), *items] if items else [wording("place-nothing")]


def compose_choice(heading: Markup, places: Iterable[Institution], wording: Wording, action: str = "place") -> Message:
    """Places to choose from, a button each, which does `action` with the place; and the way to all of them."""
    rows = [(Button(fit(place.name, LABEL), action=f"{action}:{place.id}"),) for place in places]
    return Message(heading, (*rows, (Button(wording.plain("button-all-places"), action="places"),)))


def group_places(institutions: Iterable[Institution], today: date) -> Mapping[str, Sequence[Institution]]:
    """The campaign's places by group: the types of those that are open first, at the end all that are not."""
    groups: dict[str, list[Institution]] = {}
    closed = []
    for place in institutions:
        if place.scope is Scope.OURS and is_open(place, today):
            groups.setdefault(slug(place.type), []).append(place)
        elif place.scope is Scope.OURS:
            closed.append(place)
    return {**groups, CLOSED: closed} if closed else groups


def compose_groups(institutions: Iterable[Institution], wording: Wording, today: date) -> Message:
    """The groups, a button each."""
    rows = [
        (Button(group_label(group, places, wording), action=f"places:{group}"),)
        for group, places in group_places(institutions, today).items()
    ]
    return Message(wording("places-heading"), tuple(rows))


def group_label(group: str, places: Sequence[Institution], wording: Wording) -> str:
    """A group's name and how many are in it."""
    name = wording.plain("group-closed") if group == CLOSED else kind_name(places[0].type, wording)
    return wording.plain("group-label", name=name, count=len(places))
