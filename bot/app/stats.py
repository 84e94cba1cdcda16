"""`python -m bot stats`: what /stats says, for a terminal."""

from datetime import datetime

from bot.compose.stats import compose_text
from bot.compose.wording import Wording
from bot.flows.figures import get_statistics
from bot.store import Store


async def tell_statistics(database_url: str, zone: str, now: datetime) -> str:
    """Reach and effect in words; the database is only read."""
    store = await Store.open(database_url)
    try:
        async with store.read() as connection:
            return compose_text(await get_statistics(connection, now), Wording.load("en", zone))
    finally:
        await store.close()
