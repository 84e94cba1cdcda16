import json

from bot.model.organiser import CardKind
from bot.store.cards import add_card
from bot.store.endings import hold_for
from bot.store.identity import claim_identity, get_pace
from tests.handlers.chatting import ANNA
from tests.handlers.organiser.organising import OLWEN, TOMOS, Organising


async def hold(organising: Organising, *, now_held: bool = True) -> None:
    """Sending is held because so many are gone."""
    now = organising.clock()
    async with organising.services.store.write() as connection:
        await claim_identity(connection, bot_id=1, username="bot")
        card = await add_card(connection, CardKind.GONE, [], json.dumps({"count": 31}), now=now)
        if now_held:
            await hold_for(connection, card, now)
    await organising.beat()


async def is_held(organising: Organising) -> bool:
    async with organising.services.store.read() as connection:
        return (await get_pace(connection, organising.clock())).held


async def test_sending_that_stopped_goes_on_when_an_organiser_says_so(organising: Organising) -> None:
    await hold(organising)
    card, action = organising.find_button("Go on", TOMOS)
    assert "31 people are concerned; nobody was unsubscribed" in card["text"]
    assert await organising.press("Keep stopped", by=OLWEN) == "It stays stopped."
    assert "It stays stopped for now" in organising.message_with("Sending has stopped", OLWEN)["text"]
    assert await is_held(organising)
    assert await organising.press_action(card["message_id"], action, by=TOMOS) == "Done."
    assert not await is_held(organising)
    assert "whoever is gone was unsubscribed, by organiser 2002" in organising.texts(TOMOS)[-1]
    late = await organising.press_raw(card, action, by=OLWEN)
    assert late == "That was decided already, or somebody was a moment faster."


async def test_nobody_but_organisers_lets_sending_go_on(organising: Organising) -> None:
    await hold(organising)
    card, action = organising.find_button("Go on, keep everybody", OLWEN)
    assert await organising.press_raw(card, action, by=ANNA) == "Only organisers can decide this."
    assert await is_held(organising)


async def test_what_an_alerts_late_card_asks_is_decided_by_a_press(organising: Organising) -> None:
    facts = json.dumps({"title": "Report <A>", "count": 1})
    async with organising.services.store.write() as connection:
        await add_card(connection, CardKind.OVERDUE, [1], facts, now=organising.clock())
    await organising.beat()
    card, _ = organising.find_button("Send still", OLWEN)
    assert "“Report <A>”. One copy could not be sent" in card["text"]
    assert await organising.press("Let go", by=OLWEN) == "Done."
    assert "Not sent any more" in organising.message_with("comes too late", OLWEN)["text"]
