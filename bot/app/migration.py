"""`python -m bot migrate`."""

from telegram.error import InvalidToken

from bot.config import Config
from bot.errors import ConfigError, TokenRevokedError
from bot.sending import build_bot
from bot.store import Store
from bot.store.alone import hold_alone, hold_together
from bot.store.identity import claim_identity


async def migrate(config: Config, *, adopt_bot: bool) -> str:
    """Bring the database to this version, and with `adopt_bot` make it the token's bot's; returns what was done."""
    shared = config.database_url.startswith("postgresql")
    # A release begins while the processes of the last one still run; a bot is changed only while none does.
    hold = hold_together if shared and not adopt_bot else hold_alone
    async with hold(config.database_url):
        store = await Store.open(config.database_url)
        try:
            if shared:
                from bot.engine.queue import prepare  # noqa: PLC0415 - SQLite does without Procrastinate

                await prepare(libpq_address(config.database_url))
            return await adopt(config, store) if adopt_bot else "The database is at this version."
        finally:
            await store.close()


def libpq_address(url: str) -> str:
    """A database's address without our driver's name."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


async def adopt(config: Config, store: Store) -> str:
    """Give the database to the token's bot; raises ConfigError without a token, TokenRevokedError for a refused one."""
    if config.sandboxed:
        raise ConfigError("no TELEGRAM_TOKEN: set it to the token of the bot that takes the database over.")
    try:
        async with build_bot(config.token, api_url=config.telegram.api_url) as bot, store.write() as connection:
            await claim_identity(connection, bot_id=bot.id, username=bot.username, adopt=True)
            return f"The database belongs to @{bot.username} now."
    except InvalidToken:
        # Its own text holds the token.
        raise TokenRevokedError from None
