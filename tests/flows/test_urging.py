"""Cards that wait for too long: told of again, and to whom."""

import pytest

from bot.model.organiser import CardKind, Role
from bot.model.story import StoryState
from bot.store import Store
from bot.store.organisers import put_organiser
from tests.flows.organising import CAROL, OLWEN, TOMOS, Organising

TEAM = -5001


@pytest.fixture
async def team(store: Store) -> Organising:
    organising = Organising(store, review_chat=TEAM)
    await organising.open()
    return organising


async def pass_time(desk: Organising, minutes: float) -> None:
    await desk.beat(seconds=minutes * 60)


async def test_after_an_hour_the_review_chat_is_reminded_once(team: Organising) -> None:
    await team.wait("sensitive")
    await team.cards.tick()
    await pass_time(team, 59)
    assert len(team.texts(TEAM)) == 1
    await pass_time(team, 2)
    await pass_time(team, 30)
    assert [("A card has waited for an hour" in text) for text in team.texts(TEAM)] == [False, True]
    assert team.texts(OLWEN) == []


async def test_after_three_hours_owners_get_the_card_in_private_and_nothing_is_published(team: Organising) -> None:
    story = await team.wait("sensitive", "A boy has died")
    await team.cards.tick()
    team.restart()
    await pass_time(team, 181)
    await pass_time(team, 60)
    for owner in (OLWEN, TOMOS):
        assert [text for text in team.texts(owner) if "A boy has died" in text]
        assert sum("waited for three hours" in text for text in team.texts(owner)) == 1
    assert "waited for three hours" in team.texts(TEAM)[-1]
    assert not any("waited for an hour" in text for text in team.texts(TEAM))
    assert await team.state_of(story) is StoryState.WAITING
    assert team.sent == []
    (card,) = await team.all_cards(CardKind.STORY)
    await team.end(card.id, "publish", by=OLWEN)
    await team.cards.tick()
    # Whoever got it sees what became of it.
    assert any("Published" in text for text in team.texts(TOMOS))


async def test_a_card_left_for_a_week_says_once_that_it_is_old(team: Organising) -> None:
    await team.wait()
    await team.cards.tick()
    await pass_time(team, 6 * 24 * 60)
    assert "This card is old" not in team.texts(TEAM)[0]
    await pass_time(team, 24 * 60)
    assert "This card is old:</b> it has waited since 25 November 2026" in team.texts(TEAM)[0]
    posts = team.posts
    await pass_time(team, 24 * 60)
    assert team.posts == posts


async def test_everybody_hears_in_private_that_everything_is_stopped(team: Organising) -> None:
    async with team.store.write() as connection:
        await put_organiser(connection, CAROL, Role.VIEWER, invited_by=OLWEN, now=team.now)
    await team.desk.stopping.freeze(by=TOMOS)
    await team.cards.tick()
    for chat in (TEAM, OLWEN, TOMOS, CAROL):
        assert sum("Everything is stopped" in text for text in team.texts(chat)) == 1
    assert (await team.all_cards())[-1].decision == "told"
