"""A reviewer chooses what an alert says, out of what was read and nothing else."""

from dataclasses import replace

import pytest

from bot.flows.editing import AUTOMATIC, Applied, Editing, list_sentences
from bot.flows.ruling import Choice
from bot.model.editing import MOST_SENTENCES, NOTHING
from bot.model.finding import Finding, Quotation
from bot.model.organiser import CardKind
from bot.model.story import StoryState
from bot.store import Store
from bot.store.stories import find_finding, put_finding
from tests.builders import add_reader
from tests.flows.organising import ANNA, OLWEN, TOMOS, Organising

SENTENCES = [
    f"Inspectors found that matter number {number} had become worse since they came last." for number in range(9)
]
FOUND = Finding(
    title="A report",
    summary=(SENTENCES[0],),
    quotation=Quotation(words="It is not safe", speaker="the chief inspector"),
    text="\n".join([" ".join(SENTENCES[:4]), "Short.", " ".join(SENTENCES[4:])]),
)


@pytest.fixture
async def desk(store: Store) -> Organising:
    organising = Organising(store)
    await organising.open()
    async with store.write() as connection:
        await add_reader(connection, ANNA)
    return organising


@pytest.fixture
def editing(desk: Organising) -> Editing:
    return desk.desk.editing


async def waiting(desk: Organising, finding: Finding = FOUND, reason: str = "doubtful") -> tuple[int, int]:
    """A story whose page says all this, and its card."""
    story = await desk.wait(reason)
    async with desk.store.write() as connection:
        await put_finding(connection, story, finding, url=None, from_page=True, now=desk.now)
    await desk.cards.tick()
    return story, (await desk.all_cards(CardKind.STORY))[-1].id


async def found(desk: Organising, story: int) -> Finding:
    async with desk.store.read() as connection:
        finding = await find_finding(connection, story)
    assert finding is not None
    return finding


async def test_other_sentences_of_the_source_are_what_readers_get(desk: Organising, editing: Editing) -> None:
    story, card = await waiting(desk)
    bench = await editing.begin(card, by=OLWEN)
    assert bench is not None
    assert list(bench.sentences) == SENTENCES
    assert bench.edit.chosen == (0,)
    for number in (0, 5, 2):
        bench = await editing.toggle(bench.edit.id, number, by=OLWEN)
        assert bench is not None
    desk.restart()
    again = await desk.desk.editing.begin(card, by=OLWEN)
    assert again == bench
    assert await desk.desk.editing.apply(bench.edit.id, by=OLWEN) is Applied.DONE
    # The old card can publish nothing that it did not show.
    assert not await desk.review.decide(card, Choice.PUBLISH, by=TOMOS)
    await desk.cards.tick()
    new = (await desk.all_cards(CardKind.STORY))[-1]
    assert new.id != card
    assert SENTENCES[2] in desk.newest(TOMOS).text
    assert SENTENCES[0] not in desk.newest(TOMOS).text
    assert await desk.review.decide(new.id, Choice.PUBLISH, by=TOMOS)
    await desk.deliver.tick()
    (sent,) = desk.sent
    assert [sentence in sent.message.text for sentence in SENTENCES[:6]] == [False, False, True, False, False, True]
    assert "It is not safe" not in sent.message.text
    edited = (await desk.deeds())[0]
    assert (edited.user_id, edited.verb, edited.subject, len(edited.digest or "")) == (
        OLWEN,
        "edit",
        f"story:{story}",
        64,
    )


async def test_another_ask_or_none_is_what_readers_get(desk: Organising, editing: Editing) -> None:
    _, card = await waiting(desk)
    bench = await editing.begin(card, by=OLWEN)
    assert bench is not None
    name, label = bench.asks[0]
    chosen = await editing.choose_ask(bench.edit.id, name, by=OLWEN)
    assert chosen is not None
    assert chosen.edit.ask == name
    assert await editing.choose_ask(bench.edit.id, "made-up", by=OLWEN) is None
    assert await editing.apply(bench.edit.id, by=OLWEN) is Applied.DONE
    await desk.cards.tick()
    assert label.partition(" ")[0] in desk.newest(TOMOS).text.partition("Its buttons")[2]
    assert "It is not safe" in desk.newest(TOMOS).text
    new = (await desk.all_cards(CardKind.STORY))[-1].id
    bench = await editing.begin(new, by=TOMOS)
    assert bench is not None
    assert await editing.choose_ask(bench.edit.id, AUTOMATIC, by=TOMOS) is not None
    assert await editing.choose_ask(bench.edit.id, NOTHING, by=TOMOS) is not None
    assert await editing.apply(bench.edit.id, by=TOMOS) is Applied.DONE
    await desk.cards.tick()
    assert label.partition(" ")[0] not in desk.newest(TOMOS).text.partition("Its buttons")[2]


async def test_after_a_death_nothing_else_can_be_asked(desk: Organising, editing: Editing) -> None:
    _, card = await waiting(desk, reason="sensitive")
    bench = await editing.begin(card, by=OLWEN)
    assert bench is not None
    assert bench.asks == ()
    assert await editing.choose_ask(bench.edit.id, "petition", by=OLWEN) is None


async def test_nobody_presses_in_anothers_editor(desk: Organising, editing: Editing) -> None:
    _, card = await waiting(desk)
    bench = await editing.begin(card, by=OLWEN)
    assert bench is not None
    assert await editing.look(bench.edit.id, by=TOMOS) is None
    assert await editing.toggle(bench.edit.id, 1, by=TOMOS) is None
    assert await editing.toggle(bench.edit.id, 99, by=OLWEN) is None
    assert await editing.apply(bench.edit.id, by=TOMOS) is Applied.CHANGED
    assert not await editing.drop(bench.edit.id, by=TOMOS)
    assert await editing.look(bench.edit.id, by=OLWEN) == bench
    assert await editing.drop(bench.edit.id, by=OLWEN)
    assert not await editing.drop(bench.edit.id, by=OLWEN)
    assert await editing.look(bench.edit.id, by=OLWEN) is None


async def test_with_no_sentence_nothing_is_applied(desk: Organising, editing: Editing) -> None:
    story, card = await waiting(desk)
    bench = await editing.begin(card, by=OLWEN)
    assert bench is not None
    await editing.toggle(bench.edit.id, 0, by=OLWEN)
    assert await editing.apply(bench.edit.id, by=OLWEN) is Applied.NOTHING
    assert await found(desk, story) == FOUND


async def test_a_choice_is_void_once_its_page_was_read_again_or_its_story_decided(
    desk: Organising, editing: Editing
) -> None:
    story, card = await waiting(desk)
    bench = await editing.begin(card, by=OLWEN)
    other = await editing.begin(card, by=TOMOS)
    assert bench is not None
    assert other is not None
    await desk.read_again(story, "Something else.")
    assert await editing.apply(bench.edit.id, by=OLWEN) is Applied.CHANGED
    assert (await found(desk, story)).summary == ("Something else.",)
    await desk.move(story, StoryState.DISMISSED)
    assert await editing.begin(card, by=OLWEN) is None
    assert await editing.apply(other.edit.id, by=TOMOS) is Applied.CHANGED
    assert await editing.begin(999, by=OLWEN) is None


async def test_of_two_who_apply_the_first_wins(desk: Organising, editing: Editing) -> None:
    _, card = await waiting(desk)
    one, other = await editing.begin(card, by=OLWEN), await editing.begin(card, by=TOMOS)
    assert one is not None
    assert other is not None
    await editing.toggle(one.edit.id, 1, by=OLWEN)
    assert await editing.apply(one.edit.id, by=OLWEN) is Applied.DONE
    assert await editing.apply(other.edit.id, by=TOMOS) is Applied.CHANGED


def test_what_can_be_chosen_is_what_was_read_word_for_word() -> None:
    assert list_sentences(replace(FOUND, summary=("A figure that stands in a table alone.",)))[0].startswith("A figure")
    assert list_sentences(replace(FOUND, parts=(FOUND,))) == ()


async def test_no_more_sentences_are_chosen_than_an_alert_takes(desk: Organising, editing: Editing) -> None:
    _, card = await waiting(desk)
    bench = await editing.begin(card, by=OLWEN)
    for number in range(1, 9):
        assert bench is not None
        bench = await editing.toggle(bench.edit.id, number, by=OLWEN)
    assert bench is not None
    assert len(bench.edit.chosen) == MOST_SENTENCES
