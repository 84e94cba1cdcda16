"""What one answer of Telegram means beyond its own row of the ledger."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.flows.fates import settle_receipt
from bot.flows.gone import judge_gone
from bot.flows.strain import Strain
from bot.model.delivery import ClaimedDelivery, DeliveryState, Fate, Receipt, SkipReason
from bot.model.subscriber import EndedReason
from bot.store.cards import add_notice
from bot.store.deliveries import count_states, settle
from bot.store.endings import add_ending
from bot.store.identity import pause_sending, slow_down
from bot.store.messages import mark_stopped, stop_message
from bot.store.moving import move_chat

log = logging.getLogger(__name__)

# So many chats' refusals of a text that others accepted are about the text after all.
REFUSALS_ARE_ABOUT_US = 3
GIVEN_BACK = Receipt(fate=Fate.UNTRIED, reason="given back before it was sent")

Answer = tuple[ClaimedDelivery, Receipt]


@dataclass(kw_only=True)
class Aftermath:
    """What follows from answers, in the transaction that writes them down."""

    now: Callable[[], datetime]
    wake: Callable[[str], None]
    _strain: Strain = field(default_factory=Strain)

    async def follow_up(self, connection: AsyncConnection, answers: Sequence[Answer], now: datetime) -> None:
        """Chats that moved, texts that were refused, people who are gone, and Telegram's call for patience.

        The row that all workers share comes last, so that none of them waits for another while it has it.
        """
        for delivery, receipt in answers:
            if receipt.fate is Fate.MIGRATED and receipt.new_chat_id is not None:
                await move_chat(connection, delivery.key.chat_id, receipt.new_chat_id, now=now)
            elif receipt.fate is Fate.BAD_CONTENT:
                await self.stop_batch(connection, delivery, receipt, now)
            elif receipt.fate is Fate.GONE:
                await add_ending(connection, delivery.subscriber_id, receipt.ended_reason or EndedReason.NOT_FOUND, now)
        gone = any(receipt.fate is Fate.GONE for _, receipt in answers)
        if gone and await judge_gone(connection, now, idle=False):
            self.wake("review")
        wait = self._strain.is_flood([receipt for _, receipt in answers])
        if wait is not None:
            share = await slow_down(connection, now)
            log.warning(
                "Telegram asks for patience: all is held for %.0f s, then %.0f %% of the rate", wait, share * 100
            )
            await pause_sending(connection, until=now + timedelta(seconds=wait))

    async def stop_batch(
        self, connection: AsyncConnection, delivery: ClaimedDelivery, receipt: Receipt, now: datetime
    ) -> None:
        """Telegram refuses our text: nobody else is sent it, nobody is disabled, organisers are told (rule 12).

        Where others have accepted the very same text, a refusal or two is about those chats, and the rest is sent.
        """
        states = await count_states(connection, delivery.message_id)
        if states[DeliveryState.SENT] and states[DeliveryState.FAILED] < REFUSALS_ARE_ABOUT_US:
            log.warning("message %d was refused for one chat (%s)", delivery.message_id, receipt.reason)
            await add_notice(connection, "refused-once", {"reason": receipt.reason}, now=now)
            self.wake("review")
            return
        if not await mark_stopped(connection, delivery.message_id, now=now):
            return
        skipped = await stop_message(connection, delivery.message_id, now=now, reason=SkipReason.REFUSED.value)
        log.error("message %d was refused by Telegram (%s); %d not sent", delivery.message_id, receipt.reason, skipped)
        await add_notice(connection, "refused", {"reason": receipt.reason, "skipped": skipped}, now=now)
        self.wake("review")


async def give_back(connection: AsyncConnection, claimed: Sequence[ClaimedDelivery], now: datetime) -> None:
    """Somebody stopped everything while this transaction claimed: it is as if nothing was."""
    await settle(connection, [settle_receipt(one, GIVEN_BACK, now) for one in claimed], now)
