"""`python -m bot migrate`."""

from telegram.error import InvalidToken

from bot.config import Config
from bot.errors import ConfigError, TokenRevokedError
from bot.sending import build_bot
from bot.store import Store
from bot.store.alone import hold_alone
from bot.store.identity import claim_identity


async def migrate(config: Config, *, adopt_bot: bool) -> str:
    """Bring the database to this version, and with `adopt_bot` make it the token's bot's; returns what was done."""
    async with hold_alone(config.database_url):
        store = await Store.open(config.database_url)
        try:
            return await adopt(config, store) if adopt_bot else "The database is at this version."
        finally:
            await store.close()


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
