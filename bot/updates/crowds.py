"""Who sends faster than they can be answered: it is they alone who wait, and what comes on top is not answered."""

from collections import Counter
from typing import Final

from telegram import Update

LINE: Final = 20
"""So many updates of one person may wait in one chat."""

Talker = tuple[int, int]
"""A chat, and a person in it."""


class Crowds:
    """How many updates of each person wait. Only in memory: after a restart everybody begins anew."""

    def __init__(self, line: int = LINE) -> None:
        self._line = line
        self._waiting: Counter[Talker] = Counter()
        self._told: set[Talker] = set()

    def join(self, who: Talker) -> bool:
        """One more; whether that is too many."""
        self._waiting[who] += 1
        return self._waiting[who] > self._line

    def leave(self, who: Talker) -> None:
        """One fewer. Whoever has caught up is told anew the next time."""
        self._waiting[who] -= 1
        if self._waiting[who] <= 0:
            del self._waiting[who]
            self._told.discard(who)

    def tell(self, who: Talker) -> bool:
        """Whether they are to be told that it is too much: once, until they have caught up."""
        first = who not in self._told
        self._told.add(who)
        return first


def find_talker(update: Update) -> Talker | None:
    """Who says something that may be left unanswered; None for what Telegram tells us, which never may."""
    user, chat, message = update.effective_user, update.effective_chat, update.message
    if user is None or (update.callback_query or update.inline_query or message or update.edited_message) is None:
        return None
    if message is not None and (message.migrate_to_chat_id or message.migrate_from_chat_id):
        return None
    return (chat.id if chat else user.id, user.id)
