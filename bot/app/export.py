"""What the database holds that is about the world, as plain values; never people."""

from typing import Any

from bot.store import Store
from bot.store.exports import list_stories_told


async def export_lines(database_url: str) -> list[dict[str, Any]]:
    """Each story with its finding and its alert, the oldest first."""
    store = await Store.open(database_url)
    try:
        async with store.read() as connection:
            return await list_stories_told(connection)
    finally:
        await store.close()
