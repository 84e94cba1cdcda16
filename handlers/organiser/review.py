"""/review, and the presses on cards about stories: what decides them. What changes them first is in changing.py."""

import re
from dataclasses import replace

from telegram import Update

from bot.compose.card import reason_buttons
from bot.flows.ruling import Choice, fits
from bot.model.label import DISMISSALS, Reason
from bot.model.organiser import Act
from bot.store.cards import find_card
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.people import admit, admit_press

CARD = re.compile(
    r"^card:(?P<card>\d{1,15}):(?P<choice>publish|dismiss|all|none|choose|back)"
    rf"(?:\.(?P<reason>{'|'.join(DISMISSALS)}))?(?::(?P<story>\d{{1,15}}))?$"
)
"""A press on a card: which, what and why, and of which story where it holds several."""
DISMISSING = ("dismiss", "none")


async def review(update: Update, context: Context) -> None:
    """Send again what waits for a decision, and say how much that is."""
    chat = update.effective_chat
    if chat is None or not await admit(update, context, Act.REVIEW):
        return
    wording = wording_of(update, context)
    total, shown = await context.services.desk.cards.show(chat.id)
    if not total:
        await reply(update, wording("review-none"))
        return
    more = f"\n{wording('review-more', count=total - shown)}" if total > shown else ""
    await reply(update, wording("review-heading", count=total) + more)


async def press_card(update: Update, context: Context) -> None:
    """Decide, ask why it is dismissed, or open and close a fuse card.

    Whoever comes second is told, and sees what became of it.
    """
    pressed, chat = context.match, update.effective_chat
    if pressed is None or chat is None:
        return
    by = await admit_press(update, context, Act.REVIEW)
    if by is None:
        return
    card_id, name = int(pressed["card"]), pressed["choice"]
    if name in DISMISSING and pressed["reason"] is None:
        await ask_why(update, context, pressed)
        return
    if name in {"choose", "back"}:
        await acknowledge(update)
    else:
        await decide(update, context, pressed, by)
    await show_again(update, context, card_id, chat.id, choosing={"choose": True, "back": False}.get(name))
    context.services.wake("review")


async def decide(update: Update, context: Context, pressed: re.Match[str], by: int) -> None:
    """Do what the button says, and say what came of it."""
    choice, story = Choice(pressed["choice"]), pressed["story"]
    done = await context.services.desk.review.decide(
        int(pressed["card"]),
        choice,
        by=by,
        story_id=int(story) if story else None,
        reason=Reason(pressed["reason"] or Reason.OTHER),
    )
    await acknowledge(update, wording_of(update, context).plain(notice(choice, done=done)))


async def ask_why(update: Update, context: Context, pressed: re.Match[str]) -> None:
    """Show the reasons under the card, in this chat alone; nothing is decided before one is pressed."""
    services, wording, chat = context.services, wording_of(update, context), update.effective_chat
    async with services.store.read() as connection:
        card = await find_card(connection, int(pressed["card"]))
    story = int(pressed["story"]) if pressed["story"] else None
    open_still = card is not None and card.decided_at is None and fits(card, Choice(pressed["choice"]), story)
    await acknowledge(update, wording.plain("notice-why-dismissed" if open_still else "notice-decided-before"))
    if card is None or chat is None:
        return
    shown = await services.desk.cards.render(card, chat.id)
    reasons = reason_buttons(card, pressed["choice"], story, wording) if open_still else shown.buttons
    await rewrite(update, replace(shown, buttons=reasons))


def notice(choice: Choice, *, done: bool) -> str:
    """The words for what a press came to."""
    if not done:
        return "notice-decided-before"
    return "notice-published" if choice.publishes else "notice-dismissed"


async def show_again(
    update: Update, context: Context, card_id: int, chat_id: int, *, choosing: bool | None = None
) -> None:
    """Let the pressed message show its card as it stands now."""
    services = context.services
    async with services.store.read() as connection:
        card = await find_card(connection, card_id)
    if card is not None:
        await rewrite(update, await services.desk.cards.render(card, chat_id, choosing=choosing))
