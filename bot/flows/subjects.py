"""Stories as cards name them."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.card import Subject
from bot.store.joining import find_lead
from bot.store.stories import find_story


async def list_subjects(connection: AsyncConnection, story_ids: Sequence[int]) -> list[Subject]:
    """Stories by the entry that speaks for each, in this order; one that does not exist is left out."""
    subjects = []
    for story_id in story_ids:
        story, lead = await find_story(connection, story_id), await find_lead(connection, story_id)
        if story is not None and lead is not None:
            subject = Subject(
                story_id=story_id,
                title=lead.entry.title,
                url=lead.entry.url,
                state=story.state,
                waiting_reason=story.waiting_reason,
            )
            subjects.append(subject)
    return subjects
