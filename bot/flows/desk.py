"""The organisers' desk: the flows by which people decide, built together because they share edges and owners."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.campaign import Pack
from bot.compose.wording import Wording
from bot.flows.amending import Amending
from bot.flows.broadcast import Broadcasting
from bot.flows.cards import Cards
from bot.flows.checking import Checking
from bot.flows.correcting import Correcting
from bot.flows.dispatch import Dispatch
from bot.flows.drafting import LONDON, Drafting
from bot.flows.editing import Editing
from bot.flows.holding import Holding
from bot.flows.merging import Merging
from bot.flows.people import People
from bot.flows.publish import Publish
from bot.flows.retouching import Retouching
from bot.flows.review import Review
from bot.flows.rewording import Rewording
from bot.flows.standing import Standings
from bot.flows.stopping import Stopping
from bot.model.amendment import SentCopy
from bot.model.delivery import Receipt
from bot.model.message import Message
from bot.store import Store


@dataclass(frozen=True, kw_only=True)
class Desk:
    """`cards.tick`, `dispatch.tick` and `amending.tick` are the engine's; what people press goes to the others."""

    review: Review
    cards: Cards
    broadcasting: Broadcasting
    drafting: Drafting
    dispatch: Dispatch
    merging: Merging
    holding: Holding
    correcting: Correcting
    amending: Amending
    people: People
    editing: Editing
    stopping: Stopping


@dataclass(frozen=True, kw_only=True)
class Edges:
    """What the desk's flows are passed. `post` sends to a chat; `edit` and `delete` change a message (chat, its id).

    `render` gives a copy what is its reader's own;
    `look` fetches a link of a call to action; `rate` (messages a second), `paid` and `zone` are the configuration's.
    """

    store: Store
    wording: Wording
    post: Callable[[int, Message], Awaitable[Receipt]]
    edit: Callable[[int, int, Message], Awaitable[Receipt]]
    delete: Callable[[int, int], Awaitable[Receipt]]
    now: Callable[[], datetime]
    wake: Callable[[str], None]
    look: Callable[[str], Awaitable[object]] | None = None
    render: Callable[[SentCopy, Message], Message] = lambda _, message: message
    rate: float = 25.0
    paid: bool = False
    zone: ZoneInfo = LONDON


def name_of(pack: Pack, follows: str) -> str:
    """What people follow, in words."""
    scope, _, name = follows.partition(":")
    return pack.institution_name(name) if scope == "institution" else pack.topic_label(name or scope)


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
    standings = Standings(
        store=store,
        now=now,
        owners=owners,
        name_of=partial(name_of, publish.composing.pack),
        rate=edges.rate,
        paid=edges.paid,
    )
    review = Review(store=store, publish=publish, wording=wording, now=now)
    cards = Cards(
        store=store,
        review=review,
        post=edges.post,
        edit=edges.edit,
        wording=wording,
        wordings=publish.composing.wordings,
        now=now,
        owners=owners,
        standings=standings,
        review_chat=review_chat,
        single_organiser=single_organiser,
    )
    broadcasting = Broadcasting(
        store=store,
        now=now,
        wake=edges.wake,
        owners=owners,
        standings=standings,
        checking=Checking(store=store, look=edges.look),
        single_organiser=single_organiser,
        cooling_off=cooling_off,
    )
    dispatch = Dispatch(
        store=store,
        broadcasting=broadcasting,
        post=edges.post,
        wording=wording,
        now=now,
        wake=edges.wake,
        zone=edges.zone,
    )
    drafting = Drafting(
        store=store,
        wordings=publish.composing.wordings,
        now=now,
        wake=edges.wake,
        post=edges.post,
        owners=owners,
        organisation=organisation,
        zone=edges.zone,
    )
    merging = Merging(store=store, now=now, wake=edges.wake)
    holding = Holding(store=store, now=now, wake=edges.wake)
    return Desk(
        review=review,
        cards=cards,
        broadcasting=broadcasting,
        drafting=drafting,
        dispatch=dispatch,
        merging=merging,
        holding=holding,
        correcting=Correcting(
            store=store,
            rewording=Rewording(publish),
            now=now,
            wake=edges.wake,
            owners=owners,
            single_organiser=single_organiser,
        ),
        amending=furnish_amending(edges, publish),
        editing=Editing(store=store, actions=publish.composing.pack.actions, now=now, wake=edges.wake),
        people=People(store=store, now=now, wake=edges.wake, owners=owners),
        stopping=Stopping(store=store, now=now, wake=edges.wake),
    )


def furnish_amending(edges: Edges, publish: Publish) -> Amending:
    """What goes through the copies of what was corrected or withdrawn."""
    retouching = Retouching(
        edit=edges.edit,
        delete=edges.delete,
        render=edges.render,
        wordings=publish.composing.wordings,
        now=edges.now,
    )
    return Amending(
        store=edges.store,
        retouching=retouching,
        now=edges.now,
        wake=edges.wake,
        per_second=edges.rate,
    )
