"""Organisers at work over a real store: what their chats show, and what they press."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select, update

from bot.compose import Wording
from bot.flows.approving import Answer
from bot.flows.desk import Edges, Team, furnish_desk
from bot.model.broadcast import Broadcast, Verb
from bot.model.delivery import Fate, Receipt
from bot.model.finding import Finding
from bot.model.message import Button, Message
from bot.model.organiser import Card, CardKind
from bot.model.story import StoryState, Traces
from bot.store.broadcasts import find_broadcast
from bot.store.cards import add_notice, decide_card, find_card
from bot.store.entries import add_entry
from bot.store.feeds import list_feeds
from bot.store.schema import cards, deliveries, stories
from bot.store.stories import add_story, put_finding, set_lead
from tests.audit import Deed, list_deeds
from tests.builders import a_verdict, add_reader, an_entry
from tests.flows.pipeline import Pipeline

OLWEN, TOMOS, CAROL = 2001, 2002, 2003
ANNA = 501


@dataclass
class Organising(Pipeline):
    """`chats` holds what each chat shows: message id to message; `refusals` the answers that a chat gives first."""

    owners: frozenset[int] = frozenset({OLWEN, TOMOS})
    review_chat: int | None = None
    single_organiser: bool = False
    organisation: str = ""
    chats: dict[int, dict[int, Message]] = field(default_factory=dict)
    refusals: dict[int, list[Receipt]] = field(default_factory=dict)
    posts: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.wording = Wording.load("en")
        self.restart()

    def restart(self) -> None:
        """The program ends and starts again: only the database remembers."""
        edges = Edges(
            store=self.store,
            wording=self.wording,
            post=self.post,
            edit=self.edit,
            delete=self.delete,
            now=lambda: self.now,
            wake=self.woken.append,
        )
        team = Team(
            owners=self.owners,
            review_chat=self.review_chat,
            organisation=self.organisation,
            single_organiser=self.single_organiser,
        )
        desk = furnish_desk(edges, self.publish, team)
        self.desk = desk
        self.review, self.cards = desk.review, desk.cards
        self.broadcasting, self.dispatch, self.merging = desk.broadcasting, desk.dispatch, desk.merging
        self.correcting, self.amending = desk.correcting, desk.amending
        self.drafting = desk.drafting

    # -- Telegram's part --

    async def post(self, chat_id: int, message: Message) -> Receipt:
        """A message arrives, unless the chat has a refusal to give."""
        if self.refusals.get(chat_id):
            return self.refusals[chat_id].pop(0)
        self.posts += 1
        self.chats.setdefault(chat_id, {})[self.posts] = message
        return Receipt(fate=Fate.SENT, telegram_message_id=self.posts)

    async def edit(self, chat_id: int, message_id: int, message: Message) -> Receipt:
        """A message is changed, unless the chat has a refusal to give."""
        if self.refusals.get(chat_id):
            return self.refusals[chat_id].pop(0)
        self.chats[chat_id][message_id] = message
        return Receipt(fate=Fate.SENT, telegram_message_id=message_id)

    async def delete(self, chat_id: int, message_id: int) -> Receipt:
        """A message is taken back, unless the chat has a refusal to give or it is not there."""
        if self.refusals.get(chat_id):
            return self.refusals[chat_id].pop(0)
        if self.chats.get(chat_id, {}).pop(message_id, None) is None:
            return Receipt(fate=Fate.BAD_CONTENT, reason="Message to delete not found")
        return Receipt(fate=Fate.SENT, telegram_message_id=message_id)

    def newest(self, chat_id: int) -> Message:
        """The last message of a chat, as it is shown now."""
        return list(self.chats[chat_id].values())[-1]

    def texts(self, chat_id: int) -> list[str]:
        """What a chat shows, the oldest first."""
        return [message.text for message in self.chats.get(chat_id, {}).values()]

    # -- stories --

    async def wait(
        self, reason: str = "doubtful", title: str = "HMYOI Werrington: a report", *, words: str = "", **changes: object
    ) -> int:
        """A story that has been read and waits for a person; `words` are what it is compared by. Returns its id."""
        sensitive = reason == "sensitive"
        verdict = a_verdict(sensitive=sensitive, sensitive_reason="a death" if sensitive else None, **changes)
        entry = an_entry(id=title, title=title, summary=f"{title}, in full.")
        async with self.store.write() as connection:
            feed = (await list_feeds(connection))[0]
            story = await add_story(connection, feed.id, state=StoryState.WAITING, now=self.now, waiting_reason=reason)
            told = tuple(sorted(words.lower().split()))
            kept = {"verdict": verdict, "traces": Traces(published=None, title=told, words=told)}
            row = await add_entry(connection, feed.id, entry, **kept, story_id=story, history=False, now=self.now)  # type: ignore[arg-type]
            await set_lead(connection, story, row)
            finding = Finding(title=title, summary=(f"{title}, in full.",), text=title)
            await put_finding(connection, story, finding, url=entry.url, from_page=True, now=self.now)
        return story

    async def read_again(self, story_id: int, sentence: str) -> None:
        """A story's page is read once more, and says this."""
        finding = Finding(title="", summary=(sentence,), text=sentence)
        async with self.store.write() as connection:
            await put_finding(connection, story_id, finding, url=None, from_page=True, now=self.now)

    async def move(self, story_id: int, state: StoryState) -> None:
        """A story goes on by another way."""
        async with self.store.write() as connection:
            await connection.execute(update(stories).where(stories.c.id == story_id).values(state=state.value))

    async def state_of(self, story_id: int) -> StoryState:
        """Where a story stands."""
        async with self.store.read() as connection:
            query = select(stories.c.state).where(stories.c.id == story_id)
            return StoryState((await connection.execute(query)).scalar_one())

    async def tell(self, key: str, **arguments: str | int) -> None:
        """A notice to organisers."""
        async with self.store.write() as connection:
            await add_notice(connection, key, arguments, now=self.now)

    async def end(self, card_id: int, decision: str, *, by: int) -> None:
        """A card's row is decided and nothing else."""
        async with self.store.write() as connection:
            assert await decide_card(connection, card_id, decision, by=by, now=self.now)

    async def all_cards(self, kind: CardKind | None = None) -> list[Card]:
        """Every card there has been, the oldest first."""
        async with self.store.read() as connection:
            ids = list((await connection.execute(select(cards.c.id).order_by(cards.c.id))).scalars())
            found = [await find_card(connection, one) for one in ids]
        return [card for card in found if card is not None and kind in {None, card.kind}]

    async def card(self, card_id: int) -> Card:
        """One card as it stands."""
        async with self.store.read() as connection:
            found = await find_card(connection, card_id)
        assert found is not None
        return found

    async def deeds(self) -> list[Deed]:
        """The audit."""
        async with self.store.read() as connection:
            return await list_deeds(connection)

    # -- broadcasts --

    async def callers(self, *chats: int) -> None:
        """These chats said yes to calls to action."""
        async with self.store.write() as connection:
            for chat in chats:
                await add_reader(connection, chat, wants="calls_to_action")

    async def draft(self, html: str = "Write to <b>your MP</b>.", *, by: int = OLWEN) -> Broadcast:
        """An author writes a text."""
        begun = await self.drafting.begin(by)
        written = await self.drafting.write(begun, self.drafting.compose(html))
        assert written is not None
        return written

    async def press(self, broadcast: Broadcast, verb: Verb, *, by: int, reason: str = "") -> Answer:
        """Somebody presses a button that stands under these words."""
        return await self.broadcasting.press(broadcast.id, verb, broadcast.digest[:12], by=by, reason=reason)

    async def submitted(self, html: str = "Write to <b>your MP</b>.") -> Broadcast:
        """Olwen's draft, submitted."""
        draft = await self.draft(html)
        assert await self.press(draft, Verb.SUBMIT, by=OLWEN) is Answer.DONE
        return await self.current(draft)

    async def approved(self, html: str = "Write to <b>your MP</b>.") -> Broadcast:
        """Olwen's draft, which Tomos approved."""
        broadcast = await self.submitted(html)
        assert await self.press(broadcast, Verb.APPROVE, by=TOMOS) is Answer.DONE
        return await self.current(broadcast)

    async def current(self, broadcast: Broadcast) -> Broadcast:
        """As the database has it now."""
        async with self.store.read() as connection:
            found = await find_broadcast(connection, broadcast.id)
        assert found is not None
        return found

    async def owed(self) -> int:
        """How many deliveries there have ever been."""
        async with self.store.read() as connection:
            return len((await connection.execute(select(deliveries.c.id))).all())

    async def beat(self, *, seconds: float = 1) -> None:
        """Time passes; whatever is due is done."""
        self.now += timedelta(seconds=seconds)
        await self.dispatch.tick()
        await self.deliver.tick()
        await self.dispatch.tick()
        await self.cards.tick()


def labels(message: Message) -> list[str]:
    """The labels of a message's buttons."""
    return [button.label for button in buttons_of(message)]


def buttons_of(message: Message) -> list[Button]:
    """A message's buttons, one after the other."""
    return [button for row in message.buttons for button in row]
