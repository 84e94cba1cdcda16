"""What is known of places' grades: the campaign's records, and what was published since."""

from collections.abc import Iterable, Sequence

from telegram import Update

from bot.campaign.history import load_history
from bot.campaign.pack import Institution
from bot.compose.illustrated import Illustrated
from bot.compose.inspections import merge_inspections
from bot.compose.tables import Graded, compose_inspections
from bot.compose.trend import GRADES
from bot.model.message import Button
from bot.model.story import Told
from bot.store.answers import list_latest
from handlers.context import Context, wording_of

LOOKED_THROUGH = 40
"""How many of a place's newest stories are looked through for grades."""


async def find_graded(context: Context, places: Iterable[Institution]) -> list[Graded]:
    """Each place with its inspections."""
    async with context.services.store.read() as connection:
        told = [(place, await list_latest(connection, LOOKED_THROUGH, f"institution:{place.id}")) for place in places]
    return [grade(context, place, stories) for place, stories in told]


def grade(context: Context, place: Institution, told: Sequence[Told]) -> Graded:
    """A place with its inspections, out of its newest stories and the records."""
    return Graded(place, merge_inspections(place.id, load_history(context.services.pack.name), told))


async def show_place(update: Update, context: Context, place_id: str) -> Illustrated:
    """The grades of a place of the campaign, inspection by inspection; raises KeyError for an id that it has not."""
    place, wording = context.services.pack.find_institution(place_id), wording_of(update, context)
    if place is None:
        raise KeyError(place_id)
    (found,) = await find_graded(context, [place])
    buttons = (
        (Button(place.name, action=f"place:{place.id}"),),
        (Button(wording.plain("trend-grades-label"), action=f"trend:{GRADES}"),),
    )
    return compose_inspections(found, wording, buttons)
