"""/status: how things stand, in words."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection
from telegram import Update

from bot import __version__
from bot.compose import Markup, Wording, fit
from bot.compose.card import TITLE_LIMIT, moment
from bot.compose.state import Condition, compose_problems, problem_lines, program_lines
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
from bot.store.overview import find_last_alert
from bot.store.state import get_state
from bot.store.vitals import find_last_delivery, find_last_poll
from bot.store.watched import Watched
from handlers.context import Context, reply, wording_of
from handlers.organiser.people import admit

NAMED = 5
ABOUT_STORIES = (CardKind.STORY, CardKind.FUSE, CardKind.MERGE)
UNDER_WAY = (BroadcastState.SUBMITTED, BroadcastState.COOLING, BroadcastState.SENDING)
OPEN = (DeliveryState.PENDING, DeliveryState.CLAIMED)


async def status(update: Update, context: Context) -> None:
    """What is wrong, then subscribers, the last alert and whom it reached, what waits and is under way, the program."""
    if not await admit(update, context, Act.SEE):
        return
    await context.services.desk.review.make_cards()
    wording, now = wording_of(update, context), context.services.now()
    async with context.services.store.read() as connection:
        late = list_late(await list_young(connection, now))
        condition = await get_condition(connection, context, late=bool(late))
        feeds = await list_feeds(connection)
        problems = [
            *problem_lines(condition, wording),
            *late_lines(late, wording),
            *failing_lines(feeds, wording),
            *unreached_lines(await list_unreached(connection), wording),
        ]
        lines = [
            wording("status-heading"),
            *compose_problems(problems, wording),
            "",
            *await status_lines(connection, wording, feeds),
            *program_lines(condition, wording),
        ]
    await reply(update, fit("\n".join(lines)))


async def get_condition(connection: AsyncConnection, context: Context, *, late: bool) -> Condition:
    """How the program stands."""
    services, now = context.services, context.services.now()
    state = await get_state(connection, now)
    return Condition(
        now=now,
        version=__version__,
        started_at=services.started_at,
        polled_at=state.vitals.polled_at,
        due_at=state.due_at,
        paused_until=state.paused_until,
        frozen_at=state.freeze.at if state.freeze else None,
        frozen_by=state.freeze.by if state.freeze else None,
        held_as_gone=state.held_as_gone,
        share=state.share,
        rate=services.desk.amending.per_second,
        lately=state.vitals.sent_lately,
        workers=state.workers,
        size=state.size,
        late=late,
        failures=services.flow_failures(),
    )


async def status_lines(connection: AsyncConnection, wording: Wording, feeds: Sequence[FeedState]) -> list[str]:
    """Each fact on a line of its own."""
    figures = await get_figures(connection)
    cards = [card for card in await list_open_cards(connection) if card.kind in ABOUT_STORIES]
    under_way = await list_broadcasts(connection, UNDER_WAY)
    submitted = [one for one in under_way if one.state is BroadcastState.SUBMITTED]
    people = {"alerts": figures.subscribers_to_alerts, "calls": figures.subscribers_to_calls}
    return [
        wording("status-subscribers", **people),
        await alert_line(connection, wording),
        await last_line(connection, wording),
        wording("status-waiting", count=len(cards) + len(submitted)),
        *([] if failing_lines(feeds, wording) else [wording("status-feeds-well", count=len(polled(feeds)))]),
        *[await broadcast_line(connection, one, wording) for one in under_way],
        wording("status-queue", count=figures.deliveries_open),
    ]


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


def polled(feeds: Sequence[FeedState]) -> list[FeedState]:
    """The feeds that are listened to."""
    return [feed for feed in feeds if feed.spec.enabled]


def failing_lines(feeds: Sequence[FeedState], wording: Wording) -> list[Markup]:
    """The feeds that do not answer, by name and since when; nothing where all do."""
    failing = [feed for feed in polled(feeds) if feed.failing_since is not None]
    names = [
        wording("status-feed", name=feed.spec.name, since=moment(feed.failing_since, wording))
        for feed in failing[:NAMED]
        if feed.failing_since is not None
    ]
    if len(failing) > NAMED:
        names.append(wording("status-more", count=len(failing) - NAMED))
    joined = Markup(", ".join(names))
    counts = {"failing": len(failing), "count": len(polled(feeds))}
    return [wording("status-feeds-failing", **counts, names=joined)] if failing else []


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
