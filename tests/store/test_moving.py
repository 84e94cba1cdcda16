from sqlalchemy import select

from bot.model.subscriber import ChatKey
from bot.store import Store
from bot.store.choices import set_choices
from bot.store.languages import put_language
from bot.store.marks import list_marks, put_mark
from bot.store.moving import move_chat
from bot.store.schema import subscribers
from bot.store.subscribers import add_subscriber, get_subscriber
from tests.builders import NOON

OLD, NEW = ChatKey(-4001), ChatKey(-1_000_000_004_001)


async def test_a_merged_group_keeps_what_was_chosen_and_pressed_in_it(store: Store) -> None:
    async with store.write() as connection:
        old = await add_subscriber(connection, OLD, language="en", source=None, now=NOON)
        await set_choices(connection, old.id, digest_hour=18, silent=True)
        await put_language(connection, old.id, "cy", chosen=True)
        new = await add_subscriber(connection, NEW, language="en", source=None, now=NOON)
        for chat, subject, mark in ((old, "story:1", "done"), (old, "story:2", "later"), (new, "story:2", "done")):
            await put_mark(connection, chat.id, subject, mark, now=NOON)
        assert await move_chat(connection, OLD.chat_id, NEW.chat_id, now=NOON) == 1
        moved = await get_subscriber(connection, NEW)
        assert (moved.language, moved.choices.digest_hour, moved.choices.silent) == ("cy", 18, True)
        kept = {one.subject: one.mark for one in await list_marks(connection, new.id)}
        assert kept == {"story:1": "done", "story:2": "done"}


async def test_a_group_that_had_chosen_already_stays_with_that(sqlite_store: Store) -> None:
    async with sqlite_store.write() as connection:
        old = await add_subscriber(connection, OLD, language="en", source=None, now=NOON)
        new = await add_subscriber(connection, NEW, language="en", source=None, now=NOON)
        await set_choices(connection, old.id, digest_hour=18)
        await set_choices(connection, new.id, digest_hour=20)
        await move_chat(connection, OLD.chat_id, NEW.chat_id, now=NOON)
        hour = select(subscribers.c.digest_hour).where(subscribers.c.id == new.id)
        assert (await connection.execute(hour)).scalar_one() == 20
