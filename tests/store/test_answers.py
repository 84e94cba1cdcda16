from collections.abc import Sequence
from datetime import timedelta

from bot.model.entry import Entry
from bot.model.finding import Finding
from bot.model.story import Outcome, StoryState, Told, Traces, Verdict
from bot.model.subscriber import EVERYTHING
from bot.store import Store
from bot.store.answers import list_latest
from bot.store.entries import add_entry
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.stories import add_story, put_finding, set_lead
from tests.builders import NOON, a_feed_spec, a_verdict, an_entry


async def tell_story(
    store: Store,
    entry: Entry,
    *,
    state: StoryState = StoryState.PUBLISHED,
    verdict: Verdict | None = None,
    finding: Finding | None = None,
    others: Sequence[Entry] = (),
) -> None:
    async with store.write() as connection:
        await sync_feeds(connection, [a_feed_spec()])
        (feed,) = await list_feeds(connection)
        story = await add_story(connection, feed.id, state=state, now=NOON)
        for kept in (entry, *others):
            row = await add_entry(
                connection,
                feed.id,
                kept,
                verdict=verdict or a_verdict(),
                traces=Traces(published=None),
                story_id=story,
                history=state is StoryState.HISTORY,
                now=NOON,
            )
            if kept is entry:
                await set_lead(connection, story, row)
        if finding is not None:
            await put_finding(connection, story, finding, url=entry.url, from_page=True, now=NOON)


async def latest(store: Store, subject: str = EVERYTHING) -> list[str]:
    async with store.read() as connection:
        return [told.title for told in await list_latest(connection, subject=subject)]


async def test_the_newest_come_first_and_an_undated_one_counts_from_when_it_was_seen(store: Store) -> None:
    await tell_story(store, an_entry(id="1", title="Old", published_at=NOON - timedelta(days=9)))
    await tell_story(store, an_entry(id="2", title="Undated", published_at=None))
    await tell_story(store, an_entry(id="3", title="New", published_at=NOON - timedelta(days=1)))
    assert await latest(store) == ["Undated", "New", "Old"]


async def test_what_waits_or_was_refused_or_sensitive_in_history_is_told_to_nobody(store: Store) -> None:
    for place, state in enumerate((StoryState.WAITING, StoryState.TO_READ, StoryState.DISMISSED)):
        await tell_story(store, an_entry(id=str(place), title=state.value), state=state)
    death = a_verdict(sensitive=True, sensitive_reason="death")
    doubtful = a_verdict(outcome=Outcome.REVIEW)
    await tell_story(store, an_entry(id="a", title="Death"), state=StoryState.HISTORY, verdict=death)
    await tell_story(store, an_entry(id="b", title="Doubt"), state=StoryState.HISTORY, verdict=doubtful)
    assert await latest(store) == []
    await tell_story(store, an_entry(id="c", title="Let out by a person"), verdict=death)
    await tell_story(store, an_entry(id="d", title="History"), state=StoryState.HISTORY)
    assert await latest(store) == ["History", "Let out by a person"]


async def test_one_institutions_stories_are_found_by_its_id(store: Store) -> None:
    await tell_story(store, an_entry(id="1", title="Here"))
    await tell_story(store, an_entry(id="2", title="There"), verdict=a_verdict(institutions=("parc", "oakhill")))
    assert await latest(store, "institution:oakhill") == ["There"]
    assert await latest(store, "institution:oak_ill") == []


async def test_what_was_read_is_told(store: Store) -> None:
    finding = Finding(title="x", summary=("It was poor.",), kind="inspection")
    await tell_story(store, an_entry(), finding=finding)
    async with store.read() as connection:
        (told,) = await list_latest(connection)
    assert isinstance(told, Told)
    assert (told.summary, told.kind, told.source) == (("It was poor.",), "inspection", "Inspectorate")
