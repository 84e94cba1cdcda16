"""Organisers at work in chat, over the real bot and the local Telegram."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.flows.deliver import Deliver
from bot.model.delivery import ClaimedDelivery, Receipt
from bot.model.finding import Finding
from bot.model.story import StoryState, Traces, Verdict
from bot.model.subscriber import Wants
from bot.sending import send
from bot.store.entries import add_entry
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.stories import add_story, find_story, put_finding, set_lead
from tests.audit import Deed, list_deeds
from tests.builders import NOON, a_feed_spec, a_verdict, add_reader, an_entry
from tests.handlers.chatting import ANNA, Chatting, buttons_of

OLWEN, TOMOS = 2001, 2002
OWNERS = frozenset({OLWEN, TOMOS})
TEAM = -5001


@dataclass
class Clock:
    """Stands still until it is set."""

    time: datetime = NOON

    def __call__(self) -> datetime:
        return self.time


@dataclass
class Organising(Chatting):
    """A conversation with people who may decide."""

    clock: Clock = field(default_factory=Clock)

    def later(self, *, seconds: float) -> None:
        """Time passes."""
        self.clock.time += timedelta(seconds=seconds)

    async def press_raw(self, message: dict[str, Any], action: str, *, by: int) -> str | None:
        """A press that the chat page would not offer (any more); returns the notice that they are shown."""
        person = {"id": by, "is_bot": False, "first_name": "Somebody", "language_code": "en"}
        query = {"id": "1", "from": person, "message": message, "chat_instance": "1", "data": action}
        await self.process({"update_id": 1, "callback_query": query})
        answers = [call for call in self.telegram.calls if call.method.lower() == "answercallbackquery"]
        text: str | None = answers[-1].values.get("text")
        return text

    async def wait(
        self, title: str, *, reason: str = "doubtful", verdict: Verdict | None = None, text: str = "", words: str = ""
    ) -> int:
        """A story that was read and waits for a person; `words` are what it is compared by. Returns its id."""
        told = tuple(sorted(words.lower().split()))
        entry = an_entry(id=title, title=title, summary=title, published_at=NOON - timedelta(days=1))
        async with self.services.store.write() as connection:
            if not await list_feeds(connection):
                await sync_feeds(connection, [a_feed_spec()])
            (feed,) = await list_feeds(connection)
            story = await add_story(connection, feed.id, state=StoryState.WAITING, now=NOON, waiting_reason=reason)
            row = await add_entry(
                connection,
                feed.id,
                entry,
                verdict=verdict or a_verdict(),
                traces=Traces(published=None, title=told, words=told),
                story_id=story,
                history=False,
                now=NOON,
            )
            await set_lead(connection, story, row)
            finding = Finding(title=title, summary=(f"{title}, the source says.",), text=text)
            await put_finding(connection, story, finding, url=entry.url, from_page=True, now=NOON)
        return story

    async def state(self, story: int) -> StoryState:
        """Where a story stands."""
        async with self.services.store.read() as connection:
            found = await find_story(connection, story)
        assert found is not None
        return found.state

    async def beat(self) -> None:
        """The engine's beat: cards go out, broadcasts move on, deliveries are sent, receipts are given."""
        desk = self.services.desk
        await desk.cards.tick()
        await desk.dispatch.tick()
        await self.deliver()
        await desk.dispatch.tick()
        await desk.dispatch.tick()
        await desk.cards.tick()

    async def deliver(self) -> None:
        """Send what is owed, through the real sender."""

        async def to_telegram(delivery: ClaimedDelivery) -> Receipt:
            return await send(self.bot.bot, delivery.key, delivery.message)

        flow = Deliver(
            store=self.services.store,
            send=to_telegram,
            now=self.services.now,
            wake=self.services.wake,
            worker="test",
            per_second=1000,
            per_chat_seconds=0,
        )
        await flow.tick()

    async def add_caller(self, chat_id: int = ANNA) -> None:
        """Somebody who said yes to calls to action; the local Telegram must know them."""
        async with self.services.store.write() as connection:
            await add_reader(connection, chat_id, wants=Wants.CALLS.value)
        self.telegram.say(chat_id, chat_id, "hello")
        await self.answer()

    async def deeds(self) -> list[Deed]:
        """The audit."""
        async with self.services.store.read() as connection:
            return await list_deeds(connection)

    def texts(self, chat: int) -> list[str]:
        """What the bot has said in a chat, as it is shown now."""
        me = self.telegram.bot["id"]
        return [words_of(message) for message in self.seen(chat) if message["from"]["id"] == me]

    def labels(self, chat: int) -> list[str]:
        """The buttons of a chat that send us something, the oldest message's first."""
        return [b["text"] for message in self.seen(chat) for b in buttons_of(message) if "callback_data" in b]

    def message_with(self, words: str, chat: int) -> dict[str, Any]:
        """The newest message with these words."""
        return next(message for message in reversed(self.seen(chat)) if words in words_of(message))


def words_of(message: dict[str, Any]) -> str:
    """What a message says, under a photo or document too."""
    words: str = message.get("text") or message.get("caption") or ""
    return words
