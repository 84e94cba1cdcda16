"""Talking to the bot: what a person says and presses, and what they then see."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text, update
from telegram import Bot, Update
from telegram.ext import ApplicationBuilder

import handlers
from bot.campaign import load_pack
from bot.compose import Wording
from bot.compose.wording import LOCALES
from bot.flows.adding import Adding
from bot.flows.composing import Composing
from bot.flows.desk import Edges, Team, furnish_desk
from bot.flows.publish import Publish
from bot.model.feed import FeedKind
from bot.model.finding import Finding
from bot.model.story import StoryState, Traces
from bot.model.subscriber import ChatKey, Subscriber
from bot.sandbox.telegram import Telegram
from bot.sending import delete, edit, send
from bot.services import Services, Settings
from bot.store import Store
from bot.store.entries import add_entry
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.schema import stories
from bot.store.stories import add_story, set_lead
from bot.store.subscribers import find_subscriber
from handlers.context import CONTEXT_TYPES, App, install
from tests.builders import NOON, a_feed_spec, a_verdict, an_entry, the_matcher

ANNA = 501
BEN = 502
CERI = 503
"""Whose Telegram is in Welsh."""
GROUP = -4001


def build_services(
    store: Store,
    bot: Bot,
    settings: Settings | None = None,
    now: Callable[[], datetime] = lambda: NOON,
) -> Services:
    """Services as the app builds them; the clock stands still unless another is given."""
    pack, woken = load_pack(), list[str]()
    wordings = {language: Wording.load(language) for language in LOCALES}
    chosen = settings or Settings(organisation="Example & Friends", contact="post@example.org")

    async def read(url: str, kind: FeedKind | None) -> Finding:
        raise AssertionError(url, kind)

    async def unasked(where: object) -> Any:
        raise AssertionError(where)

    publish = Publish(
        store=store,
        matcher=the_matcher(),
        read=read,
        composing=Composing(pack=pack, wordings=wordings, now=now),
        now=now,
        wake=woken.append,
    )
    edges = Edges(
        store=store,
        wording=wordings["en"],
        post=lambda chat, message: send(bot, ChatKey(chat), message),
        edit=lambda chat, message_id, message: edit(bot, chat, message_id, message),
        delete=lambda chat, message_id: delete(bot, chat, message_id),
        now=now,
        wake=woken.append,
    )
    team = Team(
        owners=chosen.owners,
        review_chat=chosen.review_chat,
        organisation=chosen.organisation,
        single_organiser=chosen.single_organiser,
        cooling_off=chosen.cooling_off,
    )
    desk = furnish_desk(edges, publish, team)
    return Services(
        store=store,
        pack=pack,
        wordings=wordings,
        publish=publish,
        desk=desk,
        adding=Adding(
            store=store, matcher=publish.matcher, discover=unasked, fetch=unasked, now=now, wake=woken.append
        ),
        now=now,
        wake=woken.append,
        settings=chosen,
    )


def build_bot(token: str, url: str) -> App:
    """The bot with every callback, talking to the local Telegram."""
    builder = ApplicationBuilder().token(token).base_url(f"{url}/bot").base_file_url(f"{url}/file/bot")
    application: App = builder.context_types(CONTEXT_TYPES).updater(None).job_queue(None).build()
    handlers.register(application)
    return application


@dataclass
class Chatting:
    """A conversation; every verb ends when the bot has answered all of it."""

    telegram: Telegram
    bot: App
    services: Services
    _offset: int = field(default=0)

    def __post_init__(self) -> None:
        install(self.bot, self.services)

    async def answer(self) -> None:
        """Let the bot answer everything that waits for it."""
        while updates := await self.bot.bot.get_updates(offset=self._offset, allowed_updates=handlers.ALLOWED_UPDATES):
            for one in updates:
                self._offset = one.update_id + 1
                await self.bot.process_update(one)

    async def say(self, text: str, *, by: int = ANNA, chat: int | None = None) -> list[str]:
        """Somebody writes; returns the texts and captions that the bot sent back."""
        before = len(self.telegram.messages(chat or by))
        self.telegram.say(by, chat or by, text)
        await self.answer()
        answers = self.telegram.messages(chat or by)[before + 1 :]
        return [message.get("text") or message.get("caption", "") for message in answers]

    async def press(self, label: str, *, by: int = ANNA, chat: int | None = None) -> str | None:
        """Somebody presses the newest button of this label; returns the notice that they are shown, if any."""
        message, action = self.find_button(label, chat or by)
        return await self.press_action(message["message_id"], action, by=by, chat=chat)

    async def press_action(
        self, message_id: int, action: str, *, by: int = ANNA, chat: int | None = None
    ) -> str | None:
        """Somebody presses a button; fails if the press is never answered."""
        pressing = asyncio.create_task(self.telegram.press(by, chat or by, message_id, action))
        await asyncio.sleep(0)
        await self.answer()
        answered = await pressing
        assert answered is not None
        text: str | None = answered.get("text")
        return text

    def find_button(self, label: str, chat: int) -> tuple[dict[str, Any], str]:
        """The newest message with a button of this label, and the button's callback data."""
        for message in reversed(self.telegram.messages(chat)):
            for button in buttons_of(message):
                if button["text"] == label:
                    return message, button["callback_data"]
        raise AssertionError(f"there is no button {label!r} in {chat}")

    def seen(self, chat: int = ANNA) -> list[dict[str, Any]]:
        """All messages of a chat."""
        return self.telegram.messages(chat)

    async def process(self, raw: dict[str, Any]) -> None:
        """Give the bot an update that Telegram would not make by itself."""
        await self.bot.process_update(Update.de_json(raw, self.bot.bot))

    async def subscriber(self, chat: int = ANNA) -> Subscriber | None:
        """What the database knows of a chat."""
        async with self.services.store.read() as connection:
            return await find_subscriber(connection, ChatKey(chat))

    async def publish(self, title: str = "HMYOI Werrington: not safe", *, days_ago: int = 0, **verdict: object) -> None:
        """A story was published before; `verdict` is what is different about it."""
        entry = an_entry(id=title, title=title, summary=title, published_at=NOON - timedelta(days=days_ago))
        async with self.services.store.write() as connection:
            await sync_feeds(connection, [a_feed_spec()])
            (feed,) = await list_feeds(connection)
            story = await add_story(connection, feed.id, state=StoryState.PUBLISHED, now=NOON)
            kept = {"verdict": a_verdict(**verdict), "traces": Traces(published=None)}
            row = await add_entry(connection, feed.id, entry, **kept, story_id=story, history=False, now=NOON)  # type: ignore[arg-type]
            await set_lead(connection, story, row)

    async def withdraw_all(self) -> None:
        """No story is published any more."""
        async with self.services.store.write() as connection:
            await connection.execute(update(stories).values(state=StoryState.DISMISSED.value))

    async def break_database(self) -> None:
        """Take a table away, so that whatever needs it fails."""
        async with self.services.store.write() as connection:
            await connection.execute(text("ALTER TABLE stories RENAME TO lost_stories"))
            await connection.execute(text("ALTER TABLE subscribers RENAME TO lost_subscribers"))


def buttons_of(message: dict[str, Any]) -> list[dict[str, Any]]:
    """All buttons under a message."""
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]
