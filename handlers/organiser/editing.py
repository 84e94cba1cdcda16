"""Edit on a story's card: an editor in a message of its own, whose every press is kept."""

import re

from telegram import Update

from bot.compose.editing import PAGE as SENTENCES
from bot.compose.editing import compose_asks, compose_editor
from bot.compose.wording import Wording
from bot.flows.editing import AUTOMATIC, Applied
from bot.model.editing import MOST_SENTENCES, NOTHING, Bench
from bot.model.organiser import Act
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.people import admit_press

OPEN = re.compile(r"^card:(?P<card>\d{1,15}):edit$")
"""The press on a card that opens its editor."""
EDIT = re.compile(
    r"^edit:(?P<edit>\d{1,15}):(?:t:(?P<sentence>\d{1,6})|p:(?P<page>\d{1,6})|"
    r"a:(?P<ask>auto|none|\d{1,3})|(?P<verb>ask|apply|drop))$"
)
"""A press in an editor: a sentence, a page, an ask, or what ends it."""


async def open_editor(update: Update, context: Context) -> None:
    """Begin, or go on where this person was."""
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.REVIEW)
    if by is None:
        return
    wording = wording_of(update, context)
    bench = await context.services.desk.editing.begin(int(pressed["card"]), by=by)
    await acknowledge(update, None if bench else wording.plain("notice-decided-before"))
    if bench is not None:
        await reply(update, compose_editor(bench, wording))


async def press_edit(update: Update, context: Context) -> None:
    """Do what was pressed. Only whoever opened an editor may use it, while its story waits."""
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.REVIEW)
    if by is None:
        return
    if pressed["verb"] == "apply":
        await apply(update, context, int(pressed["edit"]), by)
    elif pressed["verb"] == "drop":
        await drop(update, context, int(pressed["edit"]), by)
    else:
        await turn(update, context, pressed, by)


async def turn(update: Update, context: Context, pressed: re.Match[str], by: int) -> None:
    """Show the editor as it is after a press."""
    editing, wording, edit_id = context.services.desk.editing, wording_of(update, context), int(pressed["edit"])
    page: int | None = int(pressed["page"]) if pressed["page"] else None
    if pressed["sentence"]:
        bench = await editing.toggle(edit_id, int(pressed["sentence"]), by=by)
        page = int(pressed["sentence"]) // SENTENCES
    elif pressed["ask"]:
        bench = await choose_ask(context, edit_id, pressed["ask"], by)
    else:
        bench = await editing.look(edit_id, by=by)
    await acknowledge(update, said(bench, pressed, wording))
    if bench is not None:
        asks = pressed["verb"] == "ask"
        await rewrite(update, compose_asks(bench, wording) if asks else compose_editor(bench, wording, page))


def said(bench: Bench | None, pressed: re.Match[str], wording: Wording) -> str | None:
    """What a press in an editor is answered, where it did not do what it says."""
    if bench is None:
        return wording.plain("notice-edit-over")
    full = len(bench.edit.chosen) == MOST_SENTENCES
    refused = full and pressed["sentence"] is not None and int(pressed["sentence"]) not in bench.edit.chosen
    return wording.plain("notice-edit-most", count=MOST_SENTENCES) if refused else None


async def choose_ask(context: Context, edit_id: int, name: str, by: int) -> Bench | None:
    """Take what a button of the list of asks stands for."""
    editing = context.services.desk.editing
    bench = await editing.look(edit_id, by=by)
    fixed = {"auto": AUTOMATIC, "none": NOTHING}
    if bench is None or (name not in fixed and int(name) >= len(bench.asks)):
        return None
    return await editing.choose_ask(edit_id, fixed[name] if name in fixed else bench.asks[int(name)][0], by=by)


async def drop(update: Update, context: Context, edit_id: int, by: int) -> None:
    """Leave everything as it was; in the organisers' group another's editor stays as it is."""
    wording = wording_of(update, context)
    done = await context.services.desk.editing.drop(edit_id, by=by)
    await acknowledge(update, None if done else wording.plain("notice-edit-over"))
    if done:
        await rewrite(update, wording("edit-dropped"))


async def apply(update: Update, context: Context, edit_id: int, by: int) -> None:
    """Let the alert be made of what was chosen; its new card follows."""
    wording = wording_of(update, context)
    applied = await context.services.desk.editing.apply(edit_id, by=by)
    if applied is Applied.DONE:
        await acknowledge(update, wording.plain("notice-done"))
        await rewrite(update, wording("edit-applied"))
    else:
        await acknowledge(
            update, wording.plain("notice-edit-none" if applied is Applied.NOTHING else "notice-edit-over")
        )
