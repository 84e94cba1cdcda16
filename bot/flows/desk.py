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

    `render` gives a copy what is its reader's own; `look` fetches a link of a call to action; `rate` (messages a
    second), `paid` and `zone` are the configuration's.
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


@dataclass(frozen=True, kw_only=True)
class Team:
    """The configuration's [organisers], and the `organisation` that signs a call to action."""

    owners: frozenset[int]
    review_chat: int | None = None
    organisation: str = ""
    single_organiser: bool = False
    cooling_off: timedelta = timedelta(seconds=60)


def name_of(pack: Pack, follows: str) -> str:
    """What people follow, in words."""
    scope, _, name = follows.partition(":")
    return pack.institution_name(name) if scope == "institution" else pack.topic_label(name or scope)


def furnish_desk(edges: Edges, publish: Publish, team: Team) -> Desk:
    """Build the flows."""
    store, now, wake = edges.store, edges.now, edges.wake
    standings = Standings(
        store=store,
        now=now,
        owners=team.owners,
        name_of=partial(name_of, publish.composing.pack),
        rate=edges.rate,
        paid=edges.paid,
    )
    review = Review(store=store, publish=publish, wording=edges.wording, now=now)
    broadcasting = furnish_broadcasting(edges, team, standings)
    return Desk(
        review=review,
        cards=furnish_cards(edges, publish, team, review, standings),
        broadcasting=broadcasting,
        drafting=furnish_drafting(edges, publish, team),
        dispatch=furnish_dispatch(edges, broadcasting),
        merging=Merging(store=store, now=now, wake=wake),
        holding=Holding(store=store, now=now, wake=wake),
        correcting=furnish_correcting(edges, publish, team),
        amending=furnish_amending(edges, publish),
        editing=Editing(store=store, actions=publish.composing.pack.actions, now=now, wake=wake),
        people=People(store=store, now=now, wake=wake, owners=team.owners),
        stopping=Stopping(store=store, now=now, wake=wake),
    )


def furnish_cards(edges: Edges, publish: Publish, team: Team, review: Review, standings: Standings) -> Cards:
    """What organisers are asked and told."""
    return Cards(
        store=edges.store,
        review=review,
        post=edges.post,
        edit=edges.edit,
        wording=edges.wording,
        wordings=publish.composing.wordings,
        now=edges.now,
        owners=team.owners,
        standings=standings,
        review_chat=team.review_chat,
        single_organiser=team.single_organiser,
    )


def furnish_broadcasting(edges: Edges, team: Team, standings: Standings) -> Broadcasting:
    """What people press about a call to action."""
    return Broadcasting(
        store=edges.store,
        now=edges.now,
        wake=edges.wake,
        owners=team.owners,
        standings=standings,
        checking=Checking(store=edges.store, look=edges.look),
        single_organiser=team.single_organiser,
        cooling_off=team.cooling_off,
    )


def furnish_drafting(edges: Edges, publish: Publish, team: Team) -> Drafting:
    """What its authors write and choose."""
    return Drafting(
        store=edges.store,
        wordings=publish.composing.wordings,
        now=edges.now,
        wake=edges.wake,
        post=edges.post,
        owners=team.owners,
        organisation=team.organisation,
        zone=edges.zone,
    )


def furnish_dispatch(edges: Edges, broadcasting: Broadcasting) -> Dispatch:
    """What the clock and the ledger do with it."""
    return Dispatch(
        store=edges.store,
        broadcasting=broadcasting,
        post=edges.post,
        wording=edges.wording,
        now=edges.now,
        wake=edges.wake,
        zone=edges.zone,
    )


def furnish_correcting(edges: Edges, publish: Publish, team: Team) -> Correcting:
    """What people press about a message that was sent."""
    return Correcting(
        store=edges.store,
        rewording=Rewording(publish),
        now=edges.now,
        wake=edges.wake,
        owners=team.owners,
        single_organiser=team.single_organiser,
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
