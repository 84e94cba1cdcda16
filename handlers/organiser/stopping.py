"""/stopall freezes all bulk sending; /liftstop lets it go on, after one more question."""

import re

from telegram import Update

from bot.compose.card import moment, organiser_name
from bot.compose.text import Markup
from bot.compose.wording import Wording
from bot.flows.stopping import stamp_of
from bot.model.message import Button, Message
from bot.model.organiser import Act
from bot.store.figures import get_figures
from bot.store.identity import Freeze
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.people import admit, admit_press

LIFT = re.compile(r"^lift:(?P<stamp>\d{1,15})$")
"""A press that lets sending go on after one stop, and no later one."""


async def stop_all(update: Update, context: Context) -> None:
    """Stop everything: no question is asked, for nothing is lost by it, nor does it matter where this is written."""
    user = update.effective_user
    if user is None or not await admit(update, context, Act.STOP, anywhere=True):
        return
    wording, stopping = wording_of(update, context), context.services.desk.stopping
    before = await stopping.find()
    freeze = await stopping.freeze(by=user.id)
    await reply(update, tell_freeze("stopall-already", freeze, wording) if before else wording("stopall-done"))


async def lift_stop(update: Update, context: Context) -> None:
    """Ask an owner whether they mean it."""
    if not await admit(update, context, Act.LIFT):
        return
    wording, freeze = wording_of(update, context), await context.services.desk.stopping.find()
    if freeze is None:
        await reply(update, wording("liftstop-none"))
        return
    async with context.services.store.read() as connection:
        count = (await get_figures(connection)).deliveries_open
    text = tell_freeze("liftstop-ask", freeze, wording, count=count)
    yes = Button(wording.plain("button-lift"), action=f"lift:{stamp_of(freeze)}")
    await reply(update, Message(text, ((yes,),)))


async def press_lift(update: Update, context: Context) -> None:
    """Let sending go on, if the stop that was asked about still holds."""
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.LIFT)
    if by is None:
        return
    wording = wording_of(update, context)
    done = await context.services.desk.stopping.lift(int(pressed["stamp"]), by=by)
    await acknowledge(update, wording.plain("notice-lifted" if done else "notice-not-lifted"))
    await rewrite(update, wording("liftstop-done" if done else "liftstop-none"))


def tell_freeze(key: str, freeze: Freeze, wording: Wording, **arguments: int) -> Markup:
    """That everything is stopped, by whom and since when."""
    return wording(key, who=organiser_name(freeze.by, wording), at=moment(freeze.at, wording), **arguments)
