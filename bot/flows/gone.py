"""Gone: whom Telegram calls gone is ended when that can be believed. When too many are at once, organisers are asked.

A fault, ours or Telegram's, can call everybody gone. So an answer only marks its reader; they are ended when a hundred
later answers, or the end of the queue, have shown that it was no such fault. All of it is in the database: it survives
a restart, and all workers keep to it.
"""

import json
import logging
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.organiser import CardKind
from bot.store.cards import add_card
from bot.store.endings import (
    apply_ending,
    find_holding_card,
    hold_for,
    list_answers,
    list_endings,
    take_judging,
)

log = logging.getLogger(__name__)

WINDOW = 100
MOST_GONE = 30


async def judge_gone(connection: AsyncConnection, now: datetime, *, idle: bool) -> bool:
    """End those whose answer can be believed; or hold all sending, and make the card that asks. Whether it holds now.

    `idle`: nothing more is to be sent for now, so that no later answer needs to be waited for; nor has the caller
    changed anything in this transaction. Where another process judges just now, the next answer is judged again.
    """
    if not await take_judging(connection, patiently=idle):
        return False
    if await find_holding_card(connection) is not None:
        return True
    endings = await list_endings(connection)
    if not endings:
        return False
    answers = await list_answers(connection, WINDOW)
    if sum(gone for _, gone in answers) > MOST_GONE:
        card_id = await add_card(connection, CardKind.GONE, [], json.dumps({"count": len(endings)}), now=now)
        await hold_for(connection, card_id, now)
        log.error("%d of the last %d answers say that the reader is gone: sending is held", MOST_GONE + 1, WINDOW)
        return True
    believed = [one for one in endings if idle or (len(answers) == WINDOW and one.at < answers[-1][0])]
    for one in believed:
        await apply_ending(connection, one, now)
    return False
