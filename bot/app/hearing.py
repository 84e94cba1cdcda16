"""Hearing people: handlers get what they need, and updates come by asking or by Telegram's pushes."""

from bot.app.rooms import Rooms
from bot.app.seen import SeenUpdates
from bot.flows.desk import Desk
from bot.flows.publish import Publish
from bot.updates import Hook, PushedUpdates, Turns, UpdateLoop
from bot.web.webhook import secret_path
from handlers import ALLOWED_UPDATES, register
from handlers.context import install
from handlers.menu import set_menus


async def hear(rooms: Rooms, publish: Publish, desk: Desk) -> UpdateLoop | PushedUpdates:
    """Give handlers what they need, and build what hears people: by asking, or by Telegram's pushes."""
    application, config = rooms.application, rooms.config
    install(application, rooms.services(publish, desk))
    register(application)
    await set_menus(application.bot, rooms.place.owners, rooms.wordings)
    turns = Turns(
        application,
        SeenUpdates(rooms.store, config.delivery.messages_per_second, rooms.counters.time_update),
    )
    if config.telegram.mode == "polling":
        return UpdateLoop(application, turns, allowed=ALLOWED_UPDATES)
    secret = config.telegram.webhook_secret.get_secret_value()
    url = config.web.public_url.rstrip("/") + secret_path(secret)
    return PushedUpdates(application, turns, Hook(url=url, secret=secret, allowed=ALLOWED_UPDATES))
