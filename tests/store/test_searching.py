from datetime import timedelta

from bot.model.story import Outcome, StoryState
from bot.store import Store
from bot.store.answers import list_latest
from bot.store.entries import update_entry
from bot.store.searching import search_stories
from bot.store.stories import set_verdict
from tests.builders import NOON, a_verdict, an_entry
from tests.store.test_answers import tell_story


async def found(store: Store, *phrases: str, subject: str | None = None, limit: int = 5, offset: int = 0) -> list[str]:
    async with store.read() as connection:
        told = await search_stories(connection, phrases, subject, limit=limit, offset=offset)
    return [one.title for one in told]


async def test_all_words_must_be_said_in_any_case_and_form_by_one_entry_of_the_story(store: Store) -> None:
    outlet = an_entry(id="2", title="Boys caged, says watchdog", summary="")
    await tell_story(store, an_entry(id="1", title="HMYOI Parc", summary="Violence rose by 50%"), others=[outlet])
    assert await found(store, "PARC", "violence") == ["HMYOI Parc"]
    assert await found(store, "watchdogs") == ["HMYOI Parc"]
    assert await found(store, "parc", "watchdog") == []
    assert await found(store, "50") == ["HMYOI Parc"]
    assert await found(store) == []


async def test_a_phrase_is_found_as_it_stands_and_its_words_alone_are_not(store: Store) -> None:
    await tell_story(store, an_entry(id="1", title="Locked up", summary="Locked in cells for 22 hours a day"))
    assert await found(store, "22 hours a day") == ["Locked up"]
    assert await found(store, "day hours") == []
    assert await found(store, "NOT") == []


async def test_a_headline_counts_for_more_and_the_newest_of_equals_comes_first(store: Store) -> None:
    told = [("A", "restraint use"), ("Restraint", "often"), ("B", "restraint use"), ("Restraint use", "restraint use")]
    for days, (title, summary) in enumerate(told):
        when = NOON - timedelta(days=days)
        await tell_story(store, an_entry(id=title, title=title, summary=summary, published_at=when))
    assert (await found(store, "restraint"))[2:] == ["A", "B"]
    assert await found(store, "restraint", limit=1, offset=2) == ["A"]
    assert await found(store, "restraint use") == ["Restraint use", "A", "B"]


async def test_a_search_may_keep_to_one_place(store: Store) -> None:
    await tell_story(store, an_entry(id="1", title="Violence"), verdict=a_verdict(institutions=("oakhill",)))
    await tell_story(store, an_entry(id="2", title="Violence too"), verdict=a_verdict(institutions=("werrington",)))
    assert await found(store, "violence", subject="institution:oakhill") == ["Violence"]


async def test_what_waits_or_was_refused_or_is_sensitive_is_found_by_nobody(store: Store) -> None:
    for state in (StoryState.WAITING, StoryState.TO_READ, StoryState.DISMISSED, StoryState.MERGED):
        await tell_story(store, an_entry(id=state.value, title="Werrington"), state=state)
    for place, verdict in enumerate([a_verdict(sensitive=True), a_verdict(outcome=Outcome.REVIEW)]):
        old = an_entry(id=str(place), title="Werrington")
        await tell_story(store, old, state=StoryState.HISTORY, verdict=verdict)
    assert await found(store, "werrington") == []
    await tell_story(store, an_entry(id="a", title="Werrington then"), state=StoryState.HISTORY)
    assert await found(store, "werrington") == ["Werrington then"]


async def test_words_and_subjects_follow_what_a_publisher_and_a_page_change(store: Store) -> None:
    entry = an_entry(id="1", title="Rugs", summary="", published_at=None)
    await tell_story(store, entry)
    changed = an_entry(id="1", title="Drugs", summary="", published_at=NOON - timedelta(days=3))
    async with store.write() as connection:
        await update_entry(connection, 1, changed, NOON)
        await set_verdict(connection, 1, a_verdict(institutions=("parc-yoi",), topics=("inspection",)))
    await tell_story(store, an_entry(id="2", title="Newer", summary="", published_at=NOON - timedelta(days=1)))
    assert await found(store, "rugs") == []
    assert await found(store, "drugs", subject="topic:inspection") == ["Drugs"]
    async with store.read() as connection:
        assert [told.title for told in await list_latest(connection)] == ["Newer", "Drugs"]
        assert [told.title for told in await list_latest(connection, subject="institution:parc-yoi")] == ["Drugs"]
