"""/why, over the real bot: what a reader of an alert is told about it, and what only an organiser sees."""

from sqlalchemy import update

from bot.model.feed import FeedKind
from bot.model.story import Evidence, StoryState, Traces
from bot.model.subscriber import ChatKey
from bot.store.entries import add_entry
from bot.store.feeds import list_feeds, sync_feeds
from bot.store.schema import stories
from bot.store.subscribers import forget_subscriber
from tests.builders import NOON, a_feed_spec, a_verdict, add_reader, an_entry
from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TOMOS, Organising

TITLE = "HMYOI Werrington: children locked up"
EVIDENCE = (
    Evidence(rule="place", words="names HMYOI Werrington, a child prison", weight=4),
    Evidence(rule="adults", words="speaks of adults: men", weight=-1),
)


async def alerted(organising: Organising, *readers: int, title: str = TITLE, follows: str = "everything") -> int:
    """A story that an organiser let out and these readers got; returns its number."""
    async with organising.services.store.write() as connection:
        for reader in readers:
            await add_reader(connection, reader, follows=follows)
    for reader in readers:
        await organising.say("hello", by=reader)
    story = await organising.wait(title, verdict=a_verdict(evidence=EVIDENCE))
    await organising.beat()
    await organising.press("Publish", by=OLWEN)
    await organising.beat()
    return story


async def ask(organising: Organising, words: str, *, by: int = ANNA) -> str:
    """Somebody replies /why to the newest message that begins with these words; returns the answer."""
    message = next(one for one in reversed(organising.seen(by)) if one["text"].startswith(words))
    organising.telegram.say(by, by, "/why", reply_to=message["message_id"])
    await organising.answer()
    return organising.texts(by)[-1]


async def second_outlet(organising: Organising, story: int) -> None:
    """News adds itself to the story."""
    async with organising.services.store.write() as connection:
        spec = a_feed_spec(name="News", url="https://news.example/rss", kind=FeedKind.NEWS)
        await sync_feeds(connection, [a_feed_spec(), spec])
        feed = next(one for one in await list_feeds(connection) if one.spec.name == "News")
        entry = an_entry(id="n", url="https://news.example/1", title="Locked up")
        kept = {"verdict": a_verdict(), "traces": Traces(published=None)}
        await add_entry(connection, feed.id, entry, **kept, story_id=story, history=False, now=NOON)  # type: ignore[arg-type]


async def test_a_reply_to_an_alert_is_answered_with_evidence_reason_sources_and_who_decided(
    organising: Organising,
) -> None:
    story = await alerted(organising, ANNA, follows="institution:werrington")
    await second_outlet(organising, story)
    told = await ask(organising, TITLE)
    for words in (
        f"Why you were told: {TITLE}",
        "because you follow HMYOI Werrington",
        "An organiser looked at it",
        "What spoke for it\n• names HMYOI Werrington, a child prison",
        "What spoke against it\n• speaks of adults: men",
        "Source: Inspectorate, 24 November 2026",
        "News",
    ):
        assert words in told, words
    assert f"Story {story}" not in told
    assert str(OLWEN) not in told


async def test_alone_it_is_about_the_newest_alert_and_an_organiser_sees_the_storys_number(
    organising: Organising,
) -> None:
    assert "No alert has been sent here yet" in (await organising.say("/why"))[0]
    await alerted(organising, ANNA, OLWEN)
    story = await alerted(organising, title="HMYOI Parc: boys afraid")
    assert "Why you were told: HMYOI Parc: boys afraid" in (await organising.say("/why"))[0]
    assert f"/split {story} takes something out" in (await organising.say("/why", by=OLWEN))[0]
    assert f"Why you were told: {TITLE}" in await ask(organising, TITLE)


async def test_what_is_no_alert_or_is_not_known_any_more_is_answered_too(organising: Organising) -> None:
    await alerted(organising, ANNA)
    assert "nothing to explain about that message" in await ask(organising, "This bot cannot read")
    await organising.add_caller(TOMOS)
    await organising.say("/broadcast Write to your MP.", by=OLWEN)
    await organising.press("Submit", by=OLWEN)
    await organising.beat()
    await organising.press("Approve", by=TOMOS)
    organising.later(seconds=120)
    await organising.beat()
    assert "Our campaigners wrote this" in await ask(organising, "Write to your MP.", by=TOMOS)
    async with organising.services.store.write() as connection:
        await connection.execute(update(stories).values(state=StoryState.DISMISSED.value))
    assert "nothing to explain" in await ask(organising, TITLE)
    async with organising.services.store.write() as connection:
        await forget_subscriber(connection, ChatKey(ANNA))
    assert "nothing to explain" in await ask(organising, TITLE)


async def test_a_merged_storys_alert_is_explained_by_the_story_that_it_belongs_to_now(organising: Organising) -> None:
    first = await alerted(organising, ANNA)
    second = await alerted(organising, title="HMYOI Werrington: locked up all day")
    assert await organising.say(f"/merge {second} {first}", by=OLWEN) == [
        f"Stories {first} and {second} are one now. Nobody is told anything again."
    ]
    assert f"Why you were told: {TITLE}" in await ask(organising, "HMYOI Werrington: locked up all day")
