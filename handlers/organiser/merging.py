"""/merge and /split, and the presses on what they and the bot's own offers ask."""

import re

from telegram import Update

from bot.compose.merging import compose_split
from bot.flows.merging import list_movable
from bot.flows.subjects import list_subjects
from bot.model.message import Message
from bot.model.organiser import Act
from bot.model.story import StoryState
from bot.store.joining import find_root
from bot.store.stories import find_story
from handlers.context import Context, acknowledge, reply, rewrite, wording_of
from handlers.organiser.people import admit, admit_press
from handlers.organiser.review import show_again

OFFER = re.compile(r"^card:(?P<card>\d{1,15}):(?P<choice>merge|apart)$")
"""A press on an offer to merge two stories."""
SPLIT = re.compile(r"^split:(?P<story>\d{1,15}):(?P<entry>\d{1,15})$")
"""A press that takes an entry out of a story."""
PAIR = 2
_NUMBER = re.compile(r"#?(\d{1,15})")


async def press_offer(update: Update, context: Context) -> None:
    """Merge, or keep apart. Whoever comes second is told, and sees what became of it."""
    pressed, chat = context.match, update.effective_chat
    if pressed is None or chat is None:
        return
    by = await admit_press(update, context, Act.REVIEW)
    if by is None:
        return
    same = pressed["choice"] == "merge"
    done = await context.services.desk.merging.decide(int(pressed["card"]), same=same, by=by)
    said = "notice-merged" if same else "notice-apart"
    await acknowledge(update, wording_of(update, context).plain(said if done else "notice-decided-before"))
    await show_again(update, context, int(pressed["card"]), chat.id)
    context.services.wake("review")


async def merge(update: Update, context: Context) -> None:
    """Put two stories, by their numbers, into the earlier one."""
    user = update.effective_user
    if user is None or not await admit(update, context, Act.REVIEW):
        return
    wording, numbers = wording_of(update, context), numbers_in(context.args)
    if len(numbers) != PAIR:
        await reply(update, wording("merge-usage"))
        return
    one, other = sorted(numbers)
    done = await context.services.desk.merging.merge(one, other, by=user.id)
    await reply(update, wording("merge-done", one=str(one), other=str(other)) if done else wording("merge-not"))


async def split(update: Update, context: Context) -> None:
    """Show what could be taken out of a story, by its number."""
    if not await admit(update, context, Act.REVIEW):
        return
    wording, numbers = wording_of(update, context), numbers_in(context.args)
    if len(numbers) != 1:
        await reply(update, wording("split-usage"))
        return
    await reply(update, await find_split(update, context, numbers[0]))


async def find_split(update: Update, context: Context, number: int) -> Message | str:
    """What could be taken out of the story of this number, or of the one that it was put into."""
    wording = wording_of(update, context)
    async with context.services.store.read() as connection:
        story_id = await find_root(connection, number) or number
        subjects = await list_subjects(connection, [story_id])
        movable = await list_movable(connection, story_id)
    return compose_split(story_id, subjects[0].title, movable, wording) if movable else wording("split-none")


async def press_split(update: Update, context: Context) -> None:
    """Give the entry a story of its own; a second press changes nothing."""
    pressed = context.match
    if pressed is None:
        return
    by = await admit_press(update, context, Act.REVIEW)
    if by is None:
        return
    wording = wording_of(update, context)
    own = await context.services.desk.merging.split(int(pressed["entry"]), int(pressed["story"]), by=by)
    await acknowledge(update, wording.plain("notice-changed" if own is None else "notice-split"))
    if own is not None:
        async with context.services.store.read() as connection:
            story = await find_story(connection, own)
        told = story is not None and story.state is StoryState.PUBLISHED
        await rewrite(update, wording("split-told" if told else "split-done", story=str(own)))


def numbers_in(words: list[str] | None) -> list[int]:
    """The story numbers that follow a command; none where anything else does."""
    found = [_NUMBER.fullmatch(word) for word in words or []]
    return [int(one[1]) for one in found if one] if all(found) else []
