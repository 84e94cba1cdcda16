"""Cards about corrections and withdrawals, as they stand."""

from collections.abc import Collection
from dataclasses import replace

from bot.compose.amendment import compose_amendment
from bot.compose.wording import Wording
from bot.flows.approving import list_approvers
from bot.model.message import Message
from bot.model.organiser import Card
from bot.store import Store
from bot.store.amendments import find_amendment
from bot.store.deliveries import count_doubted
from bot.store.sent import find_sent_message


async def render_amendment(
    store: Store, card: Card, chat_id: int, wording: Wording, *, single_of: Collection[int]
) -> Message:
    """An amendment's card for a chat; its author's own offers no approval.

    `single_of`: the owners where the configuration allows a single organiser, who may then approve.
    """
    async with store.read() as connection:
        amendment = await find_amendment(connection, card.subject_ids[0])
        message = await find_sent_message(connection, amendment.message_id) if amendment else None
        alone = bool(single_of) and len(await list_approvers(connection, single_of)) == 1
        doubted = await count_doubted(connection, message.id) if message else 0
    if amendment is None or message is None:
        return Message(wording("stage-void"))
    return compose_amendment(
        amendment, replace(message, doubted=doubted), wording, own=chat_id == amendment.author_id and not alone
    )
