"""/feeds: the list of feeds, one feed's card, and what organisers do with it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from telegram import Update

from bot.compose.feed_words import failed_trial_lines, trial_lines
from bot.compose.feeds import compose_card, compose_list, compose_removal, compose_removed
from bot.errors import AlertsError
from bot.model.feed import FeedState
from bot.model.message import Message
from bot.model.organiser import Act
from bot.store.feeds import find_feed, list_feeds
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.adding import look_for_feed
from handlers.organiser.people import admit, admit_press

LIST = re.compile(r"^feeds:page:(?P<page>\d{1,4})$")
"""A press that turns the list to a page."""
FEED = re.compile(r"^feed:(?P<id>\d{1,15}):(?P<verb>open|test|pause|resume|remove|confirm):(?P<page>\d{1,4})$")
"""A press on a feed's card: which, what, and the page of the list to go back to."""


async def show_feeds(update: Update, context: Context) -> None:
    """The list; or with `add` and an address, what feeds are there."""
    words = (context.args or [])[:]
    if not words:
        if await admit(update, context, Act.SEE):
            await reply(update, await list_page(update, context, 0))
    elif await admit(update, context, Act.FEEDS):
        if words[0].lower() == "add" and len(words) > 1:
            await look_for_feed(update, context, " ".join(words[1:]))
        else:
            await reply(update, wording_of(update, context)("feeds-usage"))


async def list_page(update: Update, context: Context, page: int) -> Message:
    """A page of the list as it stands now."""
    async with context.services.store.read() as connection:
        feeds = await list_feeds(connection)
    return compose_list(feeds, page, context.services.now(), wording_of(update, context))


async def turn_feeds(update: Update, context: Context) -> None:
    """Show another page in the place of this one."""
    if context.match is None or await admit_press(update, context, Act.SEE) is None:
        return
    await acknowledge(update)
    await rewrite(update, await list_page(update, context, int(context.match["page"])))


async def press_feed(update: Update, context: Context) -> None:
    """Do what was pressed on a feed's card, and show how the feed stands then."""
    pressed = context.match
    if pressed is None:
        return
    verb, page = pressed["verb"], int(pressed["page"])
    by = await admit_press(update, context, Act.SEE if verb == "open" else Act.FEEDS)
    if by is None:
        return
    async with context.services.store.read() as connection:
        feed = await find_feed(connection, int(pressed["id"]))
    if feed is None:
        await acknowledge(update, wording_of(update, context).plain("notice-feed-gone"))
        await rewrite(update, await list_page(update, context, page))
        return
    await rewrite(update, await DEEDS[verb](update, context, feed, page, by))


async def open_card(update: Update, context: Context, feed: FeedState, page: int, by: int) -> Message:
    """The feed's card."""
    del by
    await acknowledge(update)
    return await card(update, context, feed, page)


async def test(update: Update, context: Context, feed: FeedState, page: int, by: int) -> Message:
    """Fetch the feed now, and say what that showed; nothing of it is kept."""
    del by
    wording = wording_of(update, context)
    await acknowledge(update, wording.plain("notice-feed-testing"))
    try:
        trial = await context.services.adding.test(feed)
    except AlertsError as error:
        lines = failed_trial_lines(str(error), wording)
    else:
        lines = [*trial_lines(trial, feed.spec.kind, wording), wording("trial-nothing-kept")]
    return await card(update, context, feed, page, tested=lines)


async def switch(update: Update, context: Context, feed: FeedState, page: int, by: int) -> Message:
    """Pause it or resume it; a second press of the same is told so."""
    on = context.match is not None and context.match["verb"] == "resume"
    done = await context.services.adding.switch(feed.id, on=on, by=by)
    key = "notice-feed-same" if not done else "notice-feed-resumed" if on else "notice-feed-paused"
    await acknowledge(update, wording_of(update, context).plain(key))
    return await card(update, context, feed, page)


async def ask_removal(update: Update, context: Context, feed: FeedState, page: int, by: int) -> Message:
    """Ask whether it is meant."""
    del by
    await acknowledge(update)
    return compose_removal(feed, page, wording_of(update, context))


async def remove(update: Update, context: Context, feed: FeedState, page: int, by: int) -> Message:
    """Remove it."""
    wording = wording_of(update, context)
    done = await context.services.adding.remove(feed.id, by=by)
    await acknowledge(update, wording.plain("notice-feed-removed" if done else "notice-feed-same"))
    return compose_removed(feed, page, wording)


async def card(
    update: Update, context: Context, feed: FeedState, page: int, *, tested: list[str] | None = None
) -> Message:
    """The feed's card as it stands now."""
    services = context.services
    async with services.store.read() as connection:
        current = await find_feed(connection, feed.id)
    return compose_card(current or feed, page, services.now(), wording_of(update, context), tested=tested or ())


Deed = Callable[[Update, Context, FeedState, int, int], Awaitable[Message]]
DEEDS: Final[Mapping[str, Deed]] = {
    "open": open_card,
    "test": test,
    "pause": switch,
    "resume": switch,
    "remove": ask_removal,
    "confirm": remove,
}
"""What each button does: it answers the press, and gives the message to show in its place."""
