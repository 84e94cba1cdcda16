"""/status: how things stand, in words."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Update

from bot.compose import Markup, Wording, fit
from bot.compose.card import TITLE_LIMIT, moment
from bot.flows.canary import list_late, list_young
from bot.model.broadcast import Broadcast, BroadcastState
from bot.model.delivery import DeliveryState
from bot.model.feed import FeedState
from bot.model.organiser import Act, CardKind
from bot.store.broadcasts import list_broadcasts
from bot.store.cards import list_open_cards, list_unreached
from bot.store.deliveries import count_states
from bot.store.feeds import list_feeds
from bot.store.figures import get_figures
from bot.store.identity import Freeze, find_freeze
from bot.store.overview import find_last_alert
from bot.store.vitals import find_last_delivery, find_last_poll
from bot.store.watched import Watched
from handlers.context import Context, reply, wording_of
from handlers.organiser.people import admit
from handlers.organiser.stopping import tell_freeze

NAMED = 5
ABOUT_STORIES = (CardKind.STORY, CardKind.FUSE, CardKind.MERGE)
UNDER_WAY = (BroadcastState.SUBMITTED, BroadcastState.COOLING, BroadcastState.SENDING)
OPEN = (DeliveryState.PENDING, DeliveryState.CLAIMED)


async def status(update: Update, context: Context) -> None:
    """Subscribers, the last alert and whom it reached, what waits, what fails, what is under way."""
    if not await admit(update, context, Act.SEE):
        return
    await context.services.desk.review.make_cards()
    wording = wording_of(update, context)
    async with context.services.store.read() as connection:
        late = list_late(await list_young(connection, context.services.now()))
        lines = [*await status_lines(connection, wording), *late_lines(late, wording)]
    await reply(update, fit("\n".join(lines)))


async def status_lines(connection: AsyncConnection, wording: Wording) -> list[str]:
    """Each fact on a line of its own."""
    figures = await get_figures(connection)
    cards = [card for card in await list_open_cards(connection) if card.kind in ABOUT_STORIES]
    under_way = await list_broadcasts(connection, UNDER_WAY)
    submitted = [one for one in under_way if one.state is BroadcastState.SUBMITTED]
    people = {"alerts": figures.subscribers_to_alerts, "calls": figures.subscribers_to_calls}
    return [
        wording("status-heading"),
        *frozen_lines(await find_freeze(connection), wording),
        wording("status-subscribers", **people),
        await alert_line(connection, wording),
        await last_line(connection, wording),
        wording("status-waiting", count=len(cards) + len(submitted)),
        feeds_line(await list_feeds(connection), wording),
        *[await broadcast_line(connection, one, wording) for one in under_way],
        wording("status-queue", count=figures.deliveries_open),
        *unreached_lines(await list_unreached(connection), wording),
    ]


def frozen_lines(freeze: Freeze | None, wording: Wording) -> list[Markup]:
    """That everything is stopped, if it is."""
    return [tell_freeze("status-frozen", freeze, wording)] if freeze else []


async def alert_line(connection: AsyncConnection, wording: Wording) -> Markup:
    """The last alert: what, when, and how many of how many it reached."""
    last = await find_last_alert(connection)
    if last is None:
        return wording("status-no-alert")
    counts = await count_states(connection, last.message_id)
    open_count = sum(counts[state] for state in OPEN)
    return wording(
        "status-alert",
        title=Markup(fit(wording("alert-headline", title=last.title), TITLE_LIMIT)),
        at=moment(last.published_at, wording),
        sent=counts[DeliveryState.SENT],
        targeted=sum(counts.values()),
        rest=wording("status-alert-open", open=open_count) if open_count else "",
    )


async def last_line(connection: AsyncConnection, wording: Wording) -> Markup:
    """When a feed was last read, and when somebody last got something: a bot that has died shows it here."""
    polled_at, delivered_at = await find_last_poll(connection), await find_last_delivery(connection)
    return wording(
        "status-last",
        polled=moment(polled_at, wording) if polled_at else wording("status-never"),
        delivered=moment(delivered_at, wording) if delivered_at else wording("status-never"),
    )


def late_lines(late: Sequence[Watched], wording: Wording) -> list[Markup]:
    """That alerts have reached nobody, if there are any."""
    if not late:
        return []
    title = Markup(fit(wording("alert-headline", title=late[0].title), TITLE_LIMIT))
    return [wording("status-late", count=len(late), title=title)]


def feeds_line(feeds: Sequence[FeedState], wording: Wording) -> Markup:
    """Whether feeds answer; those that do not, by name and since when."""
    polled = [feed for feed in feeds if feed.spec.enabled]
    failing = [feed for feed in polled if feed.failing_since is not None]
    if not failing:
        return wording("status-feeds-well", count=len(polled))
    names = [
        wording("status-feed", name=feed.spec.name, since=moment(feed.failing_since, wording))
        for feed in failing[:NAMED]
        if feed.failing_since is not None
    ]
    if len(failing) > NAMED:
        names.append(wording("status-more", count=len(failing) - NAMED))
    joined = Markup(", ".join(names))
    return wording("status-feeds-failing", failing=len(failing), count=len(polled), names=joined)


async def broadcast_line(connection: AsyncConnection, broadcast: Broadcast, wording: Wording) -> Markup:
    """A broadcast under way, and how far it is."""
    counts = await count_states(connection, broadcast.message_id or 0)
    targeted = sum(counts.values())
    stage = wording(
        f"under-way-{broadcast.state.value}",
        at=moment(broadcast.send_at, wording) if broadcast.send_at else "",
        done=targeted - sum(counts[state] for state in OPEN),
        targeted=targeted,
    )
    return wording("status-broadcast", number=str(broadcast.id), stage=stage)


def unreached_lines(chats: Sequence[int], wording: Wording) -> list[Markup]:
    """Chats of organisers that cards do not reach, if there are any."""
    return [wording("status-unreached", chats=", ".join(map(str, chats)))] if chats else []
