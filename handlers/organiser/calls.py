"""The presses on a call to action's way: submit, approve, reject with a reason, cancel, pause, stop; its receipt."""

import re
from dataclasses import replace

from telegram import Update

from bot.compose.calls import REJECTIONS, SEAL, call_button, rejection_buttons
from bot.compose.figures import compose_figures
from bot.flows.approving import Answer
from bot.flows.broadcast import WRITING
from bot.model.broadcast import Broadcast, Verb
from bot.model.draft import Await
from bot.model.message import Message
from bot.model.organiser import Act, CardKind
from bot.store.cards import find_card_of
from bot.store.outcomes import list_outcomes
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.panel import rewrite_panel
from handlers.organiser.people import admit_press
from handlers.organiser.review import show_again

_VERBS = "edit|change|submit|discard|approve|reject|cancel|pause|resume|stop"
CALL = re.compile(rf"^call:(?P<id>\d{{1,15}}):(?P<verb>{_VERBS}):(?P<seal>[0-9a-f]{{0,12}})$")
"""A press on a broadcast: which, what, and the beginning of the digest of the words it stood under."""
REJECT = re.compile(
    rf"^reject:(?P<id>\d{{1,15}}):(?P<reason>{'|'.join((*REJECTIONS, 'back'))}):(?P<seal>[0-9a-f]{{0,12}})$"
)
"""Why it is rejected."""
AFTER = re.compile(r"^after:(?P<id>\d{1,15}):(?P<what>figures|retry):(?P<seal>[0-9a-f]{0,12})$")
"""What is done with a receipt."""


async def press_call(update: Update, context: Context) -> None:
    """Do what was pressed, if this person may and nothing has changed since; say so either way."""
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.SEE)
    if by is None:
        return
    broadcast_id, verb = int(pressed["id"]), Verb(pressed["verb"])
    if verb is Verb.SUBMIT:
        await acknowledge(update)  # the links are looked at first, and Telegram does not wait for long
    answer = await context.services.desk.broadcasting.press(broadcast_id, verb, pressed["seal"], by=by)
    if answer is Answer.REASON:
        await ask_reason(update, context, broadcast_id)
        return
    if verb is Verb.SUBMIT and answer is not Answer.DONE:
        await reply(update, wording_of(update, context)(f"notice-{answer.value}"))
    await acknowledge(update, wording_of(update, context).plain(f"notice-{answer.value}"))
    await show_result(update, context, broadcast_id, verb, answer)


async def show_result(update: Update, context: Context, broadcast_id: int, verb: Verb, answer: Answer) -> None:
    """Let the pressed message show what came of it."""
    if verb not in WRITING:
        if answer in {Answer.DONE, Answer.CHANGED}:
            await show_card(update, context, broadcast_id)
    elif answer is Answer.DONE or verb is Verb.SUBMIT:
        await show_draft(update, context, broadcast_id, verb if answer is Answer.DONE else Verb.SUBMIT)


async def show_card(update: Update, context: Context, broadcast_id: int) -> None:
    """Let the pressed card show how its broadcast stands now."""
    async with context.services.store.read() as connection:
        card = await find_card_of(connection, CardKind.BROADCAST, broadcast_id)
    if card is not None and update.effective_chat is not None:
        await show_again(update, context, card.id, update.effective_chat.id)


async def show_draft(update: Update, context: Context, broadcast_id: int, verb: Verb) -> None:
    """Let the pressed panel show what the press did, and what may be done next."""
    wording = wording_of(update, context)
    current = await context.services.desk.drafting.find(broadcast_id)
    if current is None or verb is Verb.DISCARD:
        await rewrite(update, wording("broadcast-discarded"))
    elif verb is Verb.EDIT:
        key = "broadcast-prompt-again"
        await rewrite(update, Message(wording(key), ((call_button(current, Verb.DISCARD, wording),),)))
    else:
        await rewrite_panel(update, context, broadcast_id)


async def ask_reason(update: Update, context: Context, broadcast_id: int) -> None:
    """Show the reasons under the card, in this chat alone; nothing is decided before one is pressed."""
    services, wording, chat = context.services, wording_of(update, context), update.effective_chat
    await acknowledge(update, wording.plain("notice-reason"))
    current = await services.desk.drafting.find(broadcast_id)
    async with services.store.read() as connection:
        card = await find_card_of(connection, CardKind.BROADCAST, broadcast_id)
    if card is None or current is None or chat is None:
        return
    shown = await services.desk.cards.render(card, chat.id)
    await rewrite(update, replace(shown, buttons=rejection_buttons(current, wording)))


async def press_reject(update: Update, context: Context) -> None:
    """Reject it for a reason; for another than those of the buttons, let it be typed."""
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.APPROVE)
    if by is None:
        return
    broadcast_id, reason, seal = int(pressed["id"]), pressed["reason"], pressed["seal"]
    if reason == "back":
        await acknowledge(update)
    elif reason == "other":
        await ask_words(update, context, broadcast_id, seal, by)
        return
    else:
        press = context.services.desk.broadcasting.press
        answer = await press(broadcast_id, Verb.REJECT, seal, by=by, reason=reason)
        await acknowledge(update, wording_of(update, context).plain(f"notice-{answer.value}"))
    await show_card(update, context, broadcast_id)


async def ask_words(update: Update, context: Context, broadcast_id: int, seal: str, by: int) -> None:
    """Ask whoever rejects it for the reason, in private."""
    services, wording = context.services, wording_of(update, context)
    answer = await services.desk.drafting.ask(broadcast_id, seal, Await.REASON, by=by)
    await acknowledge(
        update, wording.plain("notice-type-reason" if answer is Answer.DONE else f"notice-{answer.value}")
    )
    if answer is Answer.DONE:
        await services.desk.drafting.post(by, Message(wording("ask-reason", number=str(broadcast_id))))


async def press_after(update: Update, context: Context) -> None:
    """The figures as a file, or the failed once more."""
    pressed = context.match
    if pressed is None:
        return
    retrying = pressed["what"] == "retry"
    by = await admit_press(update, context, Act.DRAFT if retrying else Act.SEE)
    if by is None:
        return
    current = await context.services.desk.drafting.find(int(pressed["id"]))
    if retrying:
        answer = await context.services.desk.broadcasting.retry(int(pressed["id"]), pressed["seal"], by=by)
        done = answer is Answer.DONE
        await acknowledge(
            update, wording_of(update, context).plain("notice-retried" if done else f"notice-{answer.value}")
        )
    elif current is None or current.message_id is None or current.digest[:SEAL] != pressed["seal"]:
        await acknowledge(update, wording_of(update, context).plain("notice-changed"))
    else:
        await acknowledge(update)
        await send_figures(update, context, current)


async def send_figures(update: Update, context: Context, current: Broadcast) -> None:
    """What became of its deliveries, by state, reason and hour; no number in it points at somebody."""
    async with context.services.store.read() as connection:
        outcomes = await list_outcomes(connection, current.message_id or 0)
    if update.effective_chat is not None:
        content = compose_figures(outcomes).encode()
        await update.effective_chat.send_document(content, filename=f"call-{current.id}.csv")
