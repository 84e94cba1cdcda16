"""Searching by words: SQLite's FTS5 and PostgreSQL's text search behind one query.

Both fold English endings ("inspections" finds "inspection"). FTS5 ranks by bm25, PostgreSQL by ts_rank; in both a word
in the headline weighs more. bm25 counts first how often all entries say a phrase, which takes a tenth of a second for
one of common words among a million: where phrases of several words are asked for, those in the headline come first
instead. Only the newest that say the words are ranked, so that a common word costs no more than a
rare one.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, column, exists, func, literal_column, or_, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.story import Told
from bot.store.answers import fetch_told, may_be_told, told_stories
from bot.store.schema import entries, entry_subjects, stories

RANKED = 400
"""How many of the newest entries that say the words are ranked."""
HEADLINE, SUMMARY = 4.0, 1.0

entry_words = table("entry_words", column("rowid"))


async def search_stories(
    connection: AsyncConnection,
    phrases: Sequence[str],
    subject: str | None = None,
    *,
    limit: int = 5,
    offset: int = 0,
) -> Sequence[Told]:
    """Stories with an entry that says all these phrases (words, no signs) and is about the subject, where one is given.

    The best first, the newest of equals first. None without phrases.
    """
    if not phrases:
        return []
    asked = " ".join(f'"{phrase}"' for phrase in phrases)
    sqlite = connection.dialect.name == "sqlite"
    counted = sqlite and any(" " in phrase for phrase in phrases)
    found = find_entries(connection.dialect.name, asked, subject, counted=counted)
    best = (rank_by_headline(found, asked) if counted else rank_by_words(found)).subquery()
    newest_first = told_stories().order_by(None).join(best, best.c.story_id == stories.c.id)
    dated_at = func.coalesce(entries.c.published_at, entries.c.first_seen_at)
    ranked = newest_first.order_by(best.c.rank.desc(), dated_at.desc(), entries.c.id.desc())
    return await fetch_told(connection, ranked.limit(limit).offset(offset))


def rank_by_words(entries_found: Select[Any]) -> Select[Any]:
    """The stories of these entries, each as good as its best one."""
    found = entries_found.subquery()
    return select(found.c.story_id, func.max(found.c.rank).label("rank")).group_by(found.c.story_id)


def rank_by_headline(entries_found: Select[Any], asked: str) -> Select[Any]:
    """The same on SQLite: those with an entry that says it in its headline are better."""
    found = entries_found.cte()
    headlines = (
        select(entry_words.c.rowid)
        .where(matches(f"title : ({asked})"), entry_words.c.rowid >= select(func.min(found.c.id)).scalar_subquery())
        .cte()
    )
    return (
        select(found.c.story_id, func.count(headlines.c.rowid).label("rank"))
        .select_from(found.outerjoin(headlines, headlines.c.rowid == found.c.id))
        .group_by(found.c.story_id)
    )


def find_entries(dialect: str, asked: str, subject: str | None, *, counted: bool = False) -> Select[Any]:
    """The newest entries of stories that may be told which say what is asked, with how well they do.

    What is `counted` elsewhere is not ranked here.
    """
    lead = entries.alias()
    # What another outlet told of a death does not make its story findable by that.
    shown = or_(entries.c.id == lead.c.id, entries.c.verdict["sensitive"].as_boolean().is_(False))
    source, said, rank = say_sqlite(asked) if dialect == "sqlite" else say_postgresql(asked)
    query = (
        select(entries.c.id, entries.c.story_id, *([] if counted else [rank.label("rank")]))
        .select_from(source)
        .join(stories, stories.c.id == entries.c.story_id)
        .join(lead, lead.c.id == stories.c.lead_entry_id)
        .where(said, may_be_told(lead), shown)
        .order_by(entry_words.c.rowid.desc() if dialect == "sqlite" else entries.c.id.desc())
        .limit(RANKED)
    )
    about = exists().where(entry_subjects.c.entry_id == entries.c.id, entry_subjects.c.subject == subject)
    return query if subject is None else query.where(about)


Saying = tuple[FromClause, ColumnElement[bool], ColumnElement[float]]
"""Where to look, whether an entry says it, and how well (more is better)."""


def matches(asked: str) -> ColumnElement[bool]:
    """Whether FTS5's words say it."""
    found: ColumnElement[bool] = literal_column("entry_words").op("MATCH", is_comparison=True)(asked)
    return found


def say_sqlite(asked: str) -> Saying:
    """By FTS5: phrases in quotes, all of them. Its own rank is better the lower it is."""
    said = matches(asked)
    rank = -func.bm25(literal_column("entry_words"), HEADLINE, SUMMARY)
    return entry_words.join(entries, entries.c.id == entry_words.c.rowid), said, rank


def say_postgresql(asked: str) -> Saying:
    """By text search, which reads phrases in quotes as FTS5 does."""
    words: ColumnElement[Any] = literal_column("entries.words")
    query = func.websearch_to_tsquery(literal_column("'english'"), asked)
    said = words.op("@@", is_comparison=True)(query) & entries.c.story_id.is_not(None)
    return entries, said, func.ts_rank(words, query)
