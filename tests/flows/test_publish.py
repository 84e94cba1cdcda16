from dataclasses import replace
from datetime import timedelta

from sqlalchemy import func, select

from bot.flows.judging import is_urgent, judge_again, warned
from bot.flows.publish import FUSE_PER_DAY
from bot.model.entry import Entry
from bot.model.feed import FeedKind
from bot.model.finding import Finding
from bot.model.story import Outcome, StoryState
from bot.store import Store
from bot.store.schema import deliveries
from bot.store.stories import find_finding
from tests.builders import a_feed_spec, a_verdict, add_reader, an_entry
from tests.flows.pipeline import NEWS, Pipeline, news_feed

URL = a_feed_spec().url
PLACES = (
    *("HMYOI Werrington", "HMYOI Wetherby", "HMYOI Feltham A", "Parc young people's unit", "Oakhill STC"),
    *("Oasis Restore secure school", "Rainsbrook secure training centre", "Medway secure training centre"),
    "Vinney Green secure children's home",
)
DEATH = "A 16-year-old boy has died at HMYOI Werrington"


async def test_the_pages_sentences_are_quoted_where_it_can_be_read(store: Store) -> None:
    pipeline = Pipeline(store)
    async with store.write() as connection:
        await add_reader(connection, 1)
    await pipeline.open()
    entry = an_entry()
    assert entry.url is not None
    sentence = "Children spent most of the day locked in their cells."
    pipeline.pages[entry.url] = Finding(title="HMYOI Werrington", summary=(sentence,), text=sentence)
    pipeline.listed[URL] = [entry]
    await pipeline.tick()
    assert sentence in pipeline.sent[0].message.text
    assert entry.summary not in pipeline.sent[0].message.text
    assert "could not be read" not in pipeline.sent[0].message.text


async def test_the_feeds_own_words_serve_where_the_page_cannot_be_read(store: Store) -> None:
    pipeline = Pipeline(store)
    async with store.write() as connection:
        await add_reader(connection, 1)
    await pipeline.open()
    pipeline.listed[URL] = [an_entry()]
    await pipeline.tick()
    told = pipeline.sent[0].message.text
    assert an_entry().summary in told
    assert "The page itself could not be read" in told
    assert pipeline.asked == [(an_entry().url, FeedKind.INSPECTORATE)]


async def test_a_sensitive_story_waits_and_only_a_person_lets_it_out(store: Store) -> None:
    pipeline = Pipeline(store)
    async with store.write() as connection:
        await add_reader(connection, 1)
    await pipeline.open()
    pipeline.listed[URL] = [an_entry(title=DEATH, summary="The boy was found in his cell.")]
    for _ in range(50):
        await pipeline.tick(minutes=60)
    (story,) = await pipeline.stories(StoryState.WAITING)
    assert story.waiting_reason == "sensitive"
    assert pipeline.sent == []
    assert DEATH in (await pipeline.publish.preview(story.id))["en"].text
    assert await pipeline.publish.publish_story(story.id, by=2001)
    assert not await pipeline.publish.publish_story(story.id, by=2002)
    await pipeline.tick()
    assert len(pipeline.sent) == 1


async def test_more_unattended_alerts_than_the_fuse_in_a_day_wait(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    for number, place in enumerate(PLACES):
        pipeline.listed[URL] = [
            an_entry(
                id=f"https://inspectorate.example/?p={number}",
                url=f"https://inspectorate.example/reports/{number}",
                title=f"{place}: an unannounced inspection found children unsafe",
                summary=f"Inspectors found outcomes for children at {place} poor in safety.",
                published_at=pipeline.now,
            )
        ]
        await pipeline.tick()
    assert len(PLACES) == FUSE_PER_DAY + 1
    assert await pipeline.alerted() == FUSE_PER_DAY
    (story,) = await pipeline.stories(StoryState.WAITING)
    assert story.waiting_reason == "fuse"


async def test_a_story_that_is_decided_twice_is_published_once(store: Store) -> None:
    pipeline = Pipeline(store)
    async with store.write() as connection:
        await add_reader(connection, 1)
    await pipeline.open()
    pipeline.listed[URL] = [an_entry()]
    await pipeline.poll.tick()
    pipeline.now = pipeline.now.replace(hour=13)
    await pipeline.poll.tick()
    (story,) = await pipeline.stories(StoryState.TO_READ)
    await pipeline.publish.advance(story)
    await pipeline.publish.advance(story)
    assert await pipeline.alerted() == 1
    async with store.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(deliveries))).scalar_one() == 1
        assert await find_finding(connection, story.id) is not None
        assert await find_finding(connection, 99) is None


def test_the_page_decides_what_was_doubtful_and_never_unsays_an_alert() -> None:
    doubtful, certain = a_verdict(outcome=Outcome.REVIEW), a_verdict()
    not_ours = a_verdict(outcome=Outcome.IGNORE, institutions=())
    assert judge_again(doubtful, certain).outcome is Outcome.ALERT
    assert judge_again(doubtful, not_ours).outcome is Outcome.IGNORE
    assert judge_again(certain, not_ours).outcome is Outcome.ALERT


def test_an_urgent_notification_is_known_by_its_page_or_where_that_was_not_read_by_its_entry() -> None:
    named = a_verdict(topics=("urgent_notification",))
    unread = Finding(title="It", text="", from_page=False)
    read = replace(unread, kind="inspection", from_page=True)
    assert is_urgent(named, unread)
    assert not is_urgent(named, read)
    assert is_urgent(a_verdict(), replace(read, kind="urgent_notification"))


def test_sensitive_anywhere_is_sensitive() -> None:
    sensitive = a_verdict(sensitive=True, sensitive_reason="death")
    plain = a_verdict()
    assert judge_again(plain, sensitive).sensitive_reason == "death"
    assert judge_again(sensitive, plain).sensitive_reason == "death"
    doubtful = replace(sensitive, outcome=Outcome.REVIEW)
    assert not judge_again(doubtful, plain).unattended


def a_death(number: int = 1) -> Entry:
    """A second outlet tells of a death at Werrington."""
    return an_entry(
        id=f"news-{number}",
        url=f"https://news.example/{number}",
        kind=FeedKind.NEWS,
        title="Boy, 16, found dead in his cell at HMYOI Werrington days after an unannounced inspection",
        summary="Inspectors had found outcomes for children at HMYOI Werrington poor in safety.",
    )


async def test_a_sensitive_first_entry_is_not_forgotten_when_the_inspectorate_leads(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open(a_feed_spec(), news_feed())
    words = "Boy, 16, stabbed himself at Werrington, inspectors find children locked up for 22 hours a day"
    pipeline.listed[NEWS] = [replace(a_death(), title=words, summary="")]
    pipeline.now += timedelta(minutes=10)
    await pipeline.poll.tick()
    pipeline.listed[URL] = [an_entry()]
    await pipeline.tick()
    assert await pipeline.alerted() == 0
    assert {story.waiting_reason for story in await pipeline.stories(StoryState.WAITING)} == {"sensitive"}


async def test_news_of_a_story_that_was_sensitive_history_waits(store: Store) -> None:
    pipeline = Pipeline(store, listed={NEWS: [a_death()]})
    await pipeline.open(a_feed_spec(), news_feed())
    pipeline.listed[URL] = [an_entry(title="HMYOI Werrington: boy found dead in his cell, inspectors respond")]
    await pipeline.tick()
    assert await pipeline.alerted() == 0


async def test_words_that_change_before_the_reading_are_judged_again(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    pipeline.listed[URL] = [an_entry()]
    pipeline.now += timedelta(minutes=10)
    await pipeline.poll.tick()
    pipeline.listed[URL] = [an_entry(title="Boy, 16, found dead in his cell at HMYOI Werrington")]
    await pipeline.tick()
    assert await pipeline.alerted() == 0
    (story,) = await pipeline.stories(StoryState.WAITING)
    assert story.waiting_reason == "sensitive"
    assert story.verdict.sensitive


def test_what_is_sensitive_stays_so_whatever_its_page_says() -> None:
    sensitive = a_verdict(outcome=Outcome.REVIEW, sensitive=True, sensitive_reason="death")
    other_page = a_verdict(outcome=Outcome.IGNORE, institutions=())
    judged = judge_again(sensitive, other_page)
    assert judged.sensitive
    assert warned(a_verdict(), "death").sensitive_reason == "death"
    assert warned(sensitive, "self_harm").sensitive_reason == "death"
    assert not warned(a_verdict(), None).sensitive


async def test_stories_that_cannot_be_published_hold_up_no_other(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    broken = [f"https://inspectorate.example/reports/{number}" for number in range(4)]
    for number, place in enumerate(PLACES[:5]):
        url = f"https://inspectorate.example/reports/{number}"
        if url in broken:
            pipeline.pages[url] = RuntimeError("a fault of ours")
        pipeline.listed[URL] = [
            an_entry(id=url, url=url, title=f"{place}: an unannounced inspection found children unsafe", summary="")
        ]
        await pipeline.tick()
    await pipeline.publish.tick()
    assert await pipeline.alerted() == 1
    pipeline.pages.clear()
    pipeline.now += timedelta(hours=1)
    while await pipeline.publish.tick():
        pass
    assert await pipeline.alerted() == 5


async def test_doubtful_entries_that_their_pages_make_certain_are_held_by_the_fuse_too(store: Store) -> None:
    pipeline = Pipeline(store)
    await pipeline.open()
    entries = []
    for number, place in enumerate(PLACES[:5]):
        url = f"https://inspectorate.example/reports/{number}"
        entries.append(an_entry(id=url, url=url, title=f"Reports published {number + 1} November", summary=""))
        text = f"Report on an unannounced inspection of {place}. Outcomes for children at {place} were poor in safety."
        pipeline.pages[url] = Finding(title=place, text=text, summary=(text,))
    pipeline.listed[URL] = entries
    await pipeline.tick()
    assert await pipeline.alerted() <= 3
    assert len(await pipeline.stories(StoryState.WAITING)) >= 2
