"""Published pages are read again; organisers are told of what differs from what readers were sent, readers are not."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select, update

from bot.errors import FetchError
from bot.flows.rereading import Rereading, acknowledge_change
from bot.model.finding import Finding, Grade, Grades
from bot.model.organiser import CardKind
from bot.model.story import StoryState
from bot.store import Store
from bot.store.rereadings import Rereadable, find_rereadable, list_due_rereadings
from bot.store.schema import stories
from tests.builders import add_reader, an_entry
from tests.flows.organising import OLWEN, TOMOS, Organising, buttons_of

URL = "https://inspectorate.example/reports/werrington"
FEED = "https://inspectorate.example/feed/"
ANNA = 501
PAGE = Finding(
    title="HMYOI Werrington",
    kind="inspection",
    institutions=("werrington",),
    grades=Grades(safety=Grade.POOR),
    summary=("Violence had risen.",),
    text="Inspectors of HMYOI Werrington found outcomes for children poor in safety. Violence had risen.",
)
BETTER = replace(PAGE, grades=Grades(safety=Grade.GOOD))


@dataclass
class Desk(Organising):
    """With the flow that reads again."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.rereading = Rereading(
            store=self.store,
            read=self.read,
            name_of=self.composing.pack.institution_name,
            wording=self.wording,
            now=lambda: self.now,
            wake=self.woken.append,
        )

    async def publish_page(self, page: Finding | Exception = PAGE) -> int:
        """An alert about the page goes to Anna; returns the story's id."""
        await self.open()
        async with self.store.write() as connection:
            await add_reader(connection, ANNA)
        self.pages[URL] = page
        self.listed[FEED] = [an_entry(url=URL)]
        await self.tick()
        (story,) = await self.stories(StoryState.PUBLISHED)
        return story.id

    async def later(self, page: Finding | Exception, **passed: float) -> int:
        """The page says this after so much time, and is read if that is due."""
        self.pages[URL] = page
        self.now += timedelta(**passed)
        read = await self.rereading.tick()
        await self.cards.tick()
        return read

    async def due(self, story_id: int) -> float | None:
        """In how many hours the page is read next."""
        async with self.store.read() as connection:
            at = (await connection.execute(select(stories.c.reread_at).where(stories.c.id == story_id))).scalar()
        return None if at is None else (at - self.now) / timedelta(hours=1)

    async def found(self, story_id: int) -> Rereadable:
        """What is kept about the page."""
        async with self.store.read() as connection:
            page = await find_rereadable(connection, story_id)
        assert page is not None
        return page


async def test_a_page_whose_grade_changed_brings_organisers_one_card_and_readers_nothing(store: Store) -> None:
    desk = Desk(store)
    story = await desk.publish_page()
    assert await desk.later(PAGE, days=1) == 1
    assert desk.texts(OLWEN) == []
    assert await desk.later(BETTER, days=6) == 1
    (card,) = await desk.all_cards(CardKind.CHANGE)
    assert "Safety: poor → <b>good</b>" in desk.newest(OLWEN).text
    assert len(desk.texts(OLWEN)) == len(desk.texts(TOMOS)) == 1
    await desk.deliver.tick()
    assert len(desk.sent) == 1
    page = await desk.found(story)
    assert (page.sent.grades, page.latest.grades) == (PAGE.grades, BETTER.grades)
    assert await desk.later(BETTER, days=21) == 1
    assert len(await desk.all_cards(CardKind.CHANGE)) == 1
    assert await desk.due(story) is None
    assert await acknowledge_change(store, card.id, by=TOMOS, now=desk.now)
    assert not await acknowledge_change(store, card.id, by=OLWEN, now=desk.now)
    await desk.cards.tick()
    assert "Seen</b> by organiser 2002" in desk.newest(OLWEN).text
    assert buttons_of(desk.newest(OLWEN)) == []
    assert [(deed.user_id, deed.verb, deed.subject) for deed in await desk.deeds()] == [
        (TOMOS, "see_change", f"story:{story}")
    ]


async def test_a_second_change_replaces_the_first_ones_card(store: Store) -> None:
    desk = Desk(store)
    await desk.publish_page()
    await desk.later(BETTER, days=1)
    await desk.later(PAGE, days=7)
    first, second = await desk.all_cards(CardKind.CHANGE)
    assert (first.decision, second.decision) == ("moved", None)
    assert "again what readers were sent" in desk.newest(OLWEN).text


async def test_a_page_that_a_feed_says_has_changed_is_read_at_once(store: Store) -> None:
    desk = Desk(store)
    story = await desk.publish_page()
    async with store.write() as connection:
        await connection.execute(update(stories).values(reread_at=desk.now))
    assert await desk.later(BETTER) == 1
    assert await desk.due(story) == 24


async def test_a_page_that_cannot_be_read_is_tried_again_and_not_for_ever(store: Store) -> None:
    desk = Desk(store)
    story = await desk.publish_page()
    tries = []
    for error in (FetchError("gone"), TimeoutError(), ZeroDivisionError("ours"), FetchError("gone")):
        await desk.later(error, hours=await desk.due(story) or 0)
        tries.append(await desk.due(story))
    assert tries == [1, 2, 4, 7 * 24 - 24 - 7]
    assert (await desk.found(story)).failures == 0
    assert await desk.all_cards() == []


async def test_a_page_that_could_not_be_read_at_first_is_compared_when_it_can_be(store: Store) -> None:
    desk = Desk(store)
    story = await desk.publish_page(FetchError("gone"))
    assert await desk.due(story) is None
    async with store.write() as connection:
        await connection.execute(update(stories).values(reread_at=desk.now))
    await desk.later(PAGE)
    assert "Safety: not stated → <b>poor</b>" in desk.newest(OLWEN).text
    assert await desk.due(story) == 24


async def test_what_was_taken_back_meanwhile_is_left_alone(store: Store) -> None:
    desk = Desk(store)
    story = await desk.publish_page()
    async with store.read() as connection:
        (page,) = await list_due_rereadings(connection, desk.now + timedelta(days=1), 5)
    await desk.move(story, StoryState.DISMISSED)
    desk.pages[URL] = BETTER
    await desk.rereading.reread(page)
    assert await desk.all_cards() == []


async def test_only_a_changes_card_can_be_seen(store: Store) -> None:
    desk = Desk(store)
    await desk.tell("refused", reason="x", skipped=0)
    (notice,) = await desk.all_cards()
    assert not await acknowledge_change(store, notice.id, by=OLWEN, now=desk.now)
