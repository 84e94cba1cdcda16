"""The two questions, their answers, and /stop."""

import re

from telegram import Update

from bot.compose import Wording
from bot.model.message import Button, Message
from bot.model.subscriber import EVERYTHING, EndedReason, Wants
from bot.store.answers import list_latest
from bot.store.subscribers import add_subscriber, add_subscription, end_subscriptions, find_subscriber
from handlers.admins import may_choose
from handlers.context import Context, acknowledge, key_of, language_of, reply, rewrite, wording_of
from handlers.questions.latest import SHOW_LATEST

ANSWER = re.compile(r"^ask:(?P<wants>alerts|calls_to_action):(?P<said>yes|no):(?P<version>[\w.-]{1,20})$")
"""A press on a question: what about, what was said, and which wording was read."""


def question(wants: Wants, wording: Wording) -> Message:
    """One of the two questions, with a yes and a plain no that carry the wording's version."""
    name, version = words_for(wants), wording.plain("consent-version")
    yes = Button(wording.plain(f"button-yes-{name}"), action=f"ask:{wants.value}:yes:{version}")
    no = Button(wording.plain(f"button-no-{name}"), action=f"ask:{wants.value}:no:{version}")
    return Message(wording(f"question-{name}"), ((yes,), (no,)))


def words_for(wants: Wants) -> str:
    """How the wording's keys name it."""
    return wants.value.replace("_", "-")


async def answer_question(update: Update, context: Context) -> None:
    """Take a yes or a no. A yes counts only under the words asked today; under older ones it is asked again."""
    pressed = context.match
    if pressed is None or not await may_choose(update, context):
        return
    await acknowledge(update)
    wording, wants = wording_of(update, context), Wants(pressed["wants"])
    if pressed["said"] == "no":
        await decline(update, context, wants)
    elif pressed["version"] != wording.plain("consent-version"):
        await rewrite(update, wording("asked-anew"))
        await reply(update, question(wants, wording))
    else:
        await agree(update, context, wants)


async def agree(update: Update, context: Context, wants: Wants) -> None:
    """Record the yes and say what it means; after a yes to alerts the latest finding is offered with its date."""
    services, wording = context.services, wording_of(update, context)
    now = services.now()
    async with services.store.write() as connection:
        subscriber = await add_subscriber(
            connection, key_of(update), language=language_of(update, context), source=None, now=now
        )
        await add_subscription(
            connection,
            subscriber.id,
            wants,
            EVERYTHING,
            consent_version=wording.plain("consent-version"),
            now=now,
        )
    agreed = Message(wording(f"agreed-{words_for(wants)}"))
    await rewrite(update, await with_latest(agreed, context, wording) if wants is Wants.ALERTS else agreed)


async def with_latest(agreed: Message, context: Context, wording: Wording) -> Message:
    """The same with the latest finding on offer, where there is one."""
    async with context.services.store.read() as connection:
        latest = await list_latest(connection, limit=1)
    if not latest:
        return agreed
    date = latest[0].dated_at
    offer = Button(wording.plain("button-show-latest", date=date), action=SHOW_LATEST)
    return Message(f"{agreed.text}\n\n{wording('agreed-latest', date=date)}", ((offer,),))


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
