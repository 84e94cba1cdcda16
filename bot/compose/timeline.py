"""A place's timeline: its stories and the inspections of the campaign's records, the newest first, in pages."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeAlias

from bot.campaign.history import Inspection
from bot.compose.alert import list_item
from bot.compose.paging import HEADLINE, LAST_PAGE, PAGE, page_turns
from bot.compose.places import history_line
from bot.compose.text import Markup
from bot.compose.wording import Wording
from bot.model.message import Message
from bot.model.story import Told

Event: TypeAlias = Told | Inspection
"""What happened: a story that was told, or an inspection."""


def stories_for(page: int, inspections: int) -> tuple[int, int]:
    """Which stories a page needs where so many inspections may stand among them: how many, after how many."""
    offset = max(0, page * PAGE - inspections)
    return page * PAGE + PAGE + 1 - offset, offset


def merge_events(page: int, stories: Sequence[Told], offset: int, history: Sequence[Inspection]) -> list[Event]:
    """The events of a page, and one more where there is another page.

    `stories` are those after the first `offset`, as many as `stories_for` says. Those before are all newer than any
    inspection that could stand on this page, for there are as many of them as of inspections or it is the first.
    """
    dated = sorted(history, key=lambda one: one.last, reverse=True)
    placed: list[tuple[int, Event]] = []
    for number, story in enumerate(stories, offset):
        placed.append((number + sum(one.last > day_of(story) for one in dated), story))
    for number, one in enumerate(dated):
        newer = sum(day_of(story) >= one.last for story in stories)
        placed.append((offset + newer + number, one))
    start = page * PAGE
    shown = [pair for pair in placed if start <= pair[0] <= start + PAGE]
    return [event for _, event in sorted(shown, key=lambda pair: pair[0])]


def day_of(event: Event) -> date:
    """When it was."""
    moment = event.last if isinstance(event, Inspection) else event.dated_at
    return moment.date() if isinstance(moment, datetime) else moment


def compose_timeline(place_id: str, events: Sequence[Event], wording: Wording, heading: Markup, page: int) -> Message:
    """A page of events under a heading; `events` may hold one more than a page, which says that there is another."""
    items = [event_item(event, wording) for event in events[:PAGE]]
    more = len(events) > PAGE and page < LAST_PAGE
    turns = tuple(page_turns(page, wording, lambda target: f"line:{target}:{place_id}", more=more))
    return Message("\n\n".join([heading, *items]), (turns,) if turns else ())


def event_item(event: Event, wording: Wording) -> str:
    """A story by its headline, an inspection by its grades."""
    if isinstance(event, Inspection):
        return wording("timeline-inspection", line=history_line(event, wording))
    return list_item(event, wording, HEADLINE)
