"""The language that somebody chose here, instead of the one that Telegram tells of them."""

from contextlib import suppress

from sqlalchemy import or_, select, true, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.subscriber import ChatKey
from bot.store import Store
from bot.store.schema import subscribers
from bot.store.subscribers import is_at


async def ask_language(store: Store, chat: ChatKey | None, user_id: int | None) -> str | None:
    """As find_language. Where the database does not answer there is none: no answer waits for its language."""
    with suppress(SQLAlchemyError, TimeoutError, OSError):
        async with store.read() as connection:
            return await find_language(connection, chat, user_id)
    return None


async def find_language(connection: AsyncConnection, chat: ChatKey | None, user_id: int | None) -> str | None:
    """The language chosen for this chat: for its topic, else for all of it, else by this person for themselves."""
    places = [ChatKey(chat.chat_id, topic) for topic in (chat.thread_id, None)] if chat else []
    places += [ChatKey(user_id)] if user_id is not None else []
    rows = await connection.execute(
        select(subscribers.c.chat_id, subscribers.c.thread_id, subscribers.c.language).where(
            subscribers.c.language_chosen == true(), or_(*(is_at(place) for place in dict.fromkeys(places)))
        )
    )
    chosen = {ChatKey(row.chat_id, row.thread_id or None): str(row.language) for row in rows}
    return next((chosen[place] for place in places if place in chosen), None)


async def put_language(connection: AsyncConnection, subscriber_id: int, language: str, *, chosen: bool) -> None:
    """Write to them in this language; `chosen`: whatever Telegram tells of them."""
    await connection.execute(
        update(subscribers).where(subscribers.c.id == subscriber_id).values(language=language, language_chosen=chosen)
    )
