import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from bot.flows.composing import Composing, Material
from bot.flows.review import Review
from bot.flows.ruling import Choice
from bot.model.broadcast import digest_of
from bot.model.message import Picture
from bot.model.organiser import CardKind
from bot.model.story import Evidence, Outcome, StoryState
from bot.store import Store
from bot.store.schema import alerts
from bot.store.stories import hold_story
from tests.builders import add_reader
from tests.flows.organising import OLWEN, TOMOS, Organising, labels

DEATH = "A 16-year-old boy has died at HMYOI Werrington"


@pytest.fixture
async def desk(store: Store) -> Organising:
    organising = Organising(store)
    await organising.open()
    async with store.write() as connection:
        await add_reader(connection, 501)
    return organising


async def test_a_waiting_story_is_shown_to_every_organiser_as_readers_would_get_it(desk: Organising) -> None:
    evidence = (Evidence(rule="institution", words="names HMYOI Werrington", weight=3),)
    await desk.wait("sensitive", DEATH, outcome=Outcome.ALERT, evidence=evidence)
    await desk.cards.tick()
    for person in (OLWEN, TOMOS):
        card = desk.newest(person)
        assert DEATH in card.text
        assert f"<blockquote>{DEATH}, in full.</blockquote>" in card.text
        assert "It is sensitive" in card.text
        assert "names HMYOI Werrington" in card.text
        assert labels(card) == ["Publish", "Dismiss", "Edit", "Read the source"]
    assert desk.sent == []


async def test_the_first_press_wins_and_every_copy_says_who(desk: Organising) -> None:
    story = await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    first, second = await asyncio.gather(
        desk.review.decide(card.id, Choice.PUBLISH, by=OLWEN), desk.review.decide(card.id, Choice.DISMISS, by=TOMOS)
    )
    assert (first, second) == (True, False)
    assert await desk.state_of(story) is StoryState.PUBLISHED
    await desk.cards.tick()
    for person in (OLWEN, TOMOS):
        assert "<b>Published</b> by organiser 2001, 25 November 2026" in desk.newest(person).text
        assert "Publish" not in labels(desk.newest(person))
    await desk.deliver.tick()
    assert [delivery.key.chat_id for delivery in desk.sent] == [501]
    async with desk.store.read() as connection:
        assert list((await connection.execute(select(alerts.c.published_by))).scalars()) == [OLWEN]
    assert [(deed.user_id, deed.verb, deed.subject) for deed in await desk.deeds()] == [
        (OLWEN, "publish", f"story:{story}")
    ]


async def test_a_dismissed_story_is_sent_to_nobody(desk: Organising) -> None:
    story = await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    assert await desk.review.decide(card.id, Choice.DISMISS, by=TOMOS)
    await desk.tick()
    assert await desk.state_of(story) is StoryState.DISMISSED
    assert desk.sent == []
    await desk.cards.tick()
    assert "<b>Dismissed</b> by organiser 2002" in desk.newest(OLWEN).text


async def test_nobody_presses_and_nothing_is_ever_sent(desk: Organising) -> None:
    story = await desk.wait("sensitive", DEATH)
    for _ in range(20):
        await desk.tick(minutes=24 * 60)
        await desk.cards.tick()
    assert desk.sent == []
    assert await desk.state_of(story) is StoryState.WAITING
    assert len(await desk.all_cards(CardKind.STORY)) == 1


async def test_what_the_fuse_holds_shares_one_card_and_may_go_out_at_once(desk: Organising) -> None:
    stories = [await desk.wait("fuse", f"Report {number}") for number in range(4)]
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    assert card.kind is CardKind.FUSE
    assert card.subject_ids == tuple(stories)
    assert labels(desk.newest(OLWEN)) == ["Publish all", "Choose", "Dismiss all"]
    assert await desk.review.decide(card.id, Choice.ALL, by=OLWEN)
    assert not await desk.review.decide(card.id, Choice.NONE, by=TOMOS)
    await desk.deliver.tick()
    assert len(desk.sent) == 4
    await desk.cards.tick()
    assert "Published, all that were left" in desk.newest(TOMOS).text
    assert desk.newest(TOMOS).text.count("<i>published</i>") == 4


async def test_a_burst_may_be_dismissed_at_once(desk: Organising) -> None:
    stories = [await desk.wait("fuse", f"Report {number}") for number in range(2)]
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    assert await desk.review.decide(card.id, Choice.NONE, by=OLWEN)
    assert {await desk.state_of(story) for story in stories} == {StoryState.DISMISSED}


async def test_a_burst_may_be_decided_story_by_story(desk: Organising) -> None:
    first, second = [await desk.wait("fuse", f"Report {number}") for number in (1, 2)]
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    opened = await desk.cards.render(card, OLWEN, choosing=True)
    assert labels(opened) == ["Publish 1", "Dismiss 1", "Publish 2", "Dismiss 2", "Back"]
    assert await desk.review.decide(card.id, Choice.PUBLISH, by=OLWEN, story_id=first)
    assert not await desk.review.decide(card.id, Choice.DISMISS, by=TOMOS, story_id=first)
    await desk.cards.tick()
    assert "published" in desk.newest(TOMOS).text
    assert "Publish all" in labels(desk.newest(TOMOS)) or "Publish 2" in labels(desk.newest(TOMOS))
    assert await desk.review.decide(card.id, Choice.DISMISS, by=TOMOS, story_id=second)
    await desk.cards.tick()
    assert "<b>Decided one by one.</b> The last by organiser 2002" in desk.newest(OLWEN).text
    assert [await desk.state_of(story) for story in (first, second)] == [StoryState.PUBLISHED, StoryState.DISMISSED]


async def test_all_of_a_burst_leaves_what_was_decided_before_as_it_is(desk: Organising) -> None:
    first, second = [await desk.wait("fuse", f"Report {number}") for number in (1, 2)]
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    assert await desk.review.decide(card.id, Choice.DISMISS, by=OLWEN, story_id=first)
    assert await desk.review.decide(card.id, Choice.ALL, by=OLWEN)
    assert [await desk.state_of(story) for story in (first, second)] == [StoryState.DISMISSED, StoryState.PUBLISHED]


async def test_a_burst_waits_for_its_card_until_all_of_it_has_been_read(desk: Organising) -> None:
    first, second = [await desk.wait("fuse", f"Report {number}") for number in (1, 2)]
    await desk.move(second, StoryState.TO_READ)
    await desk.cards.tick()
    assert await desk.all_cards() == []
    await desk.move(second, StoryState.WAITING)
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    assert card.subject_ids == (first, second)


async def test_a_single_story_of_the_fuse_and_a_sensitive_one_have_cards_of_their_own(desk: Organising) -> None:
    await desk.wait("fuse", "Report 1")
    await desk.wait("sensitive", DEATH)
    await desk.cards.tick()
    assert [card.kind for card in await desk.all_cards()] == [CardKind.STORY, CardKind.STORY]


@pytest.mark.parametrize("choice", Choice)
async def test_a_card_offers_only_what_it_offers(desk: Organising, choice: Choice) -> None:
    await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    assert not await desk.review.decide(card.id, choice, by=OLWEN, story_id=99)
    assert not await desk.review.decide(99, choice, by=OLWEN)
    if choice in {Choice.ALL, Choice.NONE}:
        assert not await desk.review.decide(card.id, choice, by=OLWEN)


async def test_a_burst_has_no_publish_for_a_story_that_is_not_in_it(desk: Organising) -> None:
    for number in range(2):
        await desk.wait("fuse", f"Report {number}")
    other = await desk.wait("sensitive", DEATH)
    await desk.cards.tick()
    card = (await desk.all_cards(CardKind.FUSE))[0]
    assert not await desk.review.decide(card.id, Choice.PUBLISH, by=OLWEN, story_id=other)
    assert not await desk.review.decide(card.id, Choice.PUBLISH, by=OLWEN)
    assert await desk.state_of(other) is StoryState.WAITING


async def test_a_notice_cannot_be_decided(desk: Organising) -> None:
    await desk.tell("refused", reason="too long", skipped=3)
    (card,) = await desk.all_cards()
    assert not await desk.review.decide(card.id, Choice.PUBLISH, by=OLWEN)


async def test_a_story_that_went_on_by_another_way_closes_its_card(desk: Organising) -> None:
    story = await desk.wait()
    await desk.cards.tick()
    await desk.move(story, StoryState.TO_READ)
    await desk.cards.tick()
    assert "Nothing to decide any more" in desk.newest(OLWEN).text
    await desk.move(story, StoryState.WAITING)
    await desk.cards.tick()
    assert labels(desk.newest(OLWEN))[:2] == ["Publish", "Dismiss"]
    assert len(await desk.all_cards()) == 2


async def test_a_press_on_a_story_that_has_gone_on_changes_nothing(desk: Organising) -> None:
    story = await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    await desk.move(story, StoryState.TO_READ)
    assert not await desk.review.decide(card.id, Choice.PUBLISH, by=OLWEN)
    assert await desk.state_of(story) is StoryState.TO_READ
    assert await desk.deeds() == []
    await desk.cards.tick()
    assert "Nothing to decide any more" in desk.newest(TOMOS).text


async def test_nobody_publishes_what_they_were_not_shown(desk: Organising) -> None:
    story = await desk.wait("doubtful", "HMYOI Werrington: a report")
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    # Between two beats its page was read again, and says more.
    await desk.read_again(story, "A boy has died.")
    assert not await desk.review.decide(card.id, Choice.PUBLISH, by=OLWEN)
    assert await desk.state_of(story) is StoryState.WAITING
    await desk.cards.tick()
    assert "A boy has died." in desk.newest(OLWEN).text
    again = (await desk.all_cards())[-1]
    assert await desk.review.decide(again.id, Choice.PUBLISH, by=OLWEN)
    assert await desk.state_of(story) is StoryState.PUBLISHED


async def test_a_story_of_a_burst_that_turns_out_sensitive_gets_a_card_of_its_own(desk: Organising) -> None:
    first, second = [await desk.wait("fuse", f"Report {number}") for number in (1, 2)]
    await desk.cards.tick()
    (burst,) = await desk.all_cards()
    async with desk.store.write() as connection:
        await hold_story(connection, second, "sensitive")
    assert not await desk.review.decide(burst.id, Choice.PUBLISH, by=OLWEN, story_id=second)
    assert labels(await desk.cards.render(burst, OLWEN, choosing=True)) == ["Publish 1", "Dismiss 1", "Back"]
    await desk.cards.tick()
    (own,) = await desk.all_cards(CardKind.STORY)
    assert own.subject_ids == (second,)
    assert await desk.review.decide(burst.id, Choice.ALL, by=OLWEN)
    assert [await desk.state_of(story) for story in (first, second)] == [StoryState.PUBLISHED, StoryState.WAITING]
    assert await desk.review.decide(own.id, Choice.PUBLISH, by=TOMOS)
    assert await desk.state_of(second) is StoryState.PUBLISHED


@dataclass(frozen=True, kw_only=True)
class Interrupted(Composing):
    """Something happens while the pictures of an alert are drawn."""

    meanwhile: Callable[[], Awaitable[None]]

    async def draw_charts(self, material: Material) -> dict[str, Picture]:
        await self.meanwhile()
        return await super().draw_charts(material)


def interrupted(desk: Organising, meanwhile: Callable[[], Awaitable[None]]) -> Review:
    """The review, in which something happens before each story's alert is written down."""
    old = desk.composing
    composing = Interrupted(pack=old.pack, wordings=old.wordings, now=old.now, meanwhile=meanwhile)
    return replace(desk.review, publish=replace(desk.publish, composing=composing))


async def test_a_story_that_turns_out_sensitive_while_its_burst_is_published_waits(desk: Organising) -> None:
    first, second = [await desk.wait("fuse", f"Report {number}") for number in (1, 2)]
    await desk.cards.tick()
    (burst,) = await desk.all_cards()

    async def hold() -> None:
        async with desk.store.write() as connection:
            await hold_story(connection, second, "sensitive")

    assert await interrupted(desk, hold).decide(burst.id, Choice.ALL, by=OLWEN)
    assert [await desk.state_of(story) for story in (first, second)] == [StoryState.PUBLISHED, StoryState.WAITING]
    assert [deed.subject for deed in await desk.deeds()] == [f"story:{first}"]
    await desk.cards.tick()
    (own,) = await desk.all_cards(CardKind.STORY)
    assert own.subject_ids == (second,)


async def test_what_changes_while_a_press_is_carried_out_is_not_published(desk: Organising) -> None:
    story = await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    assert not await interrupted(desk, lambda: desk.read_again(story, "A boy has died.")).decide(
        card.id, Choice.PUBLISH, by=OLWEN
    )
    assert await desk.state_of(story) is StoryState.WAITING
    assert await desk.deeds() == []
    assert await desk.owed() == 0
    # Nothing says that it was published; the next press finds the card out of date, and a new one follows.
    assert (await desk.card(card.id)).decided_at is None
    assert not await desk.review.decide(card.id, Choice.PUBLISH, by=TOMOS)
    await desk.cards.tick()
    assert "A boy has died." in desk.newest(OLWEN).text


async def test_a_card_that_somebody_else_ends_meanwhile_publishes_nothing(desk: Organising) -> None:
    story = await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    review = interrupted(desk, lambda: desk.end(card.id, "edited", by=TOMOS))
    assert not await review.decide(card.id, Choice.PUBLISH, by=OLWEN)
    assert await desk.state_of(story) is StoryState.WAITING
    assert await desk.owed() == 0


async def test_the_audit_has_the_hash_of_the_words_that_were_published(desk: Organising) -> None:
    story = await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    words = await desk.publish.preview(story)
    assert await desk.review.decide(card.id, Choice.PUBLISH, by=OLWEN)
    (deed,) = await desk.deeds()
    assert (deed.verb, deed.digest) == ("publish", digest_of(words))


async def test_a_card_taken_by_a_press_that_a_crash_cut_short_comes_back(desk: Organising) -> None:
    story = await desk.wait()
    await desk.cards.tick()
    (card,) = await desk.all_cards()
    # The press was written down, and then the program died.
    await desk.end(card.id, "publish", by=OLWEN)
    desk.restart()
    await desk.cards.tick()
    again = (await desk.all_cards())[-1]
    assert again.id != card.id
    assert await desk.review.decide(again.id, Choice.PUBLISH, by=OLWEN)
    assert await desk.state_of(story) is StoryState.PUBLISHED


async def two_alike(desk: Organising) -> tuple[int, int]:
    """Two stories of much the same words that wait."""
    titles = ("Wetherby inspection finds violence rising sharply", "Wetherby inspectors find violence rising sharply")
    first, second = [await desk.wait(title=title, words=title, institutions=("wetherby",)) for title in titles]
    return first, second


async def test_a_card_shows_stories_that_are_like_its_own_and_puts_it_into_one(desk: Organising) -> None:
    first, second = await two_alike(desk)
    await desk.cards.tick()
    card = (await desk.all_cards())[-1]
    assert card.similar == (first,)
    shown = desk.newest(OLWEN)
    assert f"Story {first}: " in shown.text
    assert labels(shown)[:4] == ["Publish", "Dismiss", "Edit", "Merge"]
    assert not await desk.merging.merge_card(card.id, 99, by=OLWEN)
    assert await desk.merging.merge_card(card.id, first, by=OLWEN)
    assert not await desk.merging.merge_card(card.id, first, by=TOMOS)
    assert await desk.state_of(second) is StoryState.MERGED
    assert "<b>Merged</b> by organiser 2001" in (await desk.cards.render(await desk.card(card.id), TOMOS)).text
    await desk.cards.tick()
    assert labels(desk.newest(OLWEN))[:4] == ["Publish", "Dismiss", "Edit", "Split"]
    assert [deed.verb for deed in await desk.deeds()] == ["merge"]


async def test_a_story_is_not_put_into_one_that_was_dismissed_or_into_itself(desk: Organising) -> None:
    first, _ = await two_alike(desk)
    await desk.cards.tick()
    card = (await desk.all_cards())[-1]
    await desk.move(first, StoryState.DISMISSED)
    assert not await desk.merging.merge_card(card.id, first, by=OLWEN)
    assert "Merge" not in labels(await desk.cards.render(card, OLWEN))
