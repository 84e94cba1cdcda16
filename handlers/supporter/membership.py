"""The bot is blocked, let in again, added to a group, thrown out of it, or its group gets a new id."""

from telegram import ChatMemberUpdated, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

from bot.model.subscriber import EndedReason
from bot.store.moving import move_chat
from bot.store.subscribers import end_subscriptions, list_subscribers_of, set_blocked
from handlers.context import Context, wording_of

OUTSIDE = {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}


async def note_membership(update: Update, context: Context) -> None:
    """Whoever shut us out is sent nothing more; whoever lets us in is told how to begin, and nothing is revived."""
    change = update.my_chat_member
    if change is None:
        return
    if change.new_chat_member.status in OUTSIDE:
        await leave(change, context)
    elif change.old_chat_member.status in OUTSIDE:
        await enter(update, change, context)


async def leave(change: ChatMemberUpdated, context: Context) -> None:
    """End what the chat followed, in all its topics."""
    private = change.chat.type == ChatType.PRIVATE
    reason = EndedReason.BLOCKED if private else EndedReason.KICKED
    now = context.services.now()
    async with context.services.store.write() as connection:
        for subscriber in await list_subscribers_of(connection, change.chat.id):
            await set_blocked(connection, subscriber.id, blocked=True, now=now)
            await end_subscriptions(connection, subscriber.id, reason=reason, now=now)


async def enter(update: Update, change: ChatMemberUpdated, context: Context) -> None:
    """Note that messages arrive again, and say how to begin; about a channel to who added us alone."""
    async with context.services.store.write() as connection:
        known = await list_subscribers_of(connection, change.chat.id)
        for subscriber in known:
            await set_blocked(connection, subscriber.id, blocked=False, now=context.services.now())
    wording, kind = wording_of(update, context), change.chat.type
    words = {str(ChatType.PRIVATE): "welcome-back", str(ChatType.CHANNEL): "channel-added"}
    # A channel's readers would see it.
    where = change.from_user.id if kind == ChatType.CHANNEL else change.chat.id
    try:
        await context.bot.send_message(where, wording(words.get(kind, "group-welcome")), parse_mode="HTML")
    except (BadRequest, Forbidden):
        # They let us in but not speak, or shut us out again meanwhile.
        return


async def follow_migration(update: Update, context: Context) -> None:
    """A group became a supergroup: what it follows goes with it."""
    message = update.message
    if message is None or message.migrate_to_chat_id is None:
        return
    async with context.services.store.write() as connection:
        await move_chat(connection, message.chat_id, message.migrate_to_chat_id, now=context.services.now())
