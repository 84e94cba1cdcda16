"""/feeds add: an address is looked at, a feed chosen, given its kind and added, all by buttons."""

import re

from telegram import Update

from bot.compose.adding import compose_added, compose_known, compose_several, compose_tried
from bot.flows.adding import Found, Look
from bot.model.feed import FeedKind
from bot.model.message import Message
from bot.model.organiser import Act
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.people import admit_press

ADDING = re.compile(
    r"^feeds:add:(?P<id>\d{1,15}):"
    r"(?:pick:(?P<number>\d{1,2})|kind:(?P<kind>inspectorate|government|parliament|news|charity)|(?P<end>yes|drop))$"
)
"""A press on the way: which draft, and which feed of it, which kind, or the end."""
TYPED_LIMIT = 100


async def look_for_feed(update: Update, context: Context, typed: str) -> None:
    """Say what feeds are at an address, and ask what is to be chosen. The caller has made sure that they may."""
    user = update.effective_user
    if user is None:
        return
    wording = wording_of(update, context)
    await reply(update, wording("adding-looking", url=typed[:TYPED_LIMIT]))
    look = await context.services.adding.look(typed, by=user.id)
    if look.found is Found.NO_ADDRESS:
        await reply(update, wording("adding-no-address", typed=typed[:TYPED_LIMIT]))
    else:
        await reply(update, show(look, update, context))


async def press_adding(update: Update, context: Context) -> None:
    """Do what was pressed, and show what is to be chosen next; a second press of the same changes nothing."""
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.FEEDS)
    if by is None:
        return
    draft_id = int(pressed["id"])
    if pressed["number"]:
        # Fetching takes its time, and a button must not spin that long.
        await acknowledge(update, wording_of(update, context).plain("notice-feed-testing"))
        await rewrite(
            update, show(await context.services.adding.pick(draft_id, int(pressed["number"])), update, context)
        )
    elif pressed["end"] == "drop":
        await settle(update, context, await context.services.adding.drop(draft_id))
    elif pressed["end"]:
        await settle(update, context, await context.services.adding.add(draft_id, by=by))
    else:
        await settle(update, context, await context.services.adding.choose(draft_id, FeedKind(pressed["kind"])))


async def settle(update: Update, context: Context, look: Look) -> None:
    """Show where it stands; what says that it was added stays when a second press comes late."""
    if look.found is Found.PASSED:
        await acknowledge(update, wording_of(update, context).plain("notice-adding-passed"))
    else:
        await acknowledge(update)
        await rewrite(update, show(look, update, context))


def show(look: Look, update: Update, context: Context) -> Message:
    """What a look came to, in words, with what can be chosen."""
    wording = wording_of(update, context)
    if look.feed is not None:
        return (compose_added if look.found is Found.ADDED else compose_known)(look.feed, wording)
    if look.draft is not None and look.found is Found.TRIED:
        return compose_tried(look.draft, wording)
    if look.draft is not None and len(look.draft.found) > 1:
        return compose_several(look.draft, wording, reason=look.reason)
    if look.found is Found.UNREADABLE:
        return Message(wording("adding-unreadable", reason=look.reason.rstrip(".")))
    return Message(wording(f"adding-{look.found.value}"))
