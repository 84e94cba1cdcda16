"""How many alerts there were in the last year about each topic and place; counted anew every hour."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.campaign import Pack
from bot.campaign.pack import Scope
from bot.model.subscriber import EVERYTHING
from bot.services import Services
from bot.store.choices import count_expected_each
from handlers.context import Context

KEPT: Final = "expected"
LASTS: Final = timedelta(hours=1)

Kept = tuple[Services, datetime, Mapping[str, int]]


def list_subjects(pack: Pack) -> list[str]:
    """All that can be followed."""
    topics = [f"topic:{topic.name}" for topic in pack.terms.topics]
    places = [f"institution:{place.id}" for place in pack.institutions if place.scope is Scope.OURS]
    return [EVERYTHING, *topics, *places]


async def list_expected(context: Context) -> Mapping[str, int]:
    """The last year's alerts about everything that can be followed."""
    services = context.services
    now = services.now()
    kept: Kept | None = context.bot_data.get(KEPT)
    if kept is not None and kept[0] is services and now - kept[1] < LASTS:
        return kept[2]
    async with services.store.read() as connection:
        counted = await count_expected_each(connection, list_subjects(services.pack), now)
    context.bot_data[KEPT] = (services, now, counted)
    return counted
