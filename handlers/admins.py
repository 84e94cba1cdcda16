"""Who may choose for a chat: in private whoever writes, in a group its admins."""

from telegram import Update
from telegram.constants import ChatID, ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

from handlers.context import Context, acknowledge, reply, wording_of

ADMINS = {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}


async def may_choose(update: Update, context: Context) -> bool:
    """Whether they may choose what this chat is sent. Where they may not, they are told so.

    Of a message that Telegram keeps from us by now nobody knows in which topic it was: its buttons choose nothing.
    """
    if is_out_of_reach(update):
        await acknowledge(update, wording_of(update, context).plain("notice-stale"))
        return False
    if await is_admin(update):
        return True
    wording = wording_of(update, context)
    if update.callback_query is not None:
        await acknowledge(update, wording.plain("notice-admins-only"))
    else:
        await reply(update, wording("admins-only"))
    return False


def is_out_of_reach(update: Update) -> bool:
    """Whether the pressed message is one of which Telegram tells nothing but its chat (InaccessibleMessage: date 0)."""
    pressed = update.callback_query.message if update.callback_query else None
    return pressed is not None and pressed.date.timestamp() == 0


async def is_admin(update: Update) -> bool:
    """Whether they speak for this chat: asked of Telegram at every choice, never remembered."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None:
        return False
    # Only admins can post in a channel.
    if chat.type == ChatType.PRIVATE or update.channel_post is not None or is_anonymous_admin(update):
        return True
    if user is None:
        return False
    try:
        member = await chat.get_member(user.id)
    except (BadRequest, Forbidden):
        return False
    return member.status in ADMINS


def is_anonymous_admin(update: Update) -> bool:
    """Whether an admin writes in the name of the group itself; another chat's name, a channel's, says nothing."""
    message, chat = update.message, update.effective_chat
    if message is None or chat is None:
        return False
    if message.sender_chat is not None:
        return message.sender_chat.id == chat.id
    return message.from_user is not None and message.from_user.id == ChatID.ANONYMOUS_ADMIN
