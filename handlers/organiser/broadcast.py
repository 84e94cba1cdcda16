"""/broadcast: the author's words, a preview, and the presses that move it on."""

import re

from telegram import Message as TelegramMessage
from telegram import Update
from telegram.error import BadRequest

from bot.compose.calls import author_buttons, call_button, compose_controls, compose_preview
from bot.errors import ComposeError
from bot.flows.broadcast import AUTHORS, Answer
from bot.model.broadcast import Broadcast, Verb
from bot.model.message import Message
from bot.model.organiser import Act, CardKind, may
from bot.store.broadcasts import find_broadcast
from bot.store.cards import find_card_of
from bot.store.organisers import list_organisers
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.people import admit, admit_press
from handlers.organiser.review import show_again
from handlers.questions.unknown import unknown_text

CALL = re.compile(
    r"^call:(?P<id>\d{1,15}):(?P<verb>edit|submit|discard|approve|reject|cancel|stop):(?P<seal>[0-9a-f]{0,12})$"
)
"""A press on a broadcast: which, what, and the beginning of the digest of the words it stood under."""
_COMMAND = re.compile(r"^/\w+(@\w+)?\s*")


async def broadcast(update: Update, context: Context) -> None:
    """Take the text that follows the command, or ask for it."""
    author = update.effective_user
    if author is None or update.message is None or not await admit(update, context, Act.DRAFT, private=True):
        return
    waiting = await context.services.desk.broadcasting.begin(author.id)
    html = _COMMAND.sub("", html_of(update.message), count=1)
    if html:
        await take(update, context, waiting, html)
    else:
        await reply(update, prompt(waiting, context, update, "broadcast-prompt"))


async def take_text(update: Update, context: Context) -> None:
    """A private message: an organiser's awaited text, or else what nobody can read."""
    author, message = update.effective_user, update.message
    if author is None or message is None:
        return
    waiting = await context.services.desk.broadcasting.find_awaiting(author.id)
    if waiting is None or not may(await context.services.find_role(author.id), Act.DRAFT):
        await unknown_text(update, context)
    elif message.text is None:
        await reply(update, wording_of(update, context)("broadcast-text-only"))
    else:
        await take(update, context, waiting, html_of(message))


def html_of(message: TelegramMessage) -> str:
    """What was written, with its formatting, as Telegram HTML. The library escapes more than Telegram's HTML needs."""
    return message.text_html.replace("&#x27;", "'").strip()


async def take(update: Update, context: Context, waiting: Broadcast, html: str) -> None:
    """Show the words as readers would get them; only what Telegram takes becomes the draft."""
    broadcasting, wording = context.services.desk.broadcasting, wording_of(update, context)
    try:
        message = broadcasting.compose(html)
        await reply(update, compose_preview(message, wording))
    except (ComposeError, BadRequest) as error:
        await reply(update, wording("broadcast-refused", reason=str(error)))
        return
    draft = await broadcasting.write(waiting, message)
    if draft is None:
        await reply(update, wording("broadcast-moved"))
        return
    single = context.services.settings.single_organiser
    await reply(update, compose_controls(draft, await broadcasting.reach(), wording, single=single))


async def press_call(update: Update, context: Context) -> None:
    """Do what was pressed, if this person may and nothing has changed since; say so either way."""
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.SEE)
    if by is None:
        return
    broadcast_id, verb = int(pressed["id"]), Verb(pressed["verb"])
    answer = await context.services.desk.broadcasting.press(broadcast_id, verb, pressed["seal"], by=by)
    await acknowledge(update, wording_of(update, context).plain(f"notice-{answer.value}"))
    if answer not in {Answer.DONE, Answer.CHANGED}:
        return
    if verb not in AUTHORS:
        await show_card(update, context, broadcast_id)
    elif answer is Answer.DONE:
        await show_controls(update, context, broadcast_id, verb)


async def show_card(update: Update, context: Context, broadcast_id: int) -> None:
    """Let the pressed card show how its broadcast stands now."""
    async with context.services.store.read() as connection:
        card = await find_card_of(connection, CardKind.BROADCAST, broadcast_id)
    if card is not None and update.effective_chat is not None:
        await show_again(update, context, card.id, update.effective_chat.id)


async def show_controls(update: Update, context: Context, broadcast_id: int, verb: Verb) -> None:
    """Let the author's message show what their press did, and what they may do next."""
    wording = wording_of(update, context)
    async with context.services.store.read() as connection:
        current = await find_broadcast(connection, broadcast_id)
    if current is None or verb is Verb.DISCARD:
        await rewrite(update, wording("broadcast-discarded"))
    elif verb is Verb.EDIT:
        await rewrite(update, prompt(current, context, update, "broadcast-prompt-again"))
    else:
        key = await submitted(current, context)
        await rewrite(update, Message(wording(key), author_buttons(current, wording)))


async def submitted(current: Broadcast, context: Context) -> str:
    """Who can approve it."""
    settings = context.services.settings
    if settings.single_organiser:
        return "broadcast-submitted-single"
    async with context.services.store.read() as connection:
        known = await list_organisers(connection, settings.owners)
    others = [one for one in known if may(one.role, Act.APPROVE) and one.user_id != current.author_id]
    return "broadcast-submitted" if others else "broadcast-submitted-alone"


def prompt(waiting: Broadcast, context: Context, update: Update, key: str) -> Message:
    """Ask for the text, with a way out."""
    wording = wording_of(update, context)
    return Message(wording(key), ((call_button(waiting, Verb.DISCARD, wording),),))
