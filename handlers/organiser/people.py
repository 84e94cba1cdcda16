"""Who is an organiser: asked of the person at every command and press, never of the chat (DESIGN.md rule 8)."""

import logging

from telegram import LinkPreviewOptions, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, Forbidden

from bot.model.message import Message
from bot.model.organiser import Act, Role, may
from bot.store.cards import forget_unreached
from handlers.context import Context, acknowledge, keyboard, reply, wording_of
from handlers.menu import list_commands, set_own_menu
from handlers.questions.unknown import unknown_command

log = logging.getLogger(__name__)

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def admit(update: Update, context: Context, act: Act, *, private: bool = False, anywhere: bool = False) -> bool:
    """Whether whoever wrote this may do it, here. Supporters get the answer that any unknown command gets.

    An organiser is answered in private and in the review chat; with `private` in private only, with `anywhere` in any
    group.
    """
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None:
        return False
    wording, settings = wording_of(update, context), context.services.settings
    if is_anonymous(update):
        await reply(update, wording("organiser-anonymous"))
        return False
    role = await context.services.find_role(user.id)
    if not may(role, act):
        await refuse(update, context, role)
        return False
    if chat.type != ChatType.PRIVATE and (private or chat.id != settings.review_chat) and not anywhere:
        await reply(update, wording("broadcast-private" if private else "organiser-elsewhere"))
        return False
    await note_reached(update, context)
    return True


async def refuse(update: Update, context: Context, role: Role | None) -> None:
    """Say that no such command is known here, or to somebody with another role that theirs does not include it."""
    chat, wording = update.effective_chat, wording_of(update, context)
    private = chat is not None and chat.type == ChatType.PRIVATE
    if role is None:
        if private:
            await unknown_command(update, context)
    elif private or (chat is not None and chat.id == context.services.settings.review_chat):
        await reply(update, wording("organiser-other-role", role=wording(f"a-{role.value}")))


async def admit_press(update: Update, context: Context, act: Act) -> int | None:
    """The user id of whoever pressed, if they may do this; else they are told so, and it is None."""
    user = update.effective_user
    role = await context.services.find_role(user.id) if user is not None else None
    if user is not None and may(role, act):
        return user.id
    said = "notice-organisers-only" if role is None else "notice-other-role"
    await acknowledge(update, wording_of(update, context).plain(said))
    return None


def is_anonymous(update: Update) -> bool:
    """Whether somebody writes in the name of the group itself."""
    message = update.message
    return message is not None and message.sender_chat is not None


async def note_reached(update: Update, context: Context) -> None:
    """Who writes to us can be written to: cards that did not reach this chat are sent again."""
    chat, services = update.effective_chat, context.services
    if chat is None:
        return
    async with services.store.write() as connection:
        again = await forget_unreached(connection, chat.id)
    if again:
        services.wake("review")


async def note_organiser(update: Update, context: Context) -> None:
    """An organiser who starts the bot gets the cards that could not reach them before."""
    user = update.effective_user
    if user is not None and await context.services.find_role(user.id) is not None:
        await note_reached(update, context)


async def tell(context: Context, chat_id: int, message: Message | str) -> bool:
    """Write to somebody in private; False where Telegram does not let us."""
    whole = message if isinstance(message, Message) else Message(message)
    try:
        await context.bot.send_message(
            chat_id,
            whole.text,
            parse_mode=ParseMode.HTML,
            reply_markup=keyboard(whole),
            link_preview_options=NO_PREVIEW,
        )
    except (BadRequest, Forbidden) as error:
        log.info("an organiser is not reached: %s", error.message)
        return False
    return True


async def show_role(context: Context, user_id: int) -> None:
    """Let somebody's menu fit the role that they have now."""
    role = await context.services.find_role(user_id)
    await set_own_menu(context.bot, user_id, role, context.services.wordings)


async def whoami(update: Update, context: Context) -> None:
    """One's own number, for anyone, and what it is for."""
    user = update.effective_user
    if user is None or is_anonymous(update):
        await reply(update, wording_of(update, context)("organiser-anonymous"))
        return
    await note_organiser(update, context)
    role, wording = await context.services.find_role(user.id), wording_of(update, context)
    if role is None:
        await reply(update, wording("whoami", id=str(user.id)))
        return
    commands = ", ".join(f"/{name}" for name in list_commands(role) if name != "whoami")
    told = wording("whoami-organiser", id=str(user.id), role=wording(f"a-{role.value}"), commands=commands)
    await reply(update, told)
