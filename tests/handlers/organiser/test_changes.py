from bot.model.organiser import CardKind
from bot.store.cards import add_card
from tests.builders import NOON
from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TEAM, TOMOS, Organising


async def test_a_change_is_seen_once_for_everybody_and_only_by_organisers(in_team: Organising) -> None:
    story = await in_team.wait("A report")
    await in_team.beat()
    async with in_team.services.store.write() as connection:
        await add_card(connection, CardKind.CHANGE, [story], "Safety: poor → good", now=NOON)
    await in_team.beat()
    assert in_team.labels(TEAM)[-2:] == ["Seen", "Correct the alert"]
    card, action = in_team.find_button("Seen", TEAM)
    assert await in_team.press("Seen", by=ANNA, chat=TEAM) == "Only organisers can decide this."
    assert await in_team.press("Seen", by=OLWEN, chat=TEAM) == "Done."
    assert (
        await in_team.press_raw(card, action, by=TOMOS) == "That was decided already, or somebody was a moment faster."
    )
    await in_team.beat()
    assert "Seen by organiser 2001, 25 November 2026" in in_team.texts(TEAM)[-1]
    assert "Seen" not in in_team.labels(TEAM)
