"""A correction on its way: its words, its preview, and the presses that move it on."""

import re
from dataclasses import replace

from telegram import Update
from telegram.error import BadRequest

from bot.compose.amendment import SEAL, amend_button, compose_controls, compose_sentences
from bot.compose.correction import compose_told
from bot.compose.reason import because, with_reason
from bot.compose.wording import Wording
from bot.errors import ComposeError
from bot.flows.approving import Answer
from bot.model.amendment import Amendment, AmendmentState, Body, SentMessage, Step
from bot.model.message import Message
from bot.model.organiser import Act, CardKind, may
from bot.store.amendments import find_amendment
from bot.store.cards import find_card_of
from bot.store.sent import find_sent_message
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.people import admit_press
from handlers.organiser.review import show_again

AMEND = re.compile(
    r"^amend:(?P<id>\d{1,15}):(?:(?P<step>submit|reopen|discard|approve|reject|note|text)|(?P<body>page|stays)"
    r"|(?P<tell>tell|hush)|(?P<picture>bare|drawn)|(?P<show>show)|s(?P<page>\d)|(?P<sentences>sentences)|t(?P<sentence>\d{1,2}))"
    r":(?P<seal>[0-9a-f]{0,12})$"
)
"""A press on a correction: which, what, and the beginning of the digest of the words it stood under."""
SENTENCES = 6


def prompt_note(amendment: Amendment, wording: Wording) -> Message:
    """Ask for the note, with a way out."""
    return Message(wording("correction-note-prompt"), ((amend_button(amendment, "discard", wording),),))


async def take_words(update: Update, context: Context) -> bool:
    """Take a private message as an organiser's awaited note or text; False where none is awaited."""
    author, message = update.effective_user, update.message
    if author is None or message is None or message.text is None:
        return False
    waiting = await context.services.desk.correcting.find_waiting(author.id)
    if waiting is None or not may(await context.services.find_role(author.id), Act.CORRECT):
        return False
    wording = wording_of(update, context)
    try:
        # The library escapes more than Telegram's HTML needs.
        html = message.text_html.replace("&#x27;", "'").strip()
        draft = await context.services.desk.correcting.write(waiting, message.text, html)
    except ComposeError as error:
        await reply(update, wording("correction-refused", reason=str(error)))
        return True
    if draft is None:
        await reply(update, wording("correction-moved"))
    else:
        await show_draft(update, context, draft)
    return True


async def show_draft(update: Update, context: Context, draft: Amendment) -> None:
    """Show the message as every copy will, and below it what can be done."""
    wording = wording_of(update, context)
    message = await find_message(context, draft)
    if message is None:
        return
    try:
        await show_whole(update, context, draft, message)
    except BadRequest as error:
        await reply(update, wording("correction-refused", reason=error.message))
        return
    single = context.services.settings.single_organiser
    await reply(update, compose_controls(draft, message, wording, single=single))


async def show_whole(update: Update, context: Context, draft: Amendment, message: SentMessage) -> None:
    """The message as every copy will show it, in each language, and what those are told who have one."""
    services = context.services
    for language, text in draft.texts.items():
        wording = services.wordings.get(language) or services.wording()
        await reply(update, with_reason(text, because("", wording, str, message.kind)))
    if draft.tell:
        await reply(update, compose_told(draft.note, message.created_at, wording_of(update, context)))


async def find_message(context: Context, amendment: Amendment) -> SentMessage | None:
    """What is corrected."""
    async with context.services.store.read() as connection:
        return await find_sent_message(connection, amendment.message_id)


async def press_amend(update: Update, context: Context) -> None:
    """Do what was pressed, if this person may and nothing has changed since; say so either way."""
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.SEE)
    if by is None:
        return
    if pressed["step"]:
        await move(update, context, pressed, by)
        return
    async with context.services.store.read() as connection:
        amendment = await find_amendment(connection, int(pressed["id"]))
    if amendment is None or amendment.digest[:SEAL] != pressed["seal"]:
        await acknowledge(update, wording_of(update, context).plain("notice-changed"))
    elif pressed["show"]:
        await acknowledge(update)
        message = await find_message(context, amendment)
        if message is not None:
            await show_whole(update, context, amendment, message)
    elif pressed["sentences"] or pressed["page"]:
        await acknowledge(update)
        await choose(update, context, amendment, int(pressed["page"] or 0))
    else:
        await change(update, context, amendment, pressed, by)


async def move(update: Update, context: Context, pressed: re.Match[str], by: int) -> None:
    """A step of a correction."""
    step, amendment_id = Step(pressed["step"]), int(pressed["id"])
    said = await context.services.desk.correcting.press(amendment_id, step, pressed["seal"], by=by)
    await acknowledge(update, wording_of(update, context).plain(f"notice-{said.value}"))
    if said not in {Answer.DONE, Answer.CHANGED}:
        return
    if step in {Step.APPROVE, Step.REJECT}:
        await show_card(update, context, amendment_id)
    elif said is Answer.DONE:
        await show_step(update, context, amendment_id, step)


async def show_card(update: Update, context: Context, amendment_id: int) -> None:
    """Let the pressed card show how its correction stands now."""
    async with context.services.store.read() as connection:
        card = await find_card_of(connection, CardKind.AMENDMENT, amendment_id)
    if card is not None and update.effective_chat is not None:
        await show_again(update, context, card.id, update.effective_chat.id)


async def show_step(update: Update, context: Context, amendment_id: int, step: Step) -> None:
    """Let the author's message show what their press did, and what they may do next."""
    wording = wording_of(update, context)
    async with context.services.store.read() as connection:
        amendment = await find_amendment(connection, amendment_id)
    if amendment is None or step is Step.DISCARD:
        await rewrite(update, wording("correction-discarded"))
    elif step is Step.SUBMIT:
        back = tuple(amend_button(amendment, name, wording) for name in ("reopen", "discard"))
        await rewrite(update, Message(wording("correction-submitted"), (back,)))
    elif step is Step.REOPEN:
        await show_draft(update, context, amendment)
    else:
        key = "note" if amendment.state is AmendmentState.AWAITING_NOTE else "text"
        discard = amend_button(amendment, "discard", wording)
        await rewrite(update, Message(wording(f"correction-{key}-prompt"), ((discard,),)))


async def change(update: Update, context: Context, amendment: Amendment, pressed: re.Match[str], by: int) -> None:
    """Another body, or whether people are told."""
    changes: dict[str, object] = {"tell": pressed["tell"] == "tell"}
    if pressed["body"]:
        page = pressed["body"] == "page"
        changes = {"body": Body(page=page, bare=page)}
    if pressed["picture"]:
        changes = {"body": replace(amendment.body, bare=pressed["picture"] == "bare")}
    if pressed["sentence"]:
        changes = {"body": await toggled(context, amendment, int(pressed["sentence"]))}
    wording, correcting = wording_of(update, context), context.services.desk.correcting
    draft = await correcting.change(amendment.id, pressed["seal"], by=by, **changes)
    if isinstance(draft, Answer):
        await acknowledge(update, wording.plain(f"notice-{draft.value}"))
        return
    await acknowledge(update)
    if pressed["sentence"]:
        await choose(update, context, draft, int(pressed["sentence"]) // SENTENCES)
    else:
        await show_draft(update, context, draft)


async def toggled(context: Context, amendment: Amendment, number: int) -> Body:
    """The sentences chosen, with this one or without it, in the source's order."""
    offered = await list_sentences(context, amendment)
    chosen = set(amendment.body.sentences) ^ set(offered[number : number + 1])
    return replace(amendment.body, sentences=tuple(one for one in offered if one in chosen))


async def list_sentences(context: Context, amendment: Amendment) -> list[str]:
    """What can be chosen."""
    message = await find_message(context, amendment)
    if message is None or message.story_id is None:
        return []
    async with context.services.store.read() as connection:
        found = await context.services.desk.correcting.rewording.list_sentences(connection, message.story_id)
    return list(found)


async def choose(update: Update, context: Context, amendment: Amendment, page: int) -> None:
    """The source's sentences, a button each; the pressed message becomes the list."""
    offered = await list_sentences(context, amendment)
    wording = wording_of(update, context)
    await rewrite(update, compose_sentences(amendment, offered, page, wording, per_page=SENTENCES))
