"""What the bot does not understand, answered kindly."""

from telegram import Update

from handlers.context import Context, acknowledge, reply, wording_of


async def unknown_command(update: Update, context: Context) -> None:
    """Say where the commands are."""
    await reply(update, wording_of(update, context)("unknown-command"))


async def unknown_text(update: Update, context: Context) -> None:
    """Say what can be asked. What was written is neither read nor kept."""
    await reply(update, wording_of(update, context)("unknown-text"))


async def unknown_press(update: Update, context: Context) -> None:
    """A button of an older version, or one that we never made."""
    await acknowledge(update, wording_of(update, context).plain("notice-stale"))
