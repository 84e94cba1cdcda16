"""`python -m bot work`: sending, in as many processes as there are."""

from contextlib import AsyncExitStack
from functools import partial

from bot.app.apart import begin
from bot.app.roles import Parts, furnish_work
from bot.app.run import live_by
from bot.config import Config


async def work(config: Config, port: int | None = None) -> None:
    """Run until SIGINT or SIGTERM. Raises an AlertsError when it cannot go on."""
    await live_by(partial(build, port=port), config)


async def build(config: Config, house: AsyncExitStack, *, port: int | None) -> Parts:
    """Build it; `house` closes it."""
    apart = await begin(config, house, role="work", port=port)
    return furnish_work(await apart.rooms(), apart.engine, [apart.hold])
