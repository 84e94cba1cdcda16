"""The answers to the two questions, and /stop."""

import re

from telegram import Update

from bot.compose import Wording
from bot.compose.following import HOME
from bot.model.message import Button, Message
from bot.model.subscriber import EVERYTHING, EndedReason, Frequency, Wants
from bot.store.answers import list_latest
from bot.store.choices import set_frequency
from bot.store.subscribers import add_subscriber, add_subscription, end_subscriptions, find_subscriber
from handlers.admins import may_choose
from handlers.context import Context, acknowledge, key_of, language_of, reply, rewrite, wording_of
from handlers.questions.latest import SHOW_LATEST
from handlers.supporter.consent import compose_question, words_for
from handlers.supporter.following import is_ours, name_of

ANSWER = re.compile(
    r"^ask:(?P<wants>alerts|calls_to_action):(?P<said>yes|no):(?P<version>[\w.-]{1,20})"
    r"(?::(?P<about>(?:institution|topic):[\w-]{1,40}))?$",
    re.ASCII,
)
"""A press on a question: what about, what was said, which wording was read, and about what alone, if that was asked."""


async def answer_question(update: Update, context: Context) -> None:
    """Take a yes or a no. A yes counts only under the words asked today; under older ones it is asked again."""
    pressed = context.match
    if pressed is None or not await may_choose(update, context):
        return
    await acknowledge(update)
    wording, wants = wording_of(update, context), Wants(pressed["wants"])
    about = pressed["about"] or EVERYTHING
    if pressed["said"] == "no":
        await decline(update, context, wants)
    elif pressed["version"] != wording.plain("consent-version") or not is_ours(context, about):
        await rewrite(update, wording("asked-anew"))
        await reply(update, compose_question(wants, wording))
    else:
        await agree(update, context, wants, about)


async def agree(update: Update, context: Context, wants: Wants, about: str) -> None:
    """Record the yes and say what it means; after a yes to alerts the latest finding is offered with its date."""
    services, wording = context.services, wording_of(update, context)
    now, version = services.now(), wording.plain("consent-version")
    async with services.store.write() as connection:
        subscriber = await add_subscriber(
            connection, key_of(update), language=language_of(update, context), source=None, now=now
        )
        begun = await add_subscription(connection, subscriber.id, wants, about, consent_version=version, now=now)
        if begun and wants is Wants.ALERTS:
            # Whoever had stopped a digest is asked about alerts as they come.
            await set_frequency(connection, subscriber.id, about, Frequency.NOW)
    if wants is Wants.CALLS:
        await rewrite(update, wording("agreed-calls-to-action"))
        return
    name = name_of(context, about, wording)
    agreed = wording("agreed-alerts") if about == EVERYTHING else wording("agreed-alerts-about", name=name)
    await rewrite(update, await with_latest(agreed, context, wording, about))


async def with_latest(agreed: str, context: Context, wording: Wording, about: str) -> Message:
    """The same with the way to choose more narrowly, and with the latest finding on offer, where there is one."""
    choose = (Button(wording.plain("button-choose-follows"), action=HOME),)
    async with context.services.store.read() as connection:
        latest = await list_latest(connection, limit=1, subject=about)
    if not latest:
        return Message(agreed, (choose,))
    date = latest[0].dated_at
    action = SHOW_LATEST if about == EVERYTHING else f"new:0:{about}"
    offer = Button(wording.plain("button-show-latest", date=date), action=action)
    return Message(f"{agreed}\n\n{wording('agreed-latest', date=date)}", ((offer,), choose))


async def decline(update: Update, context: Context, wants: Wants) -> None:
    """Record the no: it ends what an earlier yes began."""
    await end(update, context, wants)
    await rewrite(update, wording_of(update, context)(f"declined-{words_for(wants)}"))


async def stop(update: Update, context: Context) -> None:
    """End both, and say so and how to return."""
    if not await may_choose(update, context):
        return
    ended = await end(update, context)
    await reply(update, wording_of(update, context)("stopped" if ended else "stopped-already"))


async def end(update: Update, context: Context, wants: Wants | None = None) -> int:
    """End one kind or both for this chat; returns how many subscriptions ended."""
    services = context.services
    async with services.store.write() as connection:
        subscriber = await find_subscriber(connection, key_of(update))
        if subscriber is None:
            return 0
        return await end_subscriptions(
            connection, subscriber.id, reason=EndedReason.STOPPED, now=services.now(), wants=wants
        )
