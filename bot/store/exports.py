"""Stories with what was read and published of them, for `export`; no table about people is touched."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.schema import alerts, entries, feeds, findings, stories


async def list_stories_told(connection: AsyncConnection) -> list[dict[str, Any]]:
    """One dict a story: its lead entry's words, verdict, finding, state, and when it was published.

    `merged_into` and `follows` are stories, too: the one that it was put into, and the one whose new turn it is.
    """
    query = (
        select(
            stories.c.id.label("story"),
            stories.c.state,
            stories.c.merged_into,
            stories.c.follows_story_id.label("follows"),
            stories.c.created_at,
            feeds.c.name.label("source"),
            entries.c.title,
            entries.c.summary,
            entries.c.url,
            entries.c.published_at,
            entries.c.verdict,
            findings.c.finding,
            alerts.c.published_at.label("alerted_at"),
        )
        .select_from(stories)
        .join(entries, entries.c.id == stories.c.lead_entry_id)
        .join(feeds, feeds.c.id == entries.c.feed_id)
        .outerjoin(findings, findings.c.story_id == stories.c.id)
        .outerjoin(alerts, alerts.c.story_id == stories.c.id)
        .order_by(stories.c.id)
    )
    return [dict(row) for row in (await connection.execute(query)).mappings()]
