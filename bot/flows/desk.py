"""The organisers' desk: the flows by which people decide, built together because they share edges and owners."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.compose.wording import Wording
from bot.flows.broadcast import Broadcasting
from bot.flows.cards import Cards
from bot.flows.dispatch import Dispatch
from bot.flows.holding import Holding
from bot.flows.merging import Merging
from bot.flows.people import People
from bot.flows.publish import Publish
from bot.flows.review import Review
from bot.flows.stopping import Stopping
from bot.model.delivery import Receipt
from bot.model.message import Message
from bot.store import Store


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`cards.tick` and `dispatch.tick` are the engine's; what people press goes to the others."""

    review: Review
    cards: Cards
    broadcasting: Broadcasting
    dispatch: Dispatch
    merging: Merging
    holding: Holding
    people: People
    stopping: Stopping


@dataclass(frozen=True, kw_only=True)
class Edges:
    """What the desk's flows are passed. `post` sends to a chat, `edit` changes a message (chat, message id)."""

    store: Store
    wording: Wording
    post: Callable[[int, Message], Awaitable[Receipt]]
    edit: Callable[[int, int, Message], Awaitable[Receipt]]
    now: Callable[[], datetime]
    wake: Callable[[str], None]


def furnish_desk(
    edges: Edges,
    publish: Publish,
    *,
    owners: frozenset[int],
    review_chat: int | None = None,
    organisation: str = "",
    single_organiser: bool = False,
    cooling_off: timedelta = timedelta(seconds=60),
) -> Desk:
    """Build the flows; the rest is the configuration's [organisers], and who signs a call to action."""
    store, wording, now = edges.store, edges.wording, edges.now
    review = Review(store=store, publish=publish, wording=wording, now=now)
    cards = Cards(
        store=store,
        review=review,
        post=edges.post,
        edit=edges.edit,
        wording=wording,
        now=now,
        owners=owners,
        review_chat=review_chat,
        single_organiser=single_organiser,
    )
    broadcasting = Broadcasting(
        store=store,
        wording=wording,
        now=now,
        wake=edges.wake,
        owners=owners,
        organisation=organisation,
        single_organiser=single_organiser,
        cooling_off=cooling_off,
    )
    dispatch = Dispatch(
        store=store, broadcasting=broadcasting, post=edges.post, wording=wording, now=now, wake=edges.wake
    )
    merging = Merging(store=store, now=now, wake=edges.wake)
    holding = Holding(store=store, now=now, wake=edges.wake)
    return Desk(
        review=review,
        cards=cards,
        broadcasting=broadcasting,
        dispatch=dispatch,
        merging=merging,
        holding=holding,
        people=People(store=store, now=now, wake=edges.wake, owners=owners),
        stopping=Stopping(store=store, now=now, wake=edges.wake),
    )
