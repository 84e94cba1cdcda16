"""What readers press under a call to action: "done", or an answer to its question. Few are shown to nobody."""

import re

from telegram import Update

from bot.compose.wording import Wording
from bot.model.action import shown_count
from bot.model.broadcast import Broadcast, BroadcastState
from bot.store.audiences import was_owed
from bot.store.broadcasts import find_broadcast
from bot.store.marks import count_marks, put_mark
from bot.store.subscribers import find_subscriber
from handlers.context import Context, acknowledge, key_of, wording_of

COUNT = re.compile(r"^count:(?P<id>\d{1,15}):(?P<mark>done|[1-6])$")
"""A press under a call to action: which, and what was said."""
SENT = (BroadcastState.SENDING, BroadcastState.DONE)
LONGEST = 200


async def press_count(update: Update, context: Context) -> None:
    """Count it once for whoever got the call, and thank them; else say why it is not counted."""
    pressed = context.match
    if pressed is None:
        return
    services, wording = context.services, wording_of(update, context)
    async with services.store.read() as connection:
        broadcast = await find_broadcast(connection, int(pressed["id"]))
    if broadcast is None or not offers(broadcast, pressed["mark"]):
        await acknowledge(update, wording.plain("notice-stale"))
    elif broadcast.state not in SENT:
        await acknowledge(update, wording.plain("counted-preview"))
    else:
        await acknowledge(update, (await count(update, context, broadcast, pressed["mark"], wording))[:LONGEST])


def offers(broadcast: Broadcast, mark: str) -> bool:
    """Whether there is such a button under it."""
    draft = broadcast.draft
    return draft.done if mark == "done" else int(mark) <= len(draft.options)


async def count(update: Update, context: Context, broadcast: Broadcast, mark: str, wording: Wording) -> str:
    """Keep what they said, instead of what they said before; returns the thanks, or why it is not counted."""
    services, subject = context.services, f"broadcast:{broadcast.id}"
    name = mark if mark == "done" else f"option-{mark}"
    async with services.store.write() as connection:
        reader = await find_subscriber(connection, key_of(update))
        if reader is None or not await was_owed(connection, broadcast.message_id or 0, reader.id):
            return wording.plain("counted-readers-only")
        await put_mark(connection, reader.id, subject, name, now=services.now())
        counts = await count_marks(connection, subject)
    number = shown_count(counts[name])
    return wording.plain("counted-many", count=number) if number else wording.plain("counted")
