"""The presses that change a waiting story before it is decided: merge it into another, take an entry out of it."""

import re
from dataclasses import replace

from telegram import Update

from bot.compose.card import merge_into_buttons
from bot.flows.subjects import list_subjects
from bot.model.organiser import Act, Card, CardKind
from bot.store.cards import find_card
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.merging import find_split
from handlers.organiser.people import admit_press
from handlers.organiser.review import show_again

CHANGE = re.compile(r"^card:(?P<card>\d{1,15}):(?P<change>like|split|into:(?P<story>\d{1,15}))$")
"""A press that asks for stories to merge with, names one, or asks what could be taken out."""


async def press_change(update: Update, context: Context) -> None:
    """Show what can be chosen, or merge; nothing is published by any of it."""
    pressed, chat = context.match, update.effective_chat
    if pressed is None or chat is None:
        return
    by = await admit_press(update, context, Act.REVIEW)
    if by is None:
        return
    card_id, wording = int(pressed["card"]), wording_of(update, context)
    if pressed["story"]:
        done = await context.services.desk.merging.merge_card(card_id, int(pressed["story"]), by=by)
        await acknowledge(update, wording.plain("notice-merged" if done else "notice-decided-before"))
        await show_again(update, context, card_id, chat.id)
        context.services.wake("review")
        return
    card = await find_waiting(context, card_id)
    if card is None:
        await acknowledge(update, wording.plain("notice-decided-before"))
        await show_again(update, context, card_id, chat.id)
    elif pressed["change"] == "split":
        await acknowledge(update)
        await reply(update, await find_split(update, context, card.subject_ids[0]))
    else:
        await ask_into(update, context, card)


async def ask_into(update: Update, context: Context, card: Card) -> None:
    """Show under the card, in this chat alone, with which stories it may be put together."""
    chat, wording = update.effective_chat, wording_of(update, context)
    if chat is None:
        return
    await acknowledge(update, wording.plain("notice-merge-into"))
    async with context.services.store.read() as connection:
        similar = await list_subjects(connection, card.similar)
    shown = await context.services.desk.cards.render(card, chat.id)
    await rewrite(update, replace(shown, buttons=merge_into_buttons(card, similar, wording)))


async def find_waiting(context: Context, card_id: int) -> Card | None:
    """The card of one story, if it waits still."""
    async with context.services.store.read() as connection:
        card = await find_card(connection, card_id)
    return card if card is not None and card.kind is CardKind.STORY and card.decided_at is None else None
