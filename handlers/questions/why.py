"""/why: why an alert was sent, as a reply to it or about the newest one. Anyone may ask; nothing private is in it."""

from telegram import Update
from telegram.constants import ChatType

from bot.compose.why import Explained, compose_why, compose_why_other
from bot.model.organiser import Act, may
from bot.store.explaining import Sent, find_sent, find_told_story, list_outlets
from bot.store.joining import find_prior, find_root
from handlers.context import Context, key_of, reply, wording_of


async def why(update: Update, context: Context) -> None:
    """Explain the alert that was replied to, or the newest that this chat was sent."""
    message, wording = update.message, wording_of(update, context)
    if message is None:
        return
    asked = message.reply_to_message
    # In a forum every message replies to the one that began its topic, unless it replies to another.
    began = asked is not None and asked.forum_topic_created is not None
    number = asked.message_id if asked is not None and not began else None
    async with context.services.store.read() as connection:
        sent = await find_sent(connection, key_of(update), number)
    if sent is None:
        await reply(update, wording("why-none" if number is None else "why-unknown"))
    elif sent.story_id is None:
        name_of, topic_of = context.services.pack.institution_name, context.services.pack.topic_label
        await reply(update, compose_why_other(sent.kind, sent.follows, wording, name_of, topic_of=topic_of))
    else:
        await explain(update, context, sent, sent.story_id)


async def explain(update: Update, context: Context, sent: Sent, story_id: int) -> None:
    """Say what is known of an alert's story, wherever that belongs now."""
    wording, pack = wording_of(update, context), context.services.pack
    story = await find_explained(context, story_id, by_person=sent.by_person)
    if story is None:
        await reply(update, wording("why-unknown"))
        return
    numbered = await is_organiser(update, context)
    name_of, topic_of = pack.institution_name, pack.topic_label
    await reply(update, compose_why(story, sent.follows, wording, name_of, topic_of=topic_of, numbered=numbered))


async def find_explained(context: Context, story_id: int, *, by_person: bool) -> Explained | None:
    """Everything that may be told of a story; None where it may not be told (any more)."""
    async with context.services.store.read() as connection:
        root = await find_root(connection, story_id) or story_id
        found = await find_told_story(connection, root)
        if found is None:
            return None
        told, verdict = found
        return Explained(
            story_id=root,
            told=told,
            verdict=verdict,
            by_person=by_person,
            outlets=await list_outlets(connection, root),
            prior=await find_prior(connection, root),
        )


async def is_organiser(update: Update, context: Context) -> bool:
    """Whether an organiser asks in private, who may want to merge or split the story."""
    chat, user = update.effective_chat, update.effective_user
    private = chat is not None and chat.type == ChatType.PRIVATE
    if not private or user is None:
        return False
    return may(await context.services.find_role(user.id), Act.REVIEW)
