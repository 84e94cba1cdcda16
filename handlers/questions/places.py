"""The buttons under a place: its stories, all places by kind, and back."""

import re
from typing import Final

from telegram import Update

from bot.campaign.history import load_history
from bot.compose.inspections import is_graded
from bot.compose.paging import LAST_PAGE
from bot.compose.places import compose_choice, compose_groups, group_label, group_places
from bot.compose.timeline import compose_timeline, merge_events, stories_for
from bot.model.message import Button, Message
from bot.store.answers import list_latest
from handlers.context import Context, acknowledge, rewrite, wording_of
from handlers.questions.prison import find_ours, tell_place, today

PLACE: Final = re.compile(r"^place:(?P<place>[\w-]+)$", re.ASCII)
LINE: Final = re.compile(r"^line:(?P<page>\d{1,3}):(?P<place>[\w-]+)$", re.ASCII)
PLACES: Final = re.compile(r"^places(?::(?P<group>[\w-]+))?$", re.ASCII)


async def show_place(update: Update, context: Context) -> None:
    """A place that was chosen."""
    pressed = context.match
    place = find_ours(context, pressed["place"]) if pressed else None
    if place is None:
        await refuse(update, context)
        return
    await acknowledge(update)
    await rewrite(update, await tell_place(update, context, place))


async def show_line(update: Update, context: Context) -> None:
    """A page of a place's stories and inspections, the newest first."""
    pressed, wording = context.match, wording_of(update, context)
    place = find_ours(context, pressed["place"]) if pressed else None
    if pressed is None or place is None:
        await refuse(update, context)
        return
    await acknowledge(update)
    page = min(int(pressed["page"]), LAST_PAGE)
    history = [one for one in load_history(context.services.pack.name) if one.institution == place.id]
    graded = [one for one in history if is_graded(one)]
    limit, offset = stories_for(page, len(graded))
    async with context.services.store.read() as connection:
        told = await list_latest(connection, limit, f"institution:{place.id}", offset=offset)
    events = merge_events(page, told, offset, graded)
    heading = wording("place-timeline", name=place.name) if events else wording("page-none")
    shown = compose_timeline(place.id, events, wording, heading, page)
    back = Button(wording.plain("button-back-to-place", name=place.name), action=f"place:{place.id}")
    await rewrite(update, Message(shown.text, (*shown.buttons, (back,))))


async def show_places(update: Update, context: Context) -> None:
    """The kinds of places, or the places of one kind."""
    pressed, wording = context.match, wording_of(update, context)
    institutions, day = context.services.pack.institutions, today(context)
    group = pressed["group"] if pressed else None
    if group is None:
        await acknowledge(update)
        await rewrite(update, compose_groups(institutions, wording, day))
        return
    places = group_places(institutions, day).get(group)
    if places is None:
        await refuse(update, context)
        return
    await acknowledge(update)
    heading = wording("places-group", name=group_label(group, places, wording))
    await rewrite(update, compose_choice(heading, places, wording))


async def refuse(update: Update, context: Context) -> None:
    """A button that names what there is not, or not any more."""
    await acknowledge(update, wording_of(update, context).plain("notice-stale"))
