from dataclasses import replace

import pytest

from bot.sandbox.faults import Fault, FaultKind
from bot.services import Settings
from tests.handlers.chatting import ANNA, BEN, buttons_of
from tests.handlers.organiser.conftest import Opening
from tests.handlers.organiser.organising import OLWEN, OWNERS, TEAM, TOMOS, Organising

TEXT = "Write to your MP about Werrington."
NOTE = "You get this because you said yes to calls to action."


async def drafted(organising: Organising) -> None:
    await organising.add_caller()
    await organising.say(f"/broadcast {TEXT}", by=OLWEN)


async def submitted(organising: Organising) -> None:
    await drafted(organising)
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()


def received(organising: Organising) -> int:
    return sum(TEXT in text for text in organising.texts(ANNA))


async def test_two_people_send_one_message(organising: Organising) -> None:
    await organising.add_caller()
    (asked,) = await organising.say("/broadcast", by=OLWEN)
    assert "send it as your next message" in asked
    preview, controls = await organising.say(TEXT, by=OLWEN)
    assert preview == f"{TEXT}\n\n{NOTE} Send /stop to end."
    assert "It reaches one person and takes about a minute." in controls
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()
    shown, card = organising.texts(TOMOS)[-2:]
    assert shown == preview
    assert "It waits for a second person." in card
    assert await organising.press("Approve", by=TOMOS) == "Done."
    await organising.beat()
    assert received(organising) == 0
    organising.later(seconds=61)
    await organising.beat()
    assert received(organising) == 1
    for person in (OLWEN, TOMOS):
        assert "1 + 0 + 0 + 0 + 0 + 0 = 1 targeted" in organising.texts(person)[-1]
    await organising.beat()
    assert received(organising) == 1
    assert [deed.verb for deed in await organising.deeds()] == ["call_write", "call_submit", "call_approve"]


async def test_formatting_is_kept(organising: Organising) -> None:
    await organising.add_caller()
    await organising.say("/broadcast", by=OLWEN)
    entities = [{"type": "bold", "offset": 0, "length": 5}]
    organising.telegram.say(OLWEN, OLWEN, "Write to the minister's <office>", entities=entities)
    await organising.answer()
    (preview,) = [one for one in organising.seen(OLWEN) if str(one.get("text")).endswith("to end.")]
    assert preview["entities"][0] == {"type": "bold", "offset": 0, "length": 5}


async def test_the_author_cannot_approve_their_own(in_team: Organising) -> None:
    await submitted(in_team)
    notice = await in_team.press("Approve", by=OLWEN, chat=TEAM)
    assert notice == "You wrote this, so another organiser must approve it."
    in_team.later(seconds=600)
    await in_team.beat()
    assert received(in_team) == 0


async def test_the_authors_own_copy_offers_no_approval(organising: Organising) -> None:
    await submitted(organising)
    assert "Approve" not in organising.labels(OLWEN)
    assert "Approve" in organising.labels(TOMOS)


async def test_a_single_organiser_may_where_the_configuration_says_so_and_it_is_said_aloud(opening: Opening) -> None:
    alone = Settings(owners=frozenset({OLWEN}), single_organiser=True)
    async with opening(alone) as organising:
        await drafted(organising)
        assert "set up with a single organiser" in organising.texts(OLWEN)[-1]
        await organising.press("Submit", by=OLWEN)
        await organising.services.desk.cards.tick()
        await organising.press("Approve", by=OLWEN)
        organising.later(seconds=61)
        await organising.beat()
        assert received(organising) == 1
        assert "Author and approver are the same person" in organising.texts(OLWEN)[-1]


async def test_alone_without_that_setting_nobody_can_approve_and_the_author_is_told(opening: Opening) -> None:
    async with opening(Settings(owners=frozenset({OLWEN}))) as organising:
        await drafted(organising)
        await organising.press("Submit", by=OLWEN)
        assert "nobody else can approve it" in organising.texts(OLWEN)[-1]


async def test_an_edit_voids_what_was_submitted(organising: Organising) -> None:
    await submitted(organising)
    card, approve = organising.find_button("Approve", TOMOS)
    await organising.press("Edit", by=OLWEN)
    assert "The old one is void" in organising.texts(OLWEN)[-2]
    notice = await organising.press_raw(card, approve, by=TOMOS)
    assert notice == "This is old: it has moved on since. Nothing was changed."
    await organising.services.desk.cards.tick()
    assert "Taken back to change it" in organising.texts(TOMOS)[-1]
    await organising.say("Other words", by=OLWEN)
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()
    assert await organising.press_raw(card, approve, by=TOMOS) == notice
    await organising.press("Approve", by=TOMOS)
    organising.later(seconds=61)
    await organising.beat()
    assert received(organising) == 0
    assert any("Other words" in text for text in organising.texts(ANNA))


async def test_reject_and_cancel_and_discard_send_nothing(organising: Organising) -> None:
    await submitted(organising)
    await organising.press("Reject", by=TOMOS)
    await organising.press("A fact", by=TOMOS)
    await organising.services.desk.cards.tick()
    assert "a fact in it is wrong" in organising.texts(TOMOS)[-1]
    assert "Rejected by organiser 2002" in organising.texts(TOMOS)[-1]
    await organising.say(f"/broadcast {TEXT}", by=OLWEN)
    await organising.press("Submit", by=OLWEN)
    await organising.services.desk.cards.tick()
    await organising.press("Approve", by=TOMOS)
    await organising.services.desk.cards.tick()
    await organising.press("Cancel", by=OLWEN)
    await organising.say(f"/broadcast {TEXT}", by=OLWEN)
    await organising.press("Discard", by=OLWEN)
    assert "Discarded." in organising.texts(OLWEN)[-1]
    organising.later(seconds=600)
    await organising.beat()
    assert received(organising) == 0
    assert [deed.verb for deed in await organising.deeds()][-1] == "call_discard"


async def test_stop_spares_whoever_has_not_got_it(organising: Organising) -> None:
    await submitted(organising)
    await organising.press("Approve", by=TOMOS)
    organising.later(seconds=61)
    await organising.services.desk.dispatch.tick()
    await organising.services.desk.cards.tick()
    await organising.press("Stop", by=OLWEN)
    await organising.beat()
    assert received(organising) == 0
    assert "0 + 0 + 0 + 0 + 1 + 0 = 1 targeted" in organising.texts(TOMOS)[-1]
    assert "Stopped by organiser 2001" in organising.texts(TOMOS)[-1]


async def test_a_supporter_who_forges_an_approval_changes_nothing(organising: Organising) -> None:
    await submitted(organising)
    _, approve = organising.find_button("Approve", TOMOS)
    message = organising.seen(ANNA)[-1]
    assert await organising.press_raw(message, approve, by=ANNA) == "Only organisers can decide this."
    organising.later(seconds=600)
    await organising.beat()
    assert received(organising) == 0


async def test_only_who_wrote_it_may_discard_it(organising: Organising) -> None:
    await drafted(organising)
    message, action = organising.find_button("Discard", OLWEN)
    assert await organising.press_raw(message, action, by=TOMOS) == "Only its author can do that."


async def test_an_audience_of_nobody_is_told(organising: Organising) -> None:
    await organising.say(f"/broadcast {TEXT}", by=OLWEN)
    assert "It reaches nobody." in organising.texts(OLWEN)[-1]
    await organising.press("Submit", by=OLWEN)
    assert "Nobody would get it" in organising.texts(OLWEN)[-1]


@pytest.mark.parametrize(("text", "says"), [("x" * 4000, "too long"), ("😀" * 2000, "too long")])
async def test_a_text_that_does_not_fit_is_refused_with_the_figures(
    organising: Organising, text: str, says: str
) -> None:
    await organising.say("/broadcast", by=OLWEN)
    (told,) = await organising.say(text, by=OLWEN)
    assert says in told
    preview, _ = await organising.say("Shorter", by=OLWEN)
    assert preview.startswith("Shorter")


async def test_a_text_that_telegram_refuses_is_not_kept(organising: Organising) -> None:
    await organising.say("/broadcast", by=OLWEN)
    organising.telegram.faults.add(Fault(FaultKind.BAD_REQUEST, times=1, words="can't parse entities"))
    (told,) = await organising.say(TEXT, by=OLWEN)
    assert "an't parse entities" in told
    assert await organising.services.desk.drafting.find_awaiting(OLWEN) is not None


async def test_a_picture_without_words_is_not_taken(organising: Organising) -> None:
    await organising.say("/broadcast", by=OLWEN)
    message = organising.telegram.say(OLWEN, OLWEN, "x")
    await organising.answer()
    await organising.say("/broadcast", by=OLWEN)
    photo = {key: value for key, value in message.items() if key not in {"text", "entities"}}
    sizes = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    await organising.process({"update_id": 1, "message": {**photo, "photo": sizes}})
    assert "needs some words" in organising.texts(OLWEN)[-1]


async def test_asking_twice_waits_for_one_text_only(organising: Organising) -> None:
    await organising.say("/broadcast", by=OLWEN)
    await organising.say("/broadcast", by=OLWEN)
    preview, _ = await organising.say(TEXT, by=OLWEN)
    assert preview.startswith(TEXT)
    (told,) = await organising.say("And something else", by=OLWEN)
    assert "cannot read messages" in told


async def test_free_text_of_others_gets_the_usual_answer(organising: Organising) -> None:
    await organising.say("/broadcast", by=OLWEN)
    for person in (ANNA, TOMOS):
        (told,) = await organising.say("hello", by=person)
        assert "cannot read messages" in told


async def test_who_was_an_organiser_when_they_began_may_not_end_as_a_supporter(
    organising: Organising, opening: Opening
) -> None:
    await organising.say("/broadcast", by=OLWEN)
    async with opening(Settings(owners=frozenset({TOMOS}))) as later:
        (told,) = await later.say("Write now", by=OLWEN)
        assert "cannot read messages" in told


async def test_an_approver_who_left_before_it_began_sends_nothing(organising: Organising, opening: Opening) -> None:
    await submitted(organising)
    await organising.press("Approve", by=TOMOS)
    async with opening(replace(Settings(owners=OWNERS), owners=frozenset({OLWEN, BEN}))) as later:
        later.later(seconds=61)
        await later.services.desk.dispatch.tick()
        await later.beat()
        assert received(later) == 0


async def test_an_old_card_shows_how_it_stands_when_it_is_pressed(organising: Organising) -> None:
    await submitted(organising)
    card, reject = organising.find_button("Reject", TOMOS)
    await organising.press("Discard", by=OLWEN)
    assert "moved on" in str(await organising.press_raw(card, reject, by=TOMOS))
    assert "Cancelled by organiser 2001" in organising.message_with("Call to action 1", TOMOS)["text"]
    assert buttons_of(organising.message_with("Call to action 1", TOMOS)) == []
