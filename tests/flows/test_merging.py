"""Stories that are one event, or two: what organisers are asked, and what their answer does."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.flows.leading import lead_officially, rank
from bot.flows.merging import list_movable, offer_merge, offer_merges
from bot.flows.ruling import Choice
from bot.model.entry import Entry
from bot.model.feed import FeedKind
from bot.model.finding import Finding
from bot.model.label import Label, Reason
from bot.model.organiser import CardKind
from bot.model.story import Outcome, StoryState, Traces
from bot.store import Store
from bot.store.answers import list_latest
from bot.store.entries import add_entry, list_entries_of
from bot.store.joining import find_prior, find_root, take_lead
from bot.store.labels import find_pair, list_labelled
from bot.store.schema import alerts, findings, stories
from bot.store.stories import add_story, find_finding, find_story, put_finding, set_lead
from tests.builders import a_feed_spec, a_verdict, add_reader, an_entry
from tests.flows.organising import ANNA, OLWEN, TOMOS, Organising, labels
from tests.flows.pipeline import NEWS, news_feed

URL = a_feed_spec().url


@pytest.fixture
async def desk(store: Store) -> Organising:
    organising = Organising(store)
    await organising.open()
    async with store.write() as connection:
        await add_reader(connection, ANNA)
    return organising


async def offer(desk: Organising, one: int, other: int) -> bool:
    async with desk.store.write() as connection:
        return await offer_merge(connection, one, other, title="One report about both", now=desk.now)


async def publish(desk: Organising, story: int) -> None:
    assert await desk.publish.publish_story(story, by=OLWEN)
    await desk.deliver.tick()


async def titles(desk: Organising, story: int) -> list[str]:
    async with desk.store.read() as connection:
        return [kept.entry.title for kept in await list_entries_of(connection, story)]


async def test_an_offer_is_decided_by_the_first_press_and_every_copy_shows_it(desk: Organising) -> None:
    first, second = await desk.wait(title="Report A"), await desk.wait(title="Report B")
    assert await offer(desk, second, first)
    assert not await offer(desk, first, second)
    await desk.cards.tick()
    (card,) = await desk.all_cards(CardKind.MERGE)
    shown = await desk.cards.render(card, OLWEN)
    assert "These may be one event" in shown.text
    assert "One report about both" in shown.text
    assert f"Story {second}: " in shown.text
    assert labels(shown) == ["Merge", "Keep apart"]
    merged, kept = await asyncio.gather(
        desk.merging.decide(card.id, same=True, by=OLWEN), desk.merging.decide(card.id, same=False, by=TOMOS)
    )
    assert (merged, kept) == (True, False)
    await desk.cards.tick()
    assert any("<b>Merged</b> by organiser 2001" in text for text in desk.texts(TOMOS))
    assert [(deed.user_id, deed.verb, deed.subject) for deed in await desk.deeds()] == [
        (OLWEN, "merge", f"story:{first}+{second}")
    ]
    assert await titles(desk, first) == ["Report A", "Report B"]
    assert await desk.state_of(second) is StoryState.MERGED
    assert [card.subject_ids for card in await desk.all_cards(CardKind.STORY) if card.decided_at is None] == [(first,)]
    assert not await desk.merging.merge(first, second, by=TOMOS)


async def test_two_that_are_kept_apart_are_not_asked_about_again(desk: Organising) -> None:
    first, second = await desk.wait(title="Report A"), await desk.wait(title="Report B")
    await offer(desk, first, second)
    await desk.cards.tick()
    (card,) = await desk.all_cards(CardKind.MERGE)
    assert await desk.merging.decide(card.id, same=False, by=TOMOS)
    assert not await offer(desk, first, second)
    assert [await desk.state_of(story) for story in (first, second)] == [StoryState.WAITING] * 2
    async with desk.store.read() as connection:
        assert await find_pair(connection, second, first) is False


async def test_what_readers_got_stays_linked_and_nobody_is_told_again(desk: Organising) -> None:
    first, second = await desk.wait(title="Report A"), await desk.wait(title="Report B")
    await publish(desk, second)
    assert await desk.merging.merge(second, first, by=OLWEN)
    await desk.tick()
    await desk.cards.tick()
    assert len(desk.sent) == 1
    assert await desk.state_of(first) is StoryState.PUBLISHED
    assert [card for card in await desk.all_cards() if card.decided_at is None] == []
    async with desk.store.read() as connection:
        assert list((await connection.execute(select(alerts.c.story_id))).scalars()) == [first]
        # It stands as the one that readers got, in the words that were read for that.
        story, finding = await find_story(connection, first), await find_finding(connection, first)
        assert story is not None
        assert finding is not None
        assert finding.title == "Report B"
        assert len((await connection.execute(select(findings.c.id))).all()) == 2
        assert await find_root(connection, second) == first


async def test_of_two_that_were_told_each_keeps_its_alert(desk: Organising) -> None:
    first, second = await desk.wait(title="Report A"), await desk.wait(title="Report B")
    await publish(desk, first)
    await publish(desk, second)
    assert await desk.merging.merge(first, second, by=OLWEN)
    async with desk.store.read() as connection:
        assert sorted((await connection.execute(select(alerts.c.story_id))).scalars()) == [first, second]
        finding = await find_finding(connection, first)
        assert finding is not None
        assert finding.title == "Report A"


async def test_a_finding_is_not_lost_where_only_one_of_the_two_was_read(desk: Organising) -> None:
    async with desk.store.write() as connection:
        first = await add_story(connection, 1, state=StoryState.HISTORY, now=desk.now)
        entry = an_entry(id="old", title="Old")
        kept = {"verdict": a_verdict(), "traces": Traces(published=None), "story_id": first}
        row = await add_entry(connection, 1, entry, **kept, history=True, now=desk.now)  # type: ignore[arg-type]
        await set_lead(connection, first, row)
    second = await desk.wait(title="Report B")
    assert await desk.merging.merge(first, second, by=OLWEN)
    assert await desk.state_of(first) is StoryState.WAITING
    async with desk.store.read() as connection:
        finding = await find_finding(connection, first)
        assert finding is not None
        assert finding.title == "Report B"
        assert await find_finding(connection, second) is None


async def test_only_what_is_certain_and_more_official_takes_the_lead(desk: Organising) -> None:
    story = await desk.wait()
    doubtful, certain = a_verdict(outcome=Outcome.REVIEW), a_verdict()
    async with desk.store.write() as connection:
        before = await find_story(connection, story)
        for kind, verdict in ((FeedKind.INSPECTORATE, doubtful), (FeedKind.INSPECTORATE, certain)):
            await lead_officially(connection, story, 99, kind, verdict, now=desk.now)
        assert await find_story(connection, story) == before
    assert [rank(kind) for kind in (FeedKind.INSPECTORATE, FeedKind.GOVERNMENT, FeedKind.NEWS, None)] == [2, 1, 0, 0]


async def test_what_is_sensitive_makes_the_whole_of_it_wait_as_sensitive(desk: Organising) -> None:
    first, second = await desk.wait(title="Report A"), await desk.wait("sensitive", "A boy has died")
    await desk.cards.tick()
    assert await desk.merging.merge(first, second, by=OLWEN)
    async with desk.store.read() as connection:
        story = await find_story(connection, first)
    assert story is not None
    assert story.waiting_reason == "sensitive"
    await desk.cards.tick()
    assert "Another report of it is sensitive" in desk.newest(OLWEN).text


async def test_open_questions_about_a_story_follow_it_and_lead_in_no_circle(desk: Organising) -> None:
    first, second, third = [await desk.wait(title=f"Report {name}") for name in "ABC"]
    async with desk.store.write() as connection:
        assert await offer_merges(connection, second, (first, third, second), title="All", now=desk.now) == 2
        turn = await add_story(connection, 1, state=StoryState.TO_READ, now=desk.now, follows=second)
    assert await desk.merging.merge(first, second, by=OLWEN)
    opened = [card.subject_ids for card in await desk.all_cards(CardKind.MERGE) if card.decided_at is None]
    assert opened == [(first, third)]
    async with desk.store.read() as connection:
        follows = (await connection.execute(select(stories.c.follows_story_id).where(stories.c.id == turn))).scalar()
    assert follows == first


async def test_an_entry_of_another_event_gets_a_story_of_its_own_that_waits(desk: Organising) -> None:
    first, second = await desk.wait(title="Report A"), await desk.wait(title="Report B")
    await publish(desk, first)
    assert await desk.merging.merge(first, second, by=OLWEN)
    async with desk.store.read() as connection:
        ((row, title, source),) = await list_movable(connection, first)
        assert await list_movable(connection, 99) == []
        story = await find_story(connection, first)
    assert (title, source) == ("Report B", "Inspectorate")
    assert story is not None
    assert await desk.merging.split(story.lead_row_id, first, by=OLWEN) is None
    pressed = await asyncio.gather(desk.merging.split(row, first, by=OLWEN), desk.merging.split(row, first, by=TOMOS))
    (own,) = [one for one in pressed if one is not None]
    await desk.tick()
    await desk.cards.tick()
    assert (await desk.state_of(own), len(desk.sent)) == (StoryState.WAITING, 1)
    assert "not certain that it is about children" in desk.newest(OLWEN).text
    assert await titles(desk, first) == ["Report A"]
    assert not await offer(desk, first, own)
    card = (await desk.all_cards(CardKind.STORY))[-1]
    assert await desk.review.decide(card.id, Choice.PUBLISH, by=TOMOS)


async def test_what_readers_were_told_of_before_stands_again_as_it_did_and_is_not_told_twice(desk: Organising) -> None:
    first, second = await desk.wait(title="Report A"), await desk.wait(title="Report B")
    await publish(desk, first)
    await publish(desk, second)
    assert await desk.merging.merge(first, second, by=OLWEN)
    async with desk.store.read() as connection:
        ((row, _, _),) = await list_movable(connection, first)
    assert await desk.merging.split(row, first, by=TOMOS) == second
    await desk.tick()
    await desk.cards.tick()
    assert [await desk.state_of(story) for story in (first, second)] == [StoryState.PUBLISHED] * 2
    assert [await titles(desk, story) for story in (first, second)] == [["Report A"], ["Report B"]]
    assert [card for card in await desk.all_cards(CardKind.STORY) if card.decided_at is None] == []
    assert len(desk.sent) == 2
    # They can be put together once more.
    assert await desk.merging.merge(first, second, by=OLWEN)


async def test_what_is_no_offer_is_not_decided(desk: Organising) -> None:
    story = await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    for number in (card.id, 99):
        assert not await desk.merging.decide(number, same=True, by=OLWEN)
    for other in (story, 99):
        assert not await desk.merging.merge(story, other, by=OLWEN)
    async with desk.store.read() as connection:
        assert await find_prior(connection, 99) is None


# -- as entries arrive --


def a_report(number: int, title: str, summary: str = "", **changes: object) -> Entry:
    """News of something at a child prison."""
    address = f"https://news.example/{number}"
    kept = {"id": address, "url": address, "kind": FeedKind.NEWS, "source": "News", **changes}
    return an_entry(title=title, summary=summary or f"{title}.", **kept)


async def test_the_official_source_leads_whenever_it_arrives_and_nobody_is_told_again(desk: Organising) -> None:
    await desk.open(a_feed_spec(), news_feed())
    desk.listed[NEWS] = [a_report(1, "Werrington: children locked up for 22 hours a day, inspectors find")]
    await desk.tick()
    assert len(desk.sent) == 1
    desk.listed[URL] = [an_entry()]
    await desk.tick()
    desk.listed[NEWS] = [a_report(2, "Children locked up for 22 hours a day at Werrington"), *desk.listed[NEWS]]  # type: ignore[misc]
    await desk.tick()
    assert len(desk.sent) == 1
    (story,) = await desk.stories(StoryState.PUBLISHED)
    assert len(await titles(desk, story.id)) == 3
    async with desk.store.read() as connection:
        lead = next(k for k in await list_entries_of(connection, story.id) if k.row_id == story.lead_row_id)
    assert lead.entry.kind is FeedKind.INSPECTORATE


async def test_a_story_that_waits_is_read_again_from_the_official_source_and_waits_on(desk: Organising) -> None:
    await desk.open(a_feed_spec(), news_feed())
    desk.listed[NEWS] = [
        a_report(1, "Boy, 16, stabbed himself at Werrington, inspectors find children locked up for 22 hours a day")
    ]
    await desk.tick()
    await desk.cards.tick()
    (before,) = await desk.stories(StoryState.WAITING)
    desk.listed[URL] = [an_entry()]
    await desk.tick()
    await desk.cards.tick()
    (after,) = await desk.stories(StoryState.WAITING)
    assert (after.id, after.waiting_reason) == (before.id, before.waiting_reason)
    assert after.lead_row_id != before.lead_row_id
    assert an_entry().title in desk.newest(OLWEN).text
    assert desk.sent == []


async def test_a_new_turn_is_told_and_names_the_story_that_it_follows(desk: Organising) -> None:
    await desk.open(a_feed_spec(), news_feed())
    desk.listed[URL] = [an_entry()]
    await desk.tick()
    desk.now += timedelta(days=6)
    governor = "Governor of Werrington resigns after damning inspection of young offender institution"
    desk.listed[NEWS] = [a_report(1, governor, published_at=desk.now)]
    await desk.tick()
    first, turn = desk.sent
    assert "Earlier:" not in first.message.text
    assert f'Earlier: <a href="{an_entry().url}">{an_entry().title}</a>, 25 November 2026' in turn.message.text
    assert len(await desk.stories(StoryState.PUBLISHED)) == 2


async def test_of_a_story_that_may_not_be_told_a_new_turn_says_nothing(desk: Organising) -> None:
    told, waits = await desk.wait(title="Told"), await desk.wait("sensitive", "A boy has died")
    await publish(desk, told)
    async with desk.store.write() as connection:
        turns = [
            await add_story(connection, 1, state=StoryState.TO_READ, now=desk.now, follows=story)
            for story in (told, waits)
        ]
        priors = [await find_prior(connection, turn) for turn in turns]
    assert [prior and prior.title for prior in priors] == ["Told", None]


async def test_an_entry_that_bridges_two_stories_has_organisers_asked_once(desk: Organising) -> None:
    await desk.open(a_feed_spec(), news_feed())
    locked = a_report(1, "Werrington: boys locked up for 22 hours a day")
    desk.listed[NEWS] = [locked, a_report(2, "Wetherby: girls restrained by staff")]
    await desk.tick()
    begun, desk.now = desk.now, desk.now + timedelta(days=6)
    later = a_report(3, "Werrington youth jail: staff fear gangs with knives", published_at=desk.now)
    desk.listed[NEWS] = [later]
    await desk.tick()
    assert len(desk.sent) == 3
    # A round-up of two places makes no one event of them.
    roundup = "HMYOI Werrington and HMYOI Wetherby: boys locked up, girls restrained by staff"
    desk.listed[NEWS] = [a_report(4, roundup, published_at=begun)]
    await desk.tick()
    for number in (5, 6):
        bridge = a_report(number, "HMYOI Werrington in the news", published_at=begun + timedelta(days=3))
        desk.listed[NEWS] = [bridge]
        await desk.tick()
    (card,) = await desk.all_cards(CardKind.MERGE)
    assert card.text == "HMYOI Werrington in the news"
    assert len(desk.sent) == 3


async def test_a_dismissal_and_a_publication_are_kept_as_labels(desk: Organising) -> None:
    for title in ("Report A", "Report B"):
        await desk.wait(title=title)
    await desk.cards.tick()
    published, dismissed = await desk.all_cards(CardKind.STORY)
    assert await desk.review.decide(published.id, Choice.PUBLISH, by=OLWEN)
    assert await desk.review.decide(dismissed.id, Choice.DISMISS, by=TOMOS, reason=Reason.NOT_OURS)
    async with desk.store.read() as connection:
        said = [(one.entry.title, one.label, one.reason, one.event) for one in await list_labelled(connection)]
    assert said == [
        ("Report A", Label.MATCH, Reason.PUBLISHED, None),
        ("Report B", Label.NO_MATCH, Reason.NOT_OURS, None),
    ]
    await desk.cards.tick()
    assert "Reason: not ours." in desk.newest(OLWEN).text


async def test_what_was_read_of_one_page_is_not_told_in_the_name_of_another(desk: Organising) -> None:
    first, second = await desk.wait(title="Report A"), await desk.wait(title="Report B")
    await publish(desk, first)
    await desk.merging.merge(first, second, by=OLWEN)
    async with desk.store.write() as connection:
        ((row, _, _),) = await list_movable(connection, first)
        assert not await take_lead(connection, first, row)
        await put_finding(
            connection,
            first,
            Finding(title="", summary=("Of A.",)),
            url="https://a.example",
            from_page=True,
            now=desk.now,
        )
        (told,) = await list_latest(connection)
    assert (told.title, told.summary) == ("Report B", ("Report B, in full.",))
