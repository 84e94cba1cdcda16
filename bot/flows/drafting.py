"""Drafting: what organisers write and choose about a call to action. Each step is in its row before it is answered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.compose.broadcast import CAPTION_LIMIT, call_buttons, compose_call
from bot.compose.calls import SEAL, compose_preview
from bot.compose.text import Markup, visible_length
from bot.compose.wording import Wording
from bot.errors import ComposeError
from bot.flows.approving import Answer, end_card, note
from bot.model.broadcast import DEFAULT_LANGUAGE, Broadcast, BroadcastState, Verb, step
from bot.model.delivery import Fate, Receipt
from bot.model.draft import Await, Awaited, Draft, Start, Written
from bot.model.message import Attachment, Message
from bot.model.organiser import Act, may
from bot.model.typed import read_link, read_moment, read_options
from bot.store import Store
from bot.store.broadcasts import add_broadcast, awaited_of, find_awaiting, find_broadcast, put_draft, rewrite
from bot.store.identity import find_username
from bot.store.organisers import find_role

T = TypeVar("T")
LONDON = ZoneInfo("Europe/London")
Change = Callable[[Draft], Draft]


@dataclass(frozen=True, kw_only=True)
class Drafting:
    """`wordings` by language (English is there); `zone` is the campaign's; `post` sends to a chat."""

    store: Store
    wordings: Mapping[str, Wording]
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    post: Callable[[int, Message], Awaitable[Receipt]]
    owners: frozenset[int]
    organisation: str = ""
    zone: ZoneInfo = LONDON

    @property
    def wording(self) -> Wording:
        """The organisers' sentences."""
        return self.wordings[DEFAULT_LANGUAGE]

    async def begin(self, author: int, *, training: bool = False) -> Broadcast:
        """The broadcast whose text is the author's next message; one that still waits for its text is used again."""
        async with self.store.write() as connection:
            found = await find_awaiting(connection, author)
            if found is None or found.state is not BroadcastState.AWAITING_TEXT or found.training is not training:
                draft = Draft(awaited=Awaited(Await.TEXT, author, self.now()))
                added = await add_broadcast(connection, author, now=self.now(), draft=draft, training=training)
                found = await find_broadcast(connection, added)
        assert found is not None  # noqa: S101 - it was added just now, in this transaction
        return found

    async def find_awaiting(self, user_id: int) -> tuple[Broadcast, Await] | None:
        """The broadcast of which this person's next message is a part, and which; if any is."""
        async with self.store.read() as connection:
            found = await find_awaiting(connection, user_id)
        awaited = awaited_of(found, user_id) if found else None
        return (found, awaited.step) if found and awaited else None

    def compose(self, html: str, attachment: Attachment | None = None, *, training: bool = False) -> Message:
        """Somebody's words (Telegram HTML) as readers get them; raises ComposeError with a sentence for them."""
        return compose_call(
            Markup(html), self.wording, organisation=self.organisation, attachment=attachment, rehearsal=training
        )

    def compose_other(self, broadcast: Broadcast, html: str) -> Message:
        """The same in another language, under the same attachment."""
        return self.compose(html, broadcast.draft.attachment, training=broadcast.training)

    def check_fit(self, broadcast: Broadcast, message: Message) -> None:
        """Raise ComposeError where new words come with an attachment under which another language's are too long."""
        for one in broadcast.draft.others.values() if message.attachment else ():
            if visible_length(one.text) > CAPTION_LIMIT:
                raise ComposeError(self.wording.plain("call-other-too-long", limit=CAPTION_LIMIT))

    async def write(self, broadcast: Broadcast, message: Message, *, by: int | None = None) -> Broadcast | None:
        """Keep composed words; the draft, or None where it waits for none any more."""
        draft = unchecked(replace(broadcast.draft, attachment=message.attachment))
        after = replace(broadcast, text=message.text, draft=draft)
        done = await self.move(broadcast, after, Verb.WRITE, by=by or broadcast.author_id)
        return await self.find(broadcast.id) if done is Answer.DONE else None

    async def change(self, broadcast_id: int, seal: str, change: Change, *, by: int) -> Answer:
        """Change what goes with the words; whatever was approved is void, and whoever has a card is told."""
        broadcast = await self.find(broadcast_id)
        if broadcast is None or seal != broadcast.digest[:SEAL]:
            return Answer.CHANGED
        after = replace(broadcast, draft=unchecked(change(broadcast.draft)))
        return await self.move(broadcast, after, Verb.CHANGE, by=by)

    async def move(self, before: Broadcast, after: Broadcast, verb: Verb, *, by: int) -> Answer:
        """Make a step with what it changes, in one transaction."""
        async with self.store.write() as connection:
            if not may(await find_role(connection, by, self.owners), Act.DRAFT):
                return Answer.ORGANISERS_ONLY
            rendered = self.render(after, await find_username(connection))
            if step(before.state, verb) is None or not await rewrite(
                connection, before, rendered, verb, by=by, now=self.now()
            ):
                return Answer.CHANGED
            if before.state in {BroadcastState.SUBMITTED, BroadcastState.COOLING}:
                await end_card(connection, before, Verb.EDIT.value, by=by, now=self.now())
            await note(connection, rendered, verb, by, now=self.now())
        self.wake("review")
        return Answer.DONE

    def render(self, broadcast: Broadcast, username: str) -> Broadcast:
        """The same with its buttons made anew in every language."""
        draft, home = broadcast.draft, f"https://t.me/{username}"
        others = {
            language: Written(
                one.text, call_buttons(draft, broadcast.id, self.said_in(language), text=one.text, home=home)
            )
            for language, one in draft.others.items()
        }
        buttons = call_buttons(draft, broadcast.id, self.wording, text=broadcast.text, home=home)
        return replace(broadcast, buttons=buttons, draft=replace(draft, others=others))

    def said_in(self, language: str) -> Wording:
        """The sentences of a language, or English ones."""
        return self.wordings.get(language, self.wording)

    async def ask(self, broadcast_id: int, seal: str, what: Await, *, by: int) -> Answer:
        """Let this person's next message in private be a part of the draft."""
        async with self.store.write() as connection:
            broadcast = await find_broadcast(connection, broadcast_id)
            if broadcast is None or seal != broadcast.digest[:SEAL] or not waits_for(broadcast.state, what):
                return Answer.CHANGED
            if not may(await find_role(connection, by, self.owners), asks_for(what)):
                return Answer.ORGANISERS_ONLY
            draft = replace(broadcast.draft, awaited=Awaited(what, by, self.now()))
            return Answer.DONE if await put_draft(connection, broadcast, draft) else Answer.CHANGED

    async def keep_panel(self, broadcast_id: int, chat_id: int, message_id: int) -> None:
        """Remember where the draft's panel is."""
        async with self.store.write() as connection:
            broadcast = await find_broadcast(connection, broadcast_id)
            if broadcast is not None:
                await put_draft(connection, broadcast, replace(broadcast.draft, panel=(chat_id, message_id)))

    async def take(self, broadcast: Broadcast, what: Await, html: str, plain: str, *, by: int) -> Answer:
        """Take what was typed for a step of the wizard; raises ComposeError with a sentence where it is not that."""
        return await self.change(broadcast.id, broadcast.digest[:SEAL], self.read(broadcast, what, html, plain), by=by)

    def read(self, broadcast: Broadcast, what: Await, html: str, plain: str) -> Change:
        """What was typed, as the change that it makes."""
        match what:
            case Await.WELSH:
                message = self.compose_other(broadcast, html)
                return lambda draft: replace(draft, others={**draft.others, "cy": Written(message.text)})
            case Await.LINK:
                link = self.need(read_link(plain), "draft-not-link")
                return lambda draft: replace(draft, links=(*draft.links, link))
            case Await.QUESTION:
                options = self.need(read_options(plain), "draft-not-question")
                return lambda draft: replace(draft, options=options, done=False)
            case Await.EXPIRY:
                expires_at = self.need(read_moment(plain, self.now(), self.zone), "draft-not-moment")
                return lambda draft: replace(draft, expires_at=expires_at)
            case _:
                start_at = self.need(read_moment(plain, self.now(), self.zone), "draft-not-moment")
                return lambda draft: replace(draft, start=Start.AT, start_at=start_at)

    def need(self, found: T | None, key: str) -> T:
        """It, or the sentence that says how it is written."""
        if found is None:
            raise ComposeError(self.wording.plain(key))
        return found

    async def preview(self, broadcast: Broadcast, chat_id: int) -> str | None:
        """Send it to a chat exactly as it would be received, in every language; why Telegram refused it, if it did."""
        for language, message in broadcast.messages.items():
            receipt = await self.post(chat_id, compose_preview(message, self.said_in(language)))
            if receipt.fate is not Fate.SENT:
                return receipt.reason or receipt.fate.value
        return None

    async def find(self, broadcast_id: int) -> Broadcast | None:
        """As the database has it now."""
        async with self.store.read() as connection:
            return await find_broadcast(connection, broadcast_id)


def unchecked(draft: Draft) -> Draft:
    """What has changed waits for nothing any more, and its links are to be looked at again."""
    return replace(draft, checked=None, dead=(), anyway_by=None, awaited=None)


def waits_for(state: BroadcastState, what: Await) -> bool:
    """Whether a broadcast in this state may wait for such a message."""
    return state is (BroadcastState.SUBMITTED if what is Await.REASON else BroadcastState.DRAFT)


def asks_for(what: Await) -> Act:
    """What somebody must be allowed to do, to be asked this."""
    return Act.APPROVE if what is Await.REASON else Act.DRAFT
