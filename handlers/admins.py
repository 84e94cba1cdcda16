"""Who may choose for a chat: in private whoever writes, in a group its admins."""

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, Forbidden

from handlers.context import Context, acknowledge, reply, wording_of

ADMINS = {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER}


async def may_choose(update: Update, context: Context) -> bool:
    """Whether they may choose what this chat is sent. Where they may not, they are told so."""
    if await is_admin(update):
        return True
    wording = wording_of(update, context)
    if update.callback_query is not None:
        await acknowledge(update, wording.plain("notice-admins-only"))
    else:
        await reply(update, wording("admins-only"))
    return False


async def is_admin(update: Update) -> bool:
    """Whether they speak for this chat: asked of Telegram at every choice, never remembered."""
    chat, user, message = update.effective_chat, update.effective_user, update.message
    if chat is None or user is None:
        return False
    if chat.type == ChatType.PRIVATE:
        return True
    # An anonymous admin writes in the name of the group itself.
    if message is not None and message.sender_chat is not None and message.sender_chat.id == chat.id:
        return True
    try:
        member = await chat.get_member(user.id)
    except (BadRequest, Forbidden):
        return False
    return member.status in ADMINS
