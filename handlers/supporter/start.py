"""/start asks two questions; nobody is subscribed by it alone. /help lists what there is."""

import re
from typing import Final

from telegram import Update
from telegram.constants import ChatType

from bot.campaign.pack import Scope
from bot.compose import Markup, Wording
from bot.compose.following import Choice
from bot.model.message import Button, Message
from bot.model.subscriber import EVERYTHING, Subscriber, Wants
from bot.store.subscribers import add_subscriber
from handlers.admins import may_choose
from handlers.context import Context, key_of, language_of, reply, wording_of
from handlers.organiser.joining import find_secret, open_invite
from handlers.organiser.people import note_organiser
from handlers.supporter.consent import compose_question
from handlers.supporter.following import frequencies, list_choices, name_of

# What Telegram allows in a start link (Bot API, deep linking).
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
BREAK: Final = "--"
"""In a start link it stands between what to follow and where the link was: "werrington--leaflet"."""


async def start(update: Update, context: Context) -> None:
    """Say what this is, and ask what has not been said yes to; an organiser's invitation is opened instead."""
    secret = find_secret(context.args)
    if secret is not None:
        await open_invite(update, context, secret)
        return
    if not await may_choose(update, context):
        return
    services, source = context.services, payload(context.args)
    await note_organiser(update, context)
    async with services.store.write() as connection:
        subscriber = await add_subscriber(
            connection, key_of(update), language=language_of(update, context), source=source, now=services.now()
        )
    about = find_about(context, source)
    linked = (await list_choices(update, context, [about], subscriber))[0] if about else None
    await reply(update, welcome(update, context, subscriber, linked))
    for what in Wants:
        if not subscriber.wants(what):
            asked = linked if what is Wants.ALERTS else None
            await reply(update, compose_question(what, wording_of(update, context), asked))


def payload(words: list[str] | None) -> str | None:
    """The start link's label, if it is one that a link can carry."""
    return words[0] if words and _PAYLOAD.fullmatch(words[0]) else None


def find_about(context: Context, source: str | None) -> str | None:
    """The place or topic that a start link names; None where it names none, and is a label alone."""
    named = plain((source or "").partition(BREAK)[0])
    pack = context.services.pack
    places = [place.id for place in pack.institutions if place.scope is Scope.OURS and plain(place.id) == named]
    topics = [topic.name for topic in pack.terms.topics if plain(topic.name) == named]
    found = [f"institution:{one}" for one in places] + [f"topic:{one}" for one in topics]
    return found[0] if found else None


def plain(name: str) -> str:
    """A name however a link's author spells it."""
    return name.lower().replace("_", "-")


def welcome(update: Update, context: Context, subscriber: Subscriber, linked: Choice | None) -> Message:
    """What this is, what is said yes to already, and what the link was about where alerts come already."""
    wording = wording_of(update, context)
    alerts, calls = subscriber.wants(Wants.ALERTS), subscriber.wants(Wants.CALLS)
    told = already(context, subscriber, wording) if alerts else None
    if alerts and calls:
        first = [wording("welcome-set", alerts=told or "")]
    else:
        said = [told] if told else [wording("already-calls-to-action")] if calls else []
        first = [wording("welcome"), *said]
    if update.channel_post is not None:
        first = [wording("channel-welcome"), *first[1:]]
    more, buttons = offer(linked, subscriber, wording) if linked and alerts else ([], ())
    return Message("\n\n".join([*first, *more]), buttons)


def already(context: Context, subscriber: Subscriber, wording: Wording) -> Markup:
    """What alerts come by now."""
    live = frequencies(subscriber)
    if EVERYTHING in live:
        return wording("already-alerts")
    return wording("already-alerts-some", names=", ".join(name_of(context, one, wording) for one in live))


def offer(
    linked: Choice, subscriber: Subscriber, wording: Wording
) -> tuple[list[Markup], tuple[tuple[Button, ...], ...]]:
    """What a link names, for somebody who gets alerts: theirs already, or a button away."""
    if linked.frequency is not None:
        return [], ()
    if EVERYTHING in frequencies(subscriber):
        return [wording("start-follows-everything", name=linked.name)], ()
    button = Button(wording.plain("button-follow-about", name=linked.name), action=f"sub:one:{linked.follows}")
    return [wording("start-offers", name=linked.name)], ((button,),)


async def show_help(update: Update, context: Context) -> None:
    """List what can be asked."""
    wording, user, chat = wording_of(update, context), update.effective_user, update.effective_chat
    private = chat is not None and chat.type == ChatType.PRIVATE
    organiser = private and user is not None and await context.services.find_role(user.id) is not None
    more = [wording("help-big-audiences")] if organiser else []
    await reply(update, "\n\n".join([wording("help"), *more]))
