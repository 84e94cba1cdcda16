"""/prison: what a place is, whether it holds children now, and what was found there."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from telegram import Update

from bot.campaign.history import find_previous, load_history
from bot.campaign.pack import Institution, Scope
from bot.compose.places import Known, compose_choice, compose_groups, compose_place
from bot.model.finding import Grades
from bot.model.message import Message
from bot.model.story import Earlier, Told
from bot.store.answers import list_latest
from handlers.context import Context, reply, wording_of

LONGEST: Final = 100
SEVERAL: Final = 8
LOOKED_THROUGH: Final = 40
"""How many of a place's newest stories are looked through for grades."""


async def prison(update: Update, context: Context) -> None:
    """The place of that name; several that fit, or the nearest, as buttons; without a name, all of them by kind."""
    services, wording = context.services, wording_of(update, context)
    asked = " ".join(context.args or [])[:LONGEST]
    if not asked:
        await reply(update, compose_groups(services.pack.institutions, wording, today(context)))
        return
    found = services.asking.find_places(asked)
    if not found.fitting:
        await reply(update, choose_place(update, context, found.nearest, "place-unknown", asked))
    elif len(found.fitting) > 1:
        await reply(update, choose_place(update, context, found.fitting, "place-several"))
    else:
        await reply(update, await tell_place(update, context, services.pack.find_institution(found.fitting[0])))


def today(context: Context) -> date:
    """The day in the campaign's time zone."""
    services = context.services
    return services.now().astimezone(ZoneInfo(services.settings.timezone)).date()


def choose_place(update: Update, context: Context, ids: Iterable[str], key: str, asked: str = "") -> Message:
    """The places of these ids as buttons, under a sentence that may say what was asked."""
    wording, pack = wording_of(update, context), context.services.pack
    places = [place for one in ids if (place := pack.find_institution(one)) is not None]
    return compose_choice(wording(key, name=asked), places[:SEVERAL], wording)


def find_ours(context: Context, place_id: str) -> Institution | None:
    """A place of the campaign by its id; None for one that a button of ours never named, or does not name any more."""
    place = context.services.pack.find_institution(place_id)
    return place if place is not None and place.scope is Scope.OURS else None


async def tell_place(update: Update, context: Context, place: Institution | None) -> Message | str:
    """Everything about a place."""
    wording = wording_of(update, context)
    if place is None:
        return wording("page-none")
    async with context.services.store.read() as connection:
        told = await list_latest(connection, LOOKED_THROUGH, f"institution:{place.id}")
    graded = next((one for one in told if is_graded(one, place.id)), None)
    history = [one for one in load_history(context.services.pack.name) if one.institution == place.id]
    known = Known(graded=graded, earlier=find_earlier(context, graded, place.id), history=history, newest=told)
    return compose_place(place, known, wording, today(context))


def is_graded(told: Told, place_id: str) -> bool:
    """Whether it states grades of this place and no other."""
    if told.institutions != (place_id,):
        return False
    return bool(told.judgements) or told.grades not in {None, Grades()}


def find_earlier(context: Context, told: Told | None, place_id: str) -> Earlier | None:
    """What the campaign's records say of the inspection before."""
    if told is None or told.inspection_dates is None:
        return None
    return find_previous(place_id, told.inspection_dates[0], pack=context.services.pack.name)
