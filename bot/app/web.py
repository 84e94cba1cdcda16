"""`python -m bot web`: all that people say to the bot, and what a platform asks of it."""

from contextlib import AsyncExitStack

from bot.app.apart import begin
from bot.app.roles import Parts, furnish_web
from bot.app.run import live_by
from bot.config import Config


async def web(config: Config) -> None:
    """Run until SIGINT or SIGTERM. Where it polls a second one stands by; webhooks any number may serve.

    Raises an AlertsError when it cannot go on.
    """
    await live_by(build, config)


async def build(config: Config, house: AsyncExitStack) -> Parts:
    """Build it; `house` closes it."""
    apart = await begin(config, house, role="web", port=config.web.port)
    holds = [apart.hold]
    if config.telegram.mode == "polling":
        holds.append(await apart.have("updates"))
    parts = await furnish_web(await apart.rooms(), holds)
    apart.window.updates = parts.updates
    return parts
