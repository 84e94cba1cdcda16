"""/mp: whose constituency a postcode is in. The postcode is used for the answer alone: not kept, and in no log."""

import logging
import re
from typing import Final

from telegram import ChatMemberAdministrator, Message, Update
from telegram.constants import ChatAction
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.compose.civic import FORGET, KEEP, compose_seat, compose_unfound, keep_rows, with_erasing, write_row
from bot.compose.wording import Wording
from bot.errors import CivicError, UnknownPostcodeError
from bot.model.civic import Seat, read_postcode
from bot.model.message import Button
from bot.model.message import Message as Told
from bot.store.choices import set_choices
from bot.store.subscribers import add_subscriber, find_subscriber
from handlers.context import Context, acknowledge, key_of, language_of, reply, rewrite, wording_of
from handlers.supporter.marking import is_private

KEEPING: Final = re.compile(f"^{KEEP}(?P<name>[^\\n]{{1,60}})$")
FORGETTING: Final = re.compile(f"^{FORGET}$")
ERASE: Final = re.compile(r"^mp:erase:(?P<message>\d{1,18}):(?P<user>\d{1,18})$")

log = logging.getLogger(__name__)


async def mp(update: Update, context: Context) -> None:
    """Answer in private only; among others say so, and offer to delete the message that has a postcode in it."""
    message, user, wording = update.message, update.effective_user, wording_of(update, context)
    if message is None:
        return
    typed = " ".join(context.args or ())
    if not is_private(update):
        await refuse(update, context, written=bool(typed))
        return
    if not typed:
        await answer_for_kept(update, context)
        return
    postcode = read_postcode(typed)
    answer = await find_out(update, context, postcode) if postcode else compose_unfound("unreadable", wording)
    await reply(update, with_erasing(answer, wording, message.message_id, user.id) if user else answer)


async def refuse(update: Update, context: Context, *, written: bool) -> None:
    """Say that this is answered in private; `written`: there may be a postcode in what they wrote."""
    message, user, wording = update.message, update.effective_user, wording_of(update, context)
    answer = Told(wording("mp-private"))
    if written and message is not None and user is not None and await may_erase(update, context):
        answer = with_erasing(answer, wording, message.message_id, user.id)
    elif written:
        answer = Told(f"{answer.text}\n\n{wording('mp-private-delete-yourself')}")
    await reply(update, answer)


async def may_erase(update: Update, context: Context) -> bool:
    """Whether this bot may delete other people's messages in this group."""
    try:
        itself = await context.bot.get_chat_member(key_of(update).chat_id, context.bot.id)
    except TelegramError:
        return False
    return isinstance(itself, ChatMemberAdministrator) and itself.can_delete_messages


async def answer_for_kept(update: Update, context: Context) -> None:
    """Who sits for the constituency that is kept; where none is, how to ask."""
    wording = wording_of(update, context)
    async with context.services.store.read() as connection:
        known = await find_subscriber(connection, key_of(update))
    kept = known.choices.constituency if known else None
    if kept is None:
        await reply(update, Told(wording("mp-how"), (write_row(wording),)))
        return
    seat = await find_seat(context, kept) or Seat(name=kept)
    await reply(update, compose_seat(seat, wording, kept=True))


async def find_out(update: Update, context: Context, postcode: str) -> Told:
    """The answer for a postcode; where no service answers, the way to write alone."""
    wording, civic, chat = wording_of(update, context), context.services.civic, update.effective_chat
    if civic is None or chat is None:
        return compose_unfound("down", wording, postcode)
    await chat.send_action(ChatAction.TYPING)
    try:
        place, seat = await civic.find_representation(postcode)
    except UnknownPostcodeError:
        return compose_unfound("unknown", wording)
    except CivicError as error:
        log.warning("nobody could be asked about a postcode: %s", error)
        return compose_unfound("down", wording, postcode)
    return compose_seat(seat, wording, postcode=postcode, nation=place.nation)


async def find_seat(context: Context, constituency: str) -> Seat | None:
    """Who sits for it; None where nobody can be asked."""
    try:
        return await context.services.civic.find_seat(constituency) if context.services.civic else None
    except CivicError as error:
        log.warning("nobody could be asked about a constituency: %s", error)
        return None


async def keep_constituency(update: Update, context: Context) -> None:
    """Keep the constituency because they ask for it; one that the service does not know is none."""
    wording, pressed = wording_of(update, context), context.match
    seat = await find_seat(context, pressed["name"]) if pressed and is_private(update) else None
    if seat is None:
        await acknowledge(update, wording.plain("notice-mp-down"))
        return
    if not seat.member and not seat.vacant:
        await acknowledge(update, wording.plain("notice-stale"))
        return
    await acknowledge(update)
    await put_constituency(update, context, seat.name)
    await rewrite(update, with_offer(remembered(seat, wording), update))


def with_offer(answer: Told, update: Update) -> Told:
    """The same, which still offers to delete the message with the postcode where it did before."""
    message = update.effective_message
    shown = message.reply_markup.inline_keyboard if isinstance(message, Message) and message.reply_markup else ()
    offered = [
        one for row in shown for one in row if isinstance(one.callback_data, str) and ERASE.match(one.callback_data)
    ]
    rows = [(Button(one.text, action=str(one.callback_data)),) for one in offered]
    return Told(answer.text, (*answer.buttons, *rows))


def remembered(seat: Seat, wording: Wording) -> Told:
    """What is kept, and how it ends."""
    rows = (write_row(wording), *keep_rows(seat, wording, kept=True))
    return Told(wording("mp-remembered", constituency=seat.name), rows)


async def forget_constituency(update: Update, context: Context) -> None:
    """Keep it no more."""
    await acknowledge(update)
    await put_constituency(update, context, None)
    await rewrite(update, with_offer(Told(wording_of(update, context)("mp-forgotten")), update))


async def put_constituency(update: Update, context: Context, name: str | None) -> None:
    """Keep this, or none; nobody is made known by forgetting."""
    now, key = context.services.now(), key_of(update)
    async with context.services.store.write() as connection:
        known = await find_subscriber(connection, key)
        if known is None and name is not None:
            language = language_of(update, context)
            known = await add_subscriber(connection, key, language=language, source=None, now=now)
        if known is not None:
            await set_choices(connection, known.id, constituency=name)


async def erase(update: Update, context: Context) -> None:
    """Delete the message with the postcode for whoever wrote it. Only what this very message offers is done."""
    wording, pressed, message = wording_of(update, context), context.match, update.effective_message
    user = update.effective_user
    if pressed is None or user is None or not offers(message, pressed.string):
        await acknowledge(update, wording.plain("notice-stale"))
        return
    if user.id != int(pressed["user"]):
        await acknowledge(update, wording.plain("notice-mp-not-yours"))
        return
    try:
        await context.bot.delete_message(key_of(update).chat_id, int(pressed["message"]))
    except (BadRequest, Forbidden):
        await acknowledge(update, wording.plain("notice-mp-not-erased"))
        return
    await acknowledge(update, wording.plain("notice-mp-erased"))


def offers(message: object, action: str) -> bool:
    """Whether this is under the message: a forged press may name any message of the chat."""
    if not isinstance(message, Message) or message.reply_markup is None:
        return False
    return any(button.callback_data == action for row in message.reply_markup.inline_keyboard for button in row)
