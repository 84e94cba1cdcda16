"""Incoming updates: our own polling guard, each chat's updates in order, confirmed only after their callbacks ended.

python-telegram-bot's Updater confirms updates before their callbacks run, stops for ever behind one update that it
cannot parse, and ends silently when a token is refused; here the library only parses updates and runs callbacks.
"""

from bot.updates.health import Polling, PollState
from bot.updates.loop import UpdateLoop
from bot.updates.pushed import Hook, PushedUpdates
from bot.updates.turns import Seen, Turn, Turns

__all__ = ["Hook", "PollState", "Polling", "PushedUpdates", "Seen", "Turn", "Turns", "UpdateLoop"]
