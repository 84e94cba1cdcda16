"""/subscribe: what a chat follows, by buttons that say what they set: old ones and second presses are fine."""

import re
from collections.abc import Sequence
from typing import Final

from telegram import Update

from bot.campaign.pack import Scope
from bot.compose.choices import pause_of, until_words
from bot.compose.following import (
    Choice,
    Standing,
    compose_choice_of,
    compose_following,
    compose_kinds,
    compose_list,
    often,
)
from bot.compose.places import group_label, group_places, stands
from bot.compose.wording import Wording
from bot.model.message import Message
from bot.model.subscriber import EVERYTHING, Frequency, Subscriber, Wants
from bot.store.choices import set_frequency
from bot.store.following import end_subscription
from bot.store.subscribers import add_subscriber, add_subscription, find_subscriber
from handlers.admins import may_choose
from handlers.context import Context, acknowledge, key_of, language_of, reply, rewrite, wording_of
from handlers.questions.prison import find_ours, today
from handlers.questions.unknown import unknown_press
from handlers.supporter.consent import compose_question
from handlers.supporter.expected import list_expected

SUBJECT: Final = r"(?P<follows>everything|(?:institution|topic):[\w-]{1,40})"
HOME: Final = re.compile(r"^sub(?::home:(?P<page>\d{1,2}))?$", re.ASCII)
TOPICS: Final = re.compile(r"^sub:topics:(?P<page>\d{1,2})$", re.ASCII)
KINDS: Final = re.compile(r"^sub:places$")
GROUP: Final = re.compile(r"^sub:places:(?P<group>[a-z0-9-]{1,40}):(?P<page>\d{1,2})$", re.ASCII)
ONE: Final = re.compile(f"^sub:one:{SUBJECT}$", re.ASCII)
TO: Final = re.compile(f"^sub:to:{SUBJECT}:(?P<often>now|daily|weekly|never)$", re.ASCII)
CALLS: Final = re.compile(r"^sub:calls$")


async def subscribe(update: Update, context: Context) -> None:
    """Say what is followed and how often, with the ways to change it."""
    if await may_choose(update, context):
        await reply(update, await tell_following(update, context, 0))


async def show_following(update: Update, context: Context) -> None:
    """The same in place of the pressed message; the page of it that was asked for."""
    if await admit(update, context):
        await rewrite(update, await tell_following(update, context, page_of(context)))


async def admit(update: Update, context: Context) -> bool:
    """Whether the presser may choose for this chat; the press is acknowledged."""
    if context.match is None or not await may_choose(update, context):
        return False
    await acknowledge(update)
    return True


def page_of(context: Context) -> int:
    """The page that a button asks for."""
    return int(context.match["page"] or 0) if context.match else 0


async def find_here(update: Update, context: Context) -> Subscriber | None:
    """This chat, if it is known."""
    async with context.services.store.read() as connection:
        return await find_subscriber(connection, key_of(update))


def frequencies(chat: Subscriber | None) -> dict[str, Frequency]:
    """What a chat follows, and how often it is told of it."""
    live = [one for one in (chat.subscriptions if chat else ()) if one.ended_at is None and one.wants is Wants.ALERTS]
    return {one.follows: one.frequency for one in live}


def name_of(context: Context, follows: str, wording: Wording) -> str:
    """What people call it."""
    kind, _, name = follows.partition(":")
    if kind == "institution":
        return context.services.pack.institution_name(name)
    return context.services.pack.topic_label(name, wording.language) if kind == "topic" else everything(wording)


def everything(wording: Wording) -> str:
    """What people call all of it."""
    return wording.plain("everything-name")


async def list_choices(
    update: Update, context: Context, subjects: Sequence[str], chat: Subscriber | None
) -> list[Choice]:
    """These as they can be chosen here."""
    wording, counted, live = wording_of(update, context), await list_expected(context), frequencies(chat)
    return [
        Choice(follows=one, name=name_of(context, one, wording), expected=counted.get(one, 0), frequency=live.get(one))
        for one in subjects
    ]


async def tell_following(update: Update, context: Context, page: int) -> Message:
    """What this chat follows."""
    wording, chat = wording_of(update, context), await find_here(update, context)
    everything, *chosen = await list_choices(update, context, [EVERYTHING, *frequencies(chat)], chat)
    until = pause_of(chat.choices, context.services.now()) if chat else None
    standing = Standing(
        chosen=chosen,
        everything=everything,
        calls=chat is not None and chat.wants(Wants.CALLS),
        paused=until_words(until, wording) if until else None,
    )
    return compose_following(standing, page, wording)


async def show_topics(update: Update, context: Context) -> None:
    """All topics."""
    if await admit(update, context):
        subjects = [f"topic:{topic.name}" for topic in context.services.pack.terms.topics]
        choices = await list_choices(update, context, subjects, await find_here(update, context))
        wording = wording_of(update, context)
        heading = wording("following-topics")
        await rewrite(update, compose_list(heading, choices, page_of(context), wording, "sub:topics"))


async def show_kinds(update: Update, context: Context) -> None:
    """The kinds of places."""
    if await admit(update, context):
        wording = wording_of(update, context)
        groups = group_places(context.services.pack.institutions, today(context)).items()
        labels = [(group, group_label(group, places, wording)) for group, places in groups]
        await rewrite(update, compose_kinds(labels, wording))


async def show_group(update: Update, context: Context) -> None:
    """The places of one kind."""
    places = group_places(context.services.pack.institutions, today(context))
    group = context.match["group"] if context.match else ""
    if group not in places:
        await unknown_press(update, context)
    elif await admit(update, context):
        wording, subjects = wording_of(update, context), [f"institution:{place.id}" for place in places[group]]
        choices = await list_choices(update, context, subjects, await find_here(update, context))
        heading = wording("following-group", name=group_label(group, places[group], wording))
        page, path = page_of(context), f"sub:places:{group}"
        await rewrite(update, compose_list(heading, choices, page, wording, path))


async def show_one(update: Update, context: Context) -> None:
    """One topic or place, and how often it shall be told."""
    follows = context.match["follows"] if context.match else ""
    if not is_ours(context, follows):
        await unknown_press(update, context)
    elif await admit(update, context):
        await rewrite(update, await tell_one(update, context, follows))


def is_ours(context: Context, follows: str) -> bool:
    """Whether the campaign has this, and not only a button that somebody made up or that is too old."""
    kind, _, name = follows.partition(":")
    if kind == "institution":
        return find_ours(context, name) is not None
    return follows == EVERYTHING or any(topic.name == name for topic in context.services.pack.terms.topics)


async def tell_one(update: Update, context: Context, follows: str) -> Message:
    """The same in words and buttons."""
    wording, chat = wording_of(update, context), await find_here(update, context)
    (one,) = await list_choices(update, context, [follows], chat)
    place = context.services.pack.find_institution(follows.removeprefix("institution:"))
    known = place if place is not None and place.scope is Scope.OURS else None
    anyway = follows != EVERYTHING and EVERYTHING in frequencies(chat)
    return compose_choice_of(
        one, wording, anyway=anyway, stands=stands(known, wording, today(context)) if known else None
    )


async def set_one(update: Update, context: Context) -> None:
    """Follow it, that often, or follow it no more; what is so already stays so."""
    pressed = context.match
    if pressed is None or not is_ours(context, pressed["follows"]):
        await unknown_press(update, context)
        return
    if not await may_choose(update, context):
        return
    follows, wording = pressed["follows"], wording_of(update, context)
    frequency = Frequency(pressed["often"]) if pressed["often"] != "never" else None
    await keep_one(update, context, follows, frequency)
    kept = {"name": name_of(context, follows, wording), "often": often(frequency, wording)}
    await acknowledge(update, wording.plain("notice-kept", **kept)[:200])
    await rewrite(update, await tell_one(update, context, follows))


async def keep_one(update: Update, context: Context, follows: str, frequency: Frequency | None) -> None:
    """Write down what was chosen; pressing the button that asks for it is the yes to alerts about it."""
    services, wording = context.services, wording_of(update, context)
    now = services.now()
    async with services.store.write() as connection:
        chat = await add_subscriber(
            connection, key_of(update), language=language_of(update, context), source=None, now=now
        )
        if frequency is None:
            await end_subscription(connection, chat.id, follows, now=now)
            return
        version = wording.plain("consent-version")
        await add_subscription(connection, chat.id, Wants.ALERTS, follows, consent_version=version, now=now)
        await set_frequency(connection, chat.id, follows, frequency)


async def ask_calls(update: Update, context: Context) -> None:
    """The question about calls to action, whatever was answered before."""
    if await admit(update, context):
        await reply(update, compose_question(Wants.CALLS, wording_of(update, context)))
