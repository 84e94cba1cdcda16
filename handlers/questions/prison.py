"""/prison: what a place is, whether it holds children now, and what was found there."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from telegram import Update
from telegram.constants import ChatType

from bot.campaign.history import Inspection
from bot.campaign.pack import Institution, Scope
from bot.compose.inspections import is_graded
from bot.compose.places import Known, compose_choice, compose_groups, compose_place
from bot.model.finding import Grades
from bot.model.message import Message
from bot.model.story import Earlier, Told
from bot.store.answers import list_latest
from handlers.context import Context, reply, wording_of
from handlers.questions.graded import LOOKED_THROUGH, grade, show_place
from handlers.questions.pictures import show

LONGEST: Final = 100
SEVERAL: Final = 8


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
        await add_picture(update, context, found.fitting[0])


async def add_picture(update: Update, context: Context, place_id: str) -> None:
    """Its grades as a picture below, where there are any; a group gets it by the button alone."""
    private = update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE
    if private and context.services.gallery.draws:
        shown = await show_place(update, context, place_id)
        if shown.chart is not None:
            await show(update, context, shown)


def today(context: Context) -> date:
    """The day in the campaign's time zone."""
    services = context.services
    return services.now().astimezone(ZoneInfo(services.settings.timezone)).date()


def choose_place(
    update: Update, context: Context, ids: Iterable[str], key: str, asked: str = "", *, action: str = "place"
) -> Message:
    """The places of these ids as buttons that do `action`, under a sentence that may say what was asked."""
    wording, pack = wording_of(update, context), context.services.pack
    places = [place for one in ids if (place := pack.find_institution(one)) is not None]
    return compose_choice(wording(key, name=asked), places[:SEVERAL], wording, action)


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
    graded = next((one for one in told if tells_grades(one, place.id)), None)
    inspections = grade(context, place, told).inspections
    earlier = list_earlier(graded, inspections)
    known = Known(graded=graded, earlier=first_of(earlier) if graded else None, history=earlier, newest=told)
    return compose_place(place, known, wording, today(context))


def tells_grades(told: Told, place_id: str) -> bool:
    """Whether it states grades of this place and no other."""
    if told.institutions != (place_id,):
        return False
    return bool(told.judgements) or told.grades not in {None, Grades()}


def list_earlier(told: Told | None, inspections: Sequence[Inspection]) -> Sequence[Inspection]:
    """The inspections, the newest first, without the one that the story tells of and what came after it."""
    if told is None or told.inspection_dates is None:
        return inspections
    first = told.inspection_dates[0]
    return [one for one in inspections if one.last < first]


def first_of(inspections: Sequence[Inspection]) -> Earlier | None:
    """What the newest of them graded; None where that is not known, for an older one is not the one before."""
    if not inspections or not is_graded(inspections[0]):
        return None
    return inspections[0].grades, inspections[0].year
