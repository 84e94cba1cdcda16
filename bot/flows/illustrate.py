"""Pictures on their way: each is uploaded once, and every later reader gets it by the name that Telegram gave it."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from sqlalchemy.exc import DBAPIError

from bot.model.delivery import ClaimedDelivery, Fate, Receipt
from bot.model.message import Message, Picture
from bot.model.subscriber import EndedReason
from bot.store import Store
from bot.store.messages import find_picture, put_file_id

log = logging.getLogger(__name__)

# Whoever waits longer than this for somebody else's upload makes an own one.
UPLOAD_SECONDS = 4.0
NAMES_KEPT = 100

Post = Callable[[Message], Awaitable[Receipt]]
"""Sends a message to the delivery's chat."""


@dataclass(frozen=True, kw_only=True)
class Illustrate:
    """Sends what has a picture; where the picture is refused the words go alone."""

    store: Store
    # By message and language: what Telegram calls its picture, and whose turn it is to upload it.
    _names: dict[tuple[int, str], str] = field(default_factory=dict)
    # Pictures that Telegram refuses as such, and why: nobody uploads them again.
    _refused: dict[tuple[int, str], str] = field(default_factory=dict)
    _turns: defaultdict[tuple[int, str], asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    async def send(self, delivery: ClaimedDelivery, message: Message, post: Post) -> Receipt:
        """Send `message`, the delivery's with its reason, by `post`; only what has a picture costs anything here."""
        if message.picture is None:
            return await post(message)
        receipt = await self.send_pictured(delivery, message, post)
        if not is_about_the_picture(receipt):
            return receipt
        log.warning("message %d goes without its picture (%s)", delivery.message_id, receipt.reason)
        return await post(replace(message, picture=None))

    async def send_pictured(self, delivery: ClaimedDelivery, message: Message, post: Post) -> Receipt:
        """Send it by the picture's name, or upload it while others wait; without it where it is refused."""
        if not self.is_settled(delivery) and await self.take_turn(delivery):
            try:
                if not self.is_settled(delivery):
                    return await self.upload(delivery, message, post)
            finally:
                self._turns[delivery.message_id, delivery.language].release()
        if (delivery.message_id, delivery.language) in self._refused:
            return await post(replace(message, picture=None))
        name = self.find_name(delivery)
        if name is None:
            return await self.upload(delivery, message, post)
        return await post(replace(message, picture=Picture(file_id=name)))

    def is_settled(self, delivery: ClaimedDelivery) -> bool:
        """Whether nobody needs to upload the picture: it has its name, or Telegram refuses it."""
        refused = (delivery.message_id, delivery.language) in self._refused
        return refused or self.find_name(delivery) is not None

    async def take_turn(self, delivery: ClaimedDelivery) -> bool:
        """Wait until nobody else uploads this picture; False where that takes too long."""
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                return await self._turns[delivery.message_id, delivery.language].acquire()
        except TimeoutError:
            return False

    def find_name(self, delivery: ClaimedDelivery) -> str | None:
        """What Telegram calls the picture, as far as the row or this process knows."""
        known = self._names.get((delivery.message_id, delivery.language))
        return known or (delivery.message.picture.file_id if delivery.message.picture else None)

    async def upload(self, delivery: ClaimedDelivery, message: Message, post: Post) -> Receipt:
        """Send the picture itself, and keep the name that it gets."""
        async with self.store.read() as connection:
            picture = await find_picture(connection, delivery.message_id, delivery.language)
        receipt = await post(replace(message, picture=picture))
        if receipt.fate is Fate.BAD_CONTENT:
            remember(self._refused, (delivery.message_id, delivery.language), receipt.reason or "")
        if receipt.file_id is not None:
            await self.keep_name(delivery, receipt.file_id)
        return receipt

    async def keep_name(self, delivery: ClaimedDelivery, name: str) -> None:
        """Remember it here and in the row, for other processes and after a restart.

        The message has arrived, whatever the row says: a database that fails must not make its fate unknown.
        """
        remember(self._names, (delivery.message_id, delivery.language), name)
        try:
            async with self.store.write() as connection:
                await put_file_id(connection, delivery.message_id, delivery.language, name)
        except (DBAPIError, OSError, TimeoutError) as error:
            log.warning("a picture's name is not kept (%s); others upload it again", type(error).__name__)


def remember(kept: dict[tuple[int, str], str], key: tuple[int, str], value: str) -> None:
    """Keep it, and of all only the newest."""
    while len(kept) >= NAMES_KEPT:
        del kept[next(iter(kept))]
    kept[key] = value


def is_about_the_picture(receipt: Receipt) -> bool:
    """Whether Telegram refused it in a way that the words alone may not meet; such a refusal was certainly not sent.

    A group may forbid its bots pictures; that ends nobody's subscription.
    """
    kicked = receipt.fate is Fate.GONE and receipt.ended_reason is EndedReason.KICKED
    return receipt.fate is Fate.BAD_CONTENT or kicked
