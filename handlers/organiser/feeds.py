"""/feeds: each feed and how it is, in words."""

from collections.abc import Iterable, Iterator

from telegram import Update

from bot.compose import LIMIT, Wording, fit, visible_length
from bot.compose.card import moment
from bot.model.feed import FeedState
from bot.model.organiser import Act
from bot.store.feeds import list_feeds
from handlers.context import Context, reply, wording_of
from handlers.organiser.people import admit

FEED_LIMIT = 800


async def show_feeds(update: Update, context: Context) -> None:
    """Every listed feed, in as many messages as it takes."""
    if not await admit(update, context, Act.SEE):
        return
    wording = wording_of(update, context)
    async with context.services.store.read() as connection:
        feeds = await list_feeds(connection)
    heading = wording("feeds-heading", count=len(feeds)) if feeds else wording("feeds-none")
    for text in pages([heading, *(fit(feed_text(feed, wording), FEED_LIMIT) for feed in feeds)]):
        await reply(update, text)


def feed_text(feed: FeedState, wording: Wording) -> str:
    """A feed's name, then its health."""
    return "\n".join([wording("feed-name", name=feed.spec.name), *health(feed, wording)])


def health(feed: FeedState, wording: Wording) -> list[str]:
    """How it is: when it last answered, since when and why it fails, when it is asked next."""
    if not feed.spec.enabled:
        return [wording("feed-disabled")]
    coming = [wording("feed-next", at=moment(feed.next_poll_at, wording))] if feed.next_poll_at else []
    return [*present(feed, wording), *coming]


def present(feed: FeedState, wording: Wording) -> list[str]:
    """How the last polls went."""
    answered = feed.last_success_at
    if feed.failing_since is not None:
        since = moment(feed.failing_since, wording)
        failing = wording("feed-failing", since=since, failures=feed.failures, reason=feed.failure or "?")
        last = wording("feed-last", at=moment(answered, wording)) if answered else wording("feed-never")
        return [failing, last]
    return [wording("feed-well", at=moment(answered, wording)) if answered else wording("feed-new")]


def pages(blocks: Iterable[str]) -> Iterator[str]:
    """Blocks gathered into messages, each as long as Telegram takes; no block is cut."""
    page = ""
    for block in blocks:
        longer = f"{page}\n\n{block}" if page else block
        if visible_length(longer) > LIMIT:
            yield page
            longer = block
        page = longer
    yield page
