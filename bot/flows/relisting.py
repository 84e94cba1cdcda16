"""Relisting: a digest that lists what was withdrawn is changed to leave it out, and what was corrected to say so.

Those that were not sent yet are sent so; copies that were sent are gone through by bot.flows.amending.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.amended_digest import amend_digest
from bot.compose.wording import DEFAULT_LANGUAGE, Wording
from bot.model.amendment import Step
from bot.store.amended_digests import Outdated, add_listed, list_names, list_outdated
from bot.store.amendments import advance, as_values, find_amendment, list_open_of, move_amendment, put_texts
from bot.store.copies import lock_pending
from bot.store.sent import get_texts

AT_ONCE = 20
LOOKED_BACK = timedelta(days=7)


async def relist_digests(connection: AsyncConnection, wordings: Mapping[str, Wording], now: datetime) -> int:
    """Look at some digests that list what was amended lately; returns how many."""
    outdated = await list_outdated(connection, now - LOOKED_BACK, AT_ONCE)
    for one in outdated:
        await relist(connection, one, wordings, now)
    return len(outdated)


async def relist(
    connection: AsyncConnection, outdated: Outdated, wordings: Mapping[str, Wording], now: datetime
) -> None:
    """Change one digest, in the ledger and on the way to its copies."""
    titles, urls = await list_names(connection, outdated.alert_message_id)
    before = await get_texts(connection, outdated.digest_id)
    texts = {
        language: replace(
            text,
            text=amend_digest(
                text.text, titles, urls, wordings.get(language, wordings[DEFAULT_LANGUAGE]), outdated.note
            ),
        )
        for language, text in before.items()
    }
    changed = texts != before
    if changed:
        for other in await list_open_of(connection, outdated.digest_id):
            await move_amendment(connection, other, Step.SUPERSEDE, ended_at=now)
    made = await add_listed(connection, outdated, working=changed, now=now)
    amendment = await find_amendment(connection, made)
    if not changed or amendment is None:
        return
    in_flight = await lock_pending(connection, outdated.digest_id)
    await put_texts(connection, outdated.digest_id, texts)
    kept = {**as_values(replace(amendment, texts=texts)), "in_flight": in_flight}
    await advance(connection, amendment, **kept)
