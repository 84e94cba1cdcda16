"""/search: findings that say all of the words."""

from telegram import Update

from bot.compose import compose_list
from bot.store.answers import search_stories
from handlers.context import Context, reply, wording_of

LONGEST = 100


async def search(update: Update, context: Context) -> None:
    """The newest findings with all of the words in their entries' title or summary."""
    wording, words = wording_of(update, context), context.args or []
    asked = " ".join(words)
    if not words:
        await reply(update, wording("search-usage"))
    elif len(asked) > LONGEST:
        await reply(update, wording("search-too-long", limit=LONGEST))
    else:
        async with context.services.store.read() as connection:
            told = await search_stories(connection, words)
        heading = wording("search-heading", words=asked)
        await reply(update, compose_list(told, wording, heading) if told else wording("search-none", words=asked))
