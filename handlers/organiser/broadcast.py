"""/broadcast and /rehearse: an organiser's message becomes a draft; what is typed for a draft becomes a part of it."""

import re
from collections.abc import Callable
from dataclasses import replace

from telegram import Message as TelegramMessage
from telegram import Update

from bot.compose.calls import SEAL, call_button, compose_preview
from bot.errors import ComposeError
from bot.flows.approving import Answer
from bot.flows.choosing import PAGE_OF, follow
from bot.model.broadcast import Broadcast, Verb
from bot.model.delivery import Fate
from bot.model.draft import Await
from bot.model.message import Message
from bot.model.organiser import Act, may
from handlers.context import Context, reply, wording_of
from handlers.organiser.content import Content, read_content
from handlers.organiser.panel import UNFINISHED, post_panel, refresh_panel
from handlers.organiser.people import admit
from handlers.questions.unknown import unknown_text

CAPTIONED = re.compile(r"^/(broadcast|rehearse)(@\w+)?\b")
"""A caption that is a command: Telegram marks it, but the library looks for commands in texts alone."""
_COMMAND = re.compile(r"^/\w+(@\w+)?\s*")
LONGEST_REASON = 300


async def broadcast(update: Update, context: Context) -> None:
    """Begin a draft, or open one again by its number."""
    await begin(update, context, training=False)


async def rehearse(update: Update, context: Context) -> None:
    """The same from end to end, for organisers alone."""
    await begin(update, context, training=True)


async def captioned(update: Update, context: Context) -> None:
    """A photo or document whose caption begins with the command."""
    caption = update.message.caption if update.message else None
    await begin(update, context, training=(caption or "").startswith("/rehearse"))


async def begin(update: Update, context: Context, *, training: bool) -> None:
    """Make a draft of what follows the command or of the message that it answers, or ask for it."""
    author, message = update.effective_user, update.message
    if author is None or message is None or not await admit(update, context, Act.DRAFT, private=True):
        return
    if await reopen(update, context):
        return
    waiting = await context.services.desk.drafting.begin(author.id, training=training)
    source = source_of(message)
    if source is None:
        key = "rehearse-prompt" if training else "broadcast-prompt"
        await reply(update, prompt(waiting, context, update, key))
    else:
        await take(update, context, waiting, source)


async def reopen(update: Update, context: Context) -> bool:
    """Show the panel of the draft whose number follows the command, to any organiser; False where there is none."""
    words, chat = context.args or [], update.effective_chat
    if len(words) != 1 or not re.fullmatch(r"\d{1,15}", words[0], re.ASCII) or chat is None:
        return False
    found = await context.services.desk.drafting.find(int(words[0]))
    if found is None or found.state not in UNFINISHED:
        return False
    await post_panel(context, found, chat.id)
    return True


def source_of(message: TelegramMessage) -> Content | str | None:
    """What follows the command, or else the message that it answers; None where there is neither."""
    own = read_content(message)
    if isinstance(own, Content):
        html = _COMMAND.sub("", own.html, count=1)
        if html:
            return replace(own, html=html, plain=_COMMAND.sub("", own.plain, count=1))
    return read_content(message.reply_to_message) if message.reply_to_message else None


async def take_text(update: Update, context: Context) -> None:
    """A private message: what an organiser's draft waits for, or else what nobody can read."""
    author, message = update.effective_user, update.message
    if author is None or message is None:
        return
    organising = may(await context.services.find_role(author.id), Act.DRAFT)
    waiting = await context.services.desk.drafting.find_awaiting(author.id) if organising else None
    if waiting is None:
        await unknown_text(update, context)
        return
    found, step = waiting
    content = read_content(message)
    if step is Await.TEXT:
        await take(update, context, found, content)
    elif isinstance(content, str) or content.attachment is not None:
        await reply(update, wording_of(update, context)("draft-words-only"))
    elif step is Await.REASON:
        await take_reason(update, context, found, content)
    else:
        await take_step(update, context, found, step, content)


async def take(update: Update, context: Context, waiting: Broadcast, content: Content | str) -> None:
    """Show the words as readers would get them; only what Telegram takes becomes the draft."""
    drafting, wording = context.services.desk.drafting, wording_of(update, context)
    author, chat = update.effective_user, update.effective_chat
    if author is None or chat is None:
        return
    if isinstance(content, str):
        await reply(update, wording(content))
        return
    try:
        message = drafting.compose(content.html, content.attachment, training=waiting.training)
        drafting.check_fit(waiting, message)
        await preview(context, chat.id, message)
    except ComposeError as error:
        await reply(update, wording("broadcast-refused", reason=str(error)))
        return
    draft = await drafting.write(waiting, message, by=author.id)
    if draft is None:
        await reply(update, wording("broadcast-moved"))
    else:
        await post_panel(context, draft, chat.id)


async def preview(context: Context, chat_id: int, message: Message, language: str = "en") -> None:
    """Send words to their author as readers would get them; raises ComposeError where Telegram refuses them."""
    drafting = context.services.desk.drafting
    receipt = await drafting.post(chat_id, compose_preview(message, drafting.said_in(language)))
    if receipt.fate is not Fate.SENT:
        raise ComposeError(drafting.wording.plain("broadcast-telegram-refused", reason=receipt.reason))


async def take_step(update: Update, context: Context, found: Broadcast, step: Await, content: Content) -> None:
    """Take what was typed for the panel, and let the panel show it."""
    author, chat, wording = update.effective_user, update.effective_chat, wording_of(update, context)
    if author is None or chat is None:
        return
    try:
        if step is Await.WELSH:
            await preview(context, chat.id, context.services.desk.drafting.compose_other(found, content.html), "cy")
        answer = await keep_step(context, found, step, content, author.id)
    except ComposeError as error:
        await reply(update, wording("broadcast-refused", reason=str(error)))
        return
    if answer is not Answer.DONE:
        await reply(update, wording("broadcast-moved"))
        return
    page = "audience" if step is Await.TOPIC else PAGE_OF.get(step.value, "main")
    if await refresh_panel(context, found.id, chat.id, page):
        await reply(update, wording("draft-taken"))


async def keep_step(context: Context, found: Broadcast, step: Await, content: Content, by: int) -> Answer:
    """Make it a part of the draft; raises ComposeError with a sentence where it is not what was asked for."""
    drafting = context.services.desk.drafting
    if step is not Await.TOPIC:
        return await drafting.take(found, step, content.html, content.plain, by=by)
    follows = find_followed(context)(content.plain)
    if follows is None:
        raise ComposeError(drafting.wording.plain("draft-not-place"))
    return await drafting.change(found.id, found.digest[:SEAL], lambda draft: follow(draft, follows), by=by)


def find_followed(context: Context) -> Callable[[str], str | None]:
    """What names a place or topic as subscriptions do, or finds none, or more than one."""
    asking = context.services.asking

    def find(words: str) -> str | None:
        places = asking.find_places(words).fitting
        if len(places) == 1:
            return f"institution:{places[0]}"
        topic = asking.find_topic(words)
        return f"topic:{topic}" if topic and not places else None

    return find


async def take_reason(update: Update, context: Context, found: Broadcast, content: Content) -> None:
    """Reject it for the reason that was typed."""
    author, wording = update.effective_user, wording_of(update, context)
    if author is None or not content.plain:
        return
    reason = f"other:{content.plain[:LONGEST_REASON]}"
    press = context.services.desk.broadcasting.press
    answer = await press(found.id, Verb.REJECT, found.digest[:SEAL], by=author.id, reason=reason)
    await reply(update, wording(f"notice-{answer.value}"))


def prompt(waiting: Broadcast, context: Context, update: Update, key: str) -> Message:
    """Ask for the text, with a way out."""
    wording = wording_of(update, context)
    return Message(wording(key), ((call_button(waiting, Verb.DISCARD, wording),),))
