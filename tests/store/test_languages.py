"""Whose choice of a language counts where."""

from bot.model.subscriber import ChatKey
from bot.store import Store
from bot.store.languages import ask_language, find_language, put_language
from bot.store.subscribers import add_subscriber
from tests.builders import NOON

TOPIC, GROUP, PERSON = ChatKey(-10, 3), ChatKey(-10), ChatKey(7)


async def choose(store: Store, key: ChatKey, language: str, *, chosen: bool = True) -> None:
    async with store.write() as connection:
        known = await add_subscriber(connection, key, language="en", source=None, now=NOON)
        await put_language(connection, known.id, language, chosen=chosen)


async def test_a_topics_choice_comes_before_its_groups_and_that_before_the_persons_own(store: Store) -> None:
    async def spoken(chat: ChatKey | None = TOPIC) -> str | None:
        async with store.read() as connection:
            return await find_language(connection, chat, PERSON.chat_id)

    assert await spoken() is None
    await choose(store, PERSON, "cy")
    assert (await spoken(), await spoken(None)) == ("cy", "cy")
    await choose(store, GROUP, "en")
    assert (await spoken(), await spoken(ChatKey(-11))) == ("en", "cy")
    await choose(store, TOPIC, "cy")
    assert (await spoken(), await spoken(GROUP)) == ("cy", "en")
    await choose(store, TOPIC, "cy", chosen=False)
    assert await spoken() == "en"


async def test_a_database_that_does_not_answer_knows_no_choice(sqlite_store: Store) -> None:
    async with sqlite_store.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE subscribers RENAME TO lost_subscribers")
    assert await ask_language(sqlite_store, PERSON, None) is None
