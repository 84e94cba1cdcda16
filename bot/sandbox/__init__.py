"""A local Telegram with a chat page and a newsroom, so that the bot runs with no token."""
