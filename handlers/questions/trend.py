"""/trend: children in custody, each way of counting by itself, and grades of places, as pictures."""

import re
from collections.abc import Sequence
from typing import Final

from telegram import Update

from bot.campaign.history import load_history
from bot.campaign.population import Series, load_population
from bot.compose.illustrated import Illustrated
from bot.compose.inspections import is_graded
from bot.compose.tables import PLACES, choose_rows, compose_places
from bot.compose.trend import GRADES, compose_series
from bot.compose.wording import Wording
from bot.model.message import Button
from handlers.context import Context, acknowledge, reply, wording_of
from handlers.questions.graded import find_graded, show_place
from handlers.questions.pictures import show, turn
from handlers.questions.prison import LONGEST, choose_place, find_ours, today

TREND: Final = re.compile(
    r"^trend:(?:at:(?P<place>[\w-]{1,56})|grades:(?P<page>\d{1,3})|(?P<name>[a-z0-9-]{1,40}))$", re.ASCII
)
"""A press on a series, on the places' grades or a page of them, or on one place's."""


async def trend(update: Update, context: Context) -> None:
    """The first series; what follows the command is "grades", a series' name, or a place."""
    asked = " ".join(context.args or [])[:LONGEST]
    named = await show_named(update, context, asked.lower()) if asked else await show_first(update, context)
    if named is not None:
        await show(update, context, named)
        return
    found = context.services.asking.find_places(asked)
    if len(found.fitting) == 1:
        await show(update, context, await show_place(update, context, found.fitting[0]))
    elif found.fitting:
        await reply(update, choose_place(update, context, found.fitting, "place-several", action="trend:at"))
    else:
        await reply(update, choose_place(update, context, found.nearest, "trend-unknown", asked, action="trend:at"))


async def turn_trend(update: Update, context: Context) -> None:
    """Another series, page or place."""
    pressed = context.match
    if pressed is None:
        return
    shown = await find_pressed(update, context, pressed)
    if shown is None:
        await acknowledge(update, wording_of(update, context).plain("notice-stale"))
        return
    await acknowledge(update)
    await turn(update, context, shown)


async def find_pressed(update: Update, context: Context, pressed: re.Match[str]) -> Illustrated | None:
    """What a button names; None for what there is not, or not any more."""
    if pressed["place"]:
        return await show_place(update, context, pressed["place"]) if find_ours(context, pressed["place"]) else None
    if pressed["page"]:
        return await show_grades(update, context, int(pressed["page"]))
    return await show_named(update, context, pressed["name"])


def list_series(context: Context) -> Sequence[Series]:
    """The campaign's series."""
    return load_population(context.services.pack.name)


async def show_first(update: Update, context: Context) -> Illustrated:
    """The first series; a campaign without any has grades."""
    every = list_series(context)
    if not every:
        return await show_grades(update, context, 0)
    return compose_series(every[0], every, wording_of(update, context))


async def show_named(update: Update, context: Context, name: str) -> Illustrated | None:
    """The series, or the places' grades, of that name as a button has it or as it reads on the button."""
    every, wording = list_series(context), wording_of(update, context)
    labels = {one: wording.plain(f"trend-{one}-label").lower() for one in (*(one.id for one in every), GRADES)}
    if name in {GRADES, labels[GRADES]}:
        return await show_grades(update, context, 0)
    series = next((one for one in every if name in {one.id, labels[one.id]}), None)
    return compose_series(series, every, wording) if series else None


async def show_grades(update: Update, context: Context, page: int) -> Illustrated:
    """A page of places with their newest grades; one beyond the last is the last."""
    pack, wording = context.services.pack, wording_of(update, context)
    graded = {one.institution for one in load_history(pack.name) if is_graded(one)}
    places = choose_rows(pack.institutions, graded, today(context))
    page = min(page, max(len(places) - 1, 0) // PLACES)
    found = await find_graded(context, places[page * PLACES : (page + 1) * PLACES])
    turns = turns_of(page, len(places), wording)
    counts = [(Button(wording.plain("button-counts"), action=f"trend:{one.id}"),) for one in list_series(context)[:1]]
    return compose_places(found, wording, (*([turns] if turns else []), *counts))


def turns_of(page: int, places: int, wording: Wording) -> tuple[Button, ...]:
    """Towards the places before and after."""
    before = [Button(wording.plain("button-places-before"), action=f"trend:grades:{page - 1}")] if page else []
    more = (page + 1) * PLACES < places
    after = [Button(wording.plain("button-places-after"), action=f"trend:grades:{page + 1}")] if more else []
    return (*before, *after)
