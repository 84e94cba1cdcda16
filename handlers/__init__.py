"""What people can say to the bot, and who answers: one ordered table."""
