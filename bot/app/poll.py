"""`python -m bot poll`: every flow but the sending, in one process at a time."""

from contextlib import AsyncExitStack
from functools import partial

from bot.app.apart import begin
from bot.app.roles import Parts, furnish_poll
from bot.app.run import live_by
from bot.config import Config
from bot.store.feeds import sync_feeds


async def poll(config: Config, port: int | None = None) -> None:
    """Run until SIGINT or SIGTERM; a second one stands by. Raises an AlertsError when it cannot go on."""
    await live_by(partial(build, port=port), config)


async def build(config: Config, house: AsyncExitStack, *, port: int | None) -> Parts:
    """Build it; `house` closes it."""
    apart = await begin(config, house, role="poll", port=port)
    part = await apart.have("poll")
    rooms = await apart.rooms()
    async with apart.store.write() as connection:
        await sync_feeds(connection, rooms.place.feeds)
    apart.window.tell_outside(rooms.client, config.web.heartbeat_url)
    return furnish_poll(rooms, apart.engine, [apart.hold, part])
