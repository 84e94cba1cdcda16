"""Stories as cards name them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.compose.card import Subject
from bot.match.shelf import Shelf
from bot.match.similar import list_similar
from bot.model.story import Story
from bot.store import Store
from bot.store.entries import list_candidates
from bot.store.joining import find_lead
from bot.store.stories import find_story

# Stories that began longer before are not compared.
SIMILAR_FOR = timedelta(days=60)


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


async def find_similar(store: Store, story: Story) -> tuple[int, ...]:
    """Stories that somebody who decides about this one may want to see, the likest first."""
    async with store.read() as connection:
        candidates = await list_candidates(connection, story.created_at - SIMILAR_FOR)
    own = next((traces for story_id, traces in candidates if story_id == story.id), None)
    return list_similar(own[0], Shelf(candidates), but=story.id) if own else ()
