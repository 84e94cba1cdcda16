"""How a delivery becomes what its reader gets: with its picture, and the line that says why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from bot.campaign import Pack
from bot.compose.reason import because, with_reason
from bot.compose.wording import Wording
from bot.flows.illustrate import Illustrate
from bot.model.delivery import ClaimedDelivery, MessageKind, Receipt
from bot.model.message import Message
from bot.sending import send
from bot.store import Store
from bot.web.counters import Counters
from handlers.context import App


@dataclass(frozen=True)
class Telling:
    """Sends deliveries, and counts what became of them."""

    store: Store
    pack: Pack
    wordings: Mapping[str, Wording]
    application: App
    counters: Counters
    paid: bool = False

    @cached_property
    def illustrate(self) -> Illustrate:
        """Knows which pictures were uploaded."""
        return Illustrate(store=self.store)

    async def send(self, delivery: ClaimedDelivery) -> Receipt:
        """One delivery, with the line that says why this reader gets it."""
        post = partial(send, self.application.bot, delivery.key, paid=self.paid)
        message = self.render(delivery.message, delivery.follows, delivery.language, delivery.kind)
        receipt = await self.illustrate.send(delivery, message, post)
        self.counters.count_send(delivery.kind.value, receipt.fate.value)
        return receipt

    @cached_property
    def render(self) -> Callable[[Message, str, str, MessageKind], Message]:
        """A message with its reason, made once for all who get it in the same language for the same reason."""

        @lru_cache(maxsize=256)
        def with_its_reason(message: Message, follows: str, language: str, kind: MessageKind) -> Message:
            wording = self.wordings.get(language, self.wordings["en"])
            name_of, topic_of = self.pack.institution_name, self.pack.topic_label
            return with_reason(message, because(follows, wording, name_of, kind, topic_of=topic_of))

        return with_its_reason
